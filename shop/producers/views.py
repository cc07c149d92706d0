"""The producers' channel: what to do today, own listings, own parcels. Never another's."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from oscar.core.loading import get_model

from shop.order.fulfilment import StepNotPossible, hand_over, mark_delivered, start_packing
from shop.order.letters import NOT_YET_WORK
from shop.order.models import Parcel
from shop.order.refusing import refuse_delivery
from shop.partner.membership import Membership, Role
from shop.producers.access import SESSION_KEY, ProducerRequest, members_only
from shop.producers.forms import HandOverForm, SentBackForm
from shop.producers.today import todays_work

PARCELS_A_PAGE = 20
#: Parcels a producer works with: those of orders that are paid for or paid on delivery.
OPEN_TO_PRODUCERS = ("placed", "packing", "shipped", "completed", "returned", "cancelled")


@require_GET
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Today's work; who works for nobody yet is led to the application."""
    if not Membership.objects.of(request.user).exists():
        return redirect("producers:application")
    return _today(request)


@members_only(at_least=Role.PACKER)
def _today(request: HttpRequest) -> HttpResponse:
    producer = cast(ProducerRequest, request).producer
    return render(
        request,
        "producers/home.html",
        {"active_tab": "home", "work": todays_work(producer)},
    )


@require_POST
@members_only(at_least=Role.PACKER)
def choose(request: HttpRequest) -> HttpResponse:
    """Work for another of one's producers."""
    own = {str(each.partner_id) for each in cast(ProducerRequest, request).memberships}
    if (chosen := request.POST.get("producer", "")) in own:
        request.session[SESSION_KEY] = int(chosen)
    return redirect("producers:home")


@require_GET
@members_only(at_least=Role.PACKER)
def more(request: HttpRequest) -> HttpResponse:
    """The rest of the channel, for what is not needed every day."""
    return render(request, "producers/more.html", {"active_tab": "more"})


@require_GET
@members_only(at_least=Role.PACKER)
def parcels(request: HttpRequest) -> HttpResponse:
    found = _parcels(request)
    status = request.GET.get("trang-thai", "")
    if status in Parcel.Status.values:
        found = found.filter(status=status)
    page = Paginator(found.order_by("-created_at", "-pk"), PARCELS_A_PAGE).get_page(
        request.GET.get("trang")
    )
    context = {
        "active_tab": "parcels",
        "page": page,
        "status": status,
        "statuses": Parcel.Status.choices,
    }
    return render(request, "producers/parcels.html", context)


@require_GET
@members_only(at_least=Role.PACKER)
def parcel(request: HttpRequest, pk: int) -> HttpResponse:
    return _show_parcel(request, get_object_or_404(_parcels(request), pk=pk), HandOverForm())


@require_POST
@members_only(at_least=Role.PACKER)
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    return _after_step(request, pk, start_packing, _("Bắt đầu đóng gói."))


@require_POST
@members_only(at_least=Role.PACKER)
def ship(request: HttpRequest, pk: int) -> HttpResponse:
    own = get_object_or_404(_parcels(request), pk=pk)
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return _show_parcel(request, own, form, status=422)
    data = form.cleaned_data

    def step(found: Parcel) -> Parcel:
        return hand_over(found, data["carrier"], data["tracking_number"])

    return _after_step(request, pk, step, _("Đã giao cho bên vận chuyển."))


@require_POST
@members_only(at_least=Role.PACKER)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """The buyer did not take it and it is back; what is sound goes back into stock."""
    own = get_object_or_404(_parcels(request), pk=pk)
    form = SentBackForm(request.POST, parcel=own)
    if not form.is_valid():
        return _show_parcel(request, own, HandOverForm(), status=422, sent_back=form)

    def step(found: Parcel) -> Parcel:
        return refuse_delivery(found, by=request.user, restock=form.sound)

    return _after_step(request, pk, step, _("Đã ghi kiện bị trả lại."))


@require_POST
@members_only(at_least=Role.PACKER)
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    return _after_step(request, pk, mark_delivered, _("Đã giao đến người mua."))


def _after_step(request: HttpRequest, pk: int, step, done: str) -> HttpResponse:  # type: ignore[no-untyped-def]
    own = get_object_or_404(_parcels(request), pk=pk)
    try:
        step(own)
    except StepNotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("producers:parcel", pk=pk)


def _show_parcel(
    request: HttpRequest,
    own: Parcel,
    form: HandOverForm,
    status: int = 200,
    sent_back: SentBackForm | None = None,
) -> HttpResponse:
    context = {
        "active_tab": "parcels",
        "parcel": own,
        "form": form,
        "sent_back": sent_back or SentBackForm(parcel=own),
    }
    return render(request, "producers/parcel.html", context, status=status)


def _fell_unpaid() -> QuerySet[Any]:
    changes = get_model("order", "OrderStatusChange").objects
    return changes.filter(
        order=OuterRef("order"), old_status__in=NOT_YET_WORK, new_status="cancelled"
    )


def _parcels(request: HttpRequest) -> QuerySet[Parcel]:
    """Own parcels, with what the label needs and nothing else of the buyer."""
    return (
        Parcel.objects.filter(
            producer=cast(ProducerRequest, request).producer,
            order__status__in=OPEN_TO_PRODUCERS,
        )
        # An order that fell before it was paid was never theirs to see.
        .exclude(Exists(_fell_unpaid()))
        .select_related("order__shipping_address", "producer")
        .prefetch_related("lines__picture__renditions", "lines__lot")
    )
