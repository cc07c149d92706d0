"""Own parcels: packed from a lot, divided, labelled, handed over, delivered or come back."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from oscar.core.loading import get_model

from catalogue.models import Lot
from catalogue.typed import whole_number
from shop.carriers.shown import called_for
from shop.downloads import PDF, as_download
from shop.giving.papers import gift_receipt_pdf, greeting_pdf
from shop.order.fulfilment import hand_over, mark_delivered, start_packing
from shop.order.letters import NOT_YET_WORK
from shop.order.lots import NOT_GONE, lots_for, pack_from
from shop.order.messages import tell_buyer
from shop.order.models import Line, Parcel, Recipient
from shop.order.refusing import refuse_delivery
from shop.order.splitting import split_off
from shop.order.steps import StepNotPossible
from shop.partner.membership import Role
from shop.payment.cash import to_collect
from shop.producers.access import ProducerRequest, members_only
from shop.producers.forms import HandOverForm, MessageForm, SentBackForm
from shop.producers.parcels.contents import groups_of
from shop.producers.parcels.papers import label_pdf, slip_pdf
from shop.producers.today import TO_PACK

PARCELS_A_PAGE = 20
#: The list of new and begun parcels together, beside those of one status each.
TO_PACK_LIST = "to-pack"
#: Parcels a producer works with: those of orders that are paid for or paid on delivery.
OPEN_TO_PRODUCERS = ("placed", "packing", "shipped", "completed", "returned", "cancelled")


@require_GET
@members_only(at_least=Role.PACKER)
def parcels(request: HttpRequest) -> HttpResponse:
    found = own_parcels(request)
    status = request.GET.get("trang-thai", "")
    if status == TO_PACK_LIST:
        found = found.filter(TO_PACK)
    elif status in Parcel.Status.values:
        found = found.filter(status=status)
    page = Paginator(found.order_by("-created_at", "-pk"), PARCELS_A_PAGE).get_page(
        request.GET.get("trang")
    )
    context = {
        "active_tab": "parcels",
        "page": page,
        "status": status,
        "statuses": [(TO_PACK_LIST, _("Cần đóng")), *Parcel.Status.choices],
    }
    return render(request, "producers/parcels/index.html", context)


@require_GET
@members_only(at_least=Role.PACKER)
def parcel(request: HttpRequest, pk: int) -> HttpResponse:
    own = get_object_or_404(own_parcels(request), pk=pk)
    return _show_parcel(request, own)


@require_POST
@members_only(at_least=Role.PACKER)
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    return _after_step(request, pk, start_packing, _("Đã bắt đầu đóng gói."))


@require_POST
@members_only(at_least=Role.PACKER)
def ship(request: HttpRequest, pk: int) -> HttpResponse:
    own = get_object_or_404(own_parcels(request), pk=pk)
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
    own = get_object_or_404(own_parcels(request), pk=pk)
    form = SentBackForm(request.POST, parcel=own)
    if not form.is_valid():
        return _show_parcel(request, own, status=422, sent_back=form)

    def step(found: Parcel) -> Parcel:
        return refuse_delivery(found, by=request.user, restock=form.sound)

    return _after_step(request, pk, step, _("Đã ghi kiện bị trả lại."))


@require_POST
@members_only(at_least=Role.PACKER)
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    return _after_step(request, pk, mark_delivered, _("Đã giao đến người mua."))


@require_POST
@members_only(at_least=Role.PACKER)
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Some lines go later, in a parcel of their own."""
    own = get_object_or_404(own_parcels(request), pk=pk)
    later = [whole_number(key) for key in request.POST.getlist("later")]
    return _after_step(
        request, pk, lambda _found: split_off(own, later), _("Đã tách: phần còn lại là kiện mới.")
    )


@require_POST
@members_only(at_least=Role.PACKER)
def choose_lot(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Pack a line from another lot than the one proposed."""
    own = get_object_or_404(own_parcels(request), pk=pk)
    packed = get_object_or_404(own.lines.all(), pk=line)
    chosen = request.POST.get("lot", "")
    lot = Lot.objects.filter(pk=whole_number(chosen)).first()
    if lot is None:
        messages.error(request, _("Hãy chọn một lô."))
        return redirect("producers:parcel", pk=pk)
    done = _("Đã ghi lô %(code)s.") % {"code": lot.code}
    return _after_step(request, pk, lambda found: pack_from(found, packed.pk, lot), done)


@require_POST
@members_only(at_least=Role.PACKER)
def write_to_buyer(request: HttpRequest, pk: int) -> HttpResponse:
    own = get_object_or_404(own_parcels(request), pk=pk)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _show_parcel(request, own, status=422, message_form=form)
    try:
        tell_buyer(own, form.cleaned_data["text"], by=request.user)
    except StepNotPossible as refusal:
        form.add_error("text", str(refusal))
        return _show_parcel(request, own, status=422, message_form=form)
    messages.success(request, _("Đã gửi lời nhắn."))
    return redirect("producers:parcel", pk=pk)


@require_GET
@members_only(at_least=Role.PACKER)
def label(request: HttpRequest, pk: int) -> HttpResponse:
    return _paper(get_object_or_404(own_parcels(request), pk=pk), label_pdf, "nhan")


@require_GET
@members_only(at_least=Role.PACKER)
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    return _paper(get_object_or_404(own_parcels(request), pk=pk), slip_pdf, "phieu")


@require_GET
@members_only(at_least=Role.PACKER)
def greeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The greeting card that goes into a gift's parcel."""
    own, recipient = _gift(request, pk)
    return _paper(own, lambda _own: greeting_pdf(recipient), "thiep")


@require_GET
@members_only(at_least=Role.PACKER)
def gift_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What is in this parcel of a gift, for who gets it."""
    own, recipient = _gift(request, pk)
    return _paper(own, lambda _own: gift_receipt_pdf(recipient, own), "phieu-qua")


def _gift(request: HttpRequest, pk: int) -> tuple[Parcel, Recipient]:
    """An own parcel that is a gift, and who gets it; 404 for any other."""
    own = get_object_or_404(own_parcels(request), pk=pk)
    if own.recipient is None:
        raise Http404
    return own, own.recipient


def _paper(own: Parcel, draw: Callable[[Parcel], bytes], name: str) -> HttpResponse:
    number = str(own).replace("/", "-")
    return as_download(draw(own), PDF, f"{name}-{number}.pdf")


def _after_step(request: HttpRequest, pk: int, step, done: str) -> HttpResponse:  # type: ignore[no-untyped-def]
    own = get_object_or_404(own_parcels(request), pk=pk)
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
    form: HandOverForm | None = None,
    status: int = 200,
    sent_back: SentBackForm | None = None,
    message_form: MessageForm | None = None,
) -> HttpResponse:
    lines = list(own.lines.all())
    not_gone = own.status in NOT_GONE
    choices = lots_for(lines) if not_gone else {}
    called = called_for(own)
    context = {
        "groups": groups_of(lines, own.producer_id, choices),
        "lines": lines,
        "may_split": not_gone and len(lines) > 1,
        "said": own.messages.filter(about=None).select_related("by"),
        # Nothing is reported of what has not left.
        "reports": [] if not_gone else own.returns.prefetch_related("lines__line"),
        "message_form": message_form or MessageForm(),
        "active_tab": "parcels",
        "parcel": own,
        "form": form or HandOverForm(initial=called.hand_over),
        "carrier": called,
        "collect": to_collect(own),
        "sent_back": sent_back or SentBackForm(parcel=own),
    }
    return render(request, "producers/parcels/parcel.html", context, status=status)


def _fell_unpaid() -> QuerySet[Any]:
    changes = get_model("order", "OrderStatusChange").objects
    return changes.filter(
        order=OuterRef("order"), old_status__in=NOT_YET_WORK, new_status="cancelled"
    )


def own_parcels(request: HttpRequest) -> QuerySet[Parcel]:
    """Own parcels, with what the label needs and nothing else of the buyer."""
    lines = Line.objects.select_related(
        "product__parent", "box__product__parent", "lot", "partner", "picture"
    )
    return (
        Parcel.objects.filter(
            producer=cast(ProducerRequest, request).producer,
            order__status__in=OPEN_TO_PRODUCERS,
        )
        # An order that fell before it was paid was never theirs to see.
        .exclude(Exists(_fell_unpaid()))
        .select_related("order__shipping_address", "producer__ward__province", "recipient__address")
        .prefetch_related(Prefetch("lines", queryset=lines), "lines__picture__renditions")
    )
