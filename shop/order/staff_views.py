"""Questions of buyers and addresses they want changed, as staff answer them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalogue.typed import whole_number
from shop.guards import staff_may
from shop.order.addressing import CannotMove, decide, waiting
from shop.order.forms import AnswerForm
from shop.order.messages import answer as write_answer
from shop.order.messages import needs_no_answer, waiting_orders
from shop.order.models import AddressChange, Order, OrderMessage
from shop.order.page import page_of

A_PAGE = 30
LOOK = "order.view_order"
CHANGE = "order.change_order"


@require_safe
@staff_may(LOOK)
def questions(request: HttpRequest) -> HttpResponse:
    """Orders with unanswered words first; all that anybody wrote about under ?xem=tat-ca."""
    shows_all = request.GET.get("xem") == "tat-ca"
    rows: Any = waiting_orders()
    if shows_all:
        said = OrderMessage.objects.filter(order=OuterRef("pk"))
        rows = Order.objects.filter(Exists(said)).order_by("-pk")
    rows = rows.select_related("shipping_address", "user").prefetch_related("messages__parcel")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "shows_all": shows_all,
        "changes": waiting() if not shows_all else [],
        "waiting": waiting_orders().count(),
    }
    return render(request, "order/staff/questions.html", context)


@require_safe
@staff_may(LOOK)
def conversation(request: HttpRequest, number: str) -> HttpResponse:
    return _show(request, _order(number))


def _order(number: str) -> Order:
    rows = Order.objects.select_related("shipping_address", "user", "payment")
    return get_object_or_404(rows, number=number)


def _show(
    request: HttpRequest, order: Order, *, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "order": order,
        "page": page_of(order),
        "form": form or AnswerForm(),
        "waits": order.messages.filter(about=None).unanswered().exists(),
    }
    return render(request, "order/staff/conversation.html", context, status=status)


@require_POST
@staff_may(LOOK, CHANGE)
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Answer in the conversation about a parcel, or about the order as a whole."""
    order = _order(number)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, order, form=form, status=422)
    typed = request.POST.get("parcel", "")
    parcel = get_object_or_404(order.parcels.all(), pk=whole_number(typed)) if typed else None
    write_answer(order, form.cleaned_data["text"], parcel=parcel, by=request.user)
    messages.success(request, _("Đã trả lời."))
    return redirect("orders-staff:conversation", number=number)


@require_POST
@staff_may(LOOK, CHANGE)
def no_answer(request: HttpRequest, number: str) -> HttpResponse:
    needs_no_answer(_order(number))
    messages.success(request, _("Đã đánh dấu là không cần trả lời."))
    return redirect("orders-staff:questions")


@require_POST
@staff_may(LOOK, CHANGE)
def decide_address(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it to the address that was asked for, at no further cost, or leave it."""
    change = get_object_or_404(AddressChange, pk=pk)
    try:
        decide(change, agree=request.POST.get("do") == "agree", by=request.user)
    except CannotMove as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã quyết định, người mua được báo."))
    return redirect("orders-staff:questions")
