"""Payments as staff see them: the list, one payment with its history, and what may be done."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalogue.money import format_dong
from shop.order.letters import write_due_letter
from shop.payment import queue
from shop.payment.books import what_is_wrong
from shop.payment.deposits import let_goods_go
from shop.payment.messages import apply_message
from shop.payment.models import MoneyReceived, Payment, ProviderMessage, Refund
from shop.payment.receiving import NotExpected, mark_received
from shop.payment.refunding import CannotRefund, ask_refund, fail_refund, finish_refund, send_refund
from shop.payment.registry import method_of
from shop.payment.releasing import extend_hold
from shop.payment.staff.access import LOOK, REFUND, SETTLE, staff_may
from shop.payment.staff.forms import ExtendForm, LetGoForm, ReceivedForm, RefundForm, SentForm
from shop.payment.trail import Kind, record

A_PAGE = 50


@require_safe
@staff_may(LOOK)
def index(request: HttpRequest) -> HttpResponse:
    """All payments, newest first, by state and number; what waits for a person above them."""
    asked, state = request.GET.get("q", "").strip(), request.GET.get("trang-thai", "")
    rows = Payment.objects.select_related("order__shipping_address", "order__user").annotate(
        in_queue=Count("money", filter=Q(money__state=MoneyReceived.State.QUEUED))
    )
    if asked:
        rows = rows.filter(
            Q(order__number__icontains=asked) | Q(reference=asked) | Q(money__reference=asked)
        )
    if state in Payment.State.values:
        rows = rows.filter(state=state)
    rows = rows.prefetch_related("order__parcels")
    page = Paginator(rows.order_by("-pk"), A_PAGE).get_page(request.GET.get("trang"))
    return render(
        request,
        "payment/staff/index.html",
        {
            "tab": "payments",
            "page": page,
            "asked": asked,
            "state": state,
            "states": Payment.State.choices,
            "work": work(),
        },
    )


def work() -> dict[str, int]:
    """How much waits for a person."""
    return {
        "queue": queue.waiting().count(),
        "refunds": Refund.objects.filter(state__in=Refund.UNFINISHED).count(),
        "messages": ProviderMessage.objects.filter(state=ProviderMessage.State.NEW).count(),
    }


@require_safe
@staff_may(LOOK)
def detail(request: HttpRequest, number: str) -> HttpResponse:
    return _detail(request, _payment(number))


def _payment(number: str) -> Payment:
    rows = Payment.objects.select_related("order__shipping_address", "order__user")
    return get_object_or_404(rows, order__number=number)


def _detail(
    request: HttpRequest, payment: Payment, *, status: int = 200, **forms: Any
) -> HttpResponse:
    method = method_of(payment.method)
    context = {
        "tab": "payments",
        "payment": payment,
        "order": payment.order,
        "method_label": str(method.label) if method else payment.method,
        "events": payment.events.select_related("by"),
        "money": payment.money.select_related("resolved_by", "message"),
        "refunds": payment.refunds.select_related("asked_by").prefetch_related("lines__line"),
        "received_form": ReceivedForm(initial={"part": payment.part}),
        "extend_form": ExtendForm(),
        "let_go_form": LetGoForm(),
        "refund_form": RefundForm(payment=payment),
        **forms,
    }
    return render(request, "payment/staff/detail.html", context, status=status)


def _done(request: HttpRequest, payment: Payment, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("payments:detail", number=payment.order.number)


@require_POST
@staff_may(SETTLE)
def received(request: HttpRequest, number: str) -> HttpResponse:
    payment = _payment(number)
    form = ReceivedForm(request.POST)
    if form.is_valid():
        try:
            data = form.cleaned_data
            mark_received(payment, by=request.user, note=data["note"], part=data["part"])
        except NotExpected as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, payment, _("Đã ghi nhận tiền."))
    return _detail(request, payment, status=422, received_form=form)


@require_POST
@staff_may(SETTLE)
def extend(request: HttpRequest, number: str) -> HttpResponse:
    payment = _payment(number)
    form = ExtendForm(request.POST)
    if form.is_valid():
        try:
            extend_hold(payment, form.cleaned_data["minutes"], by=request.user)
        except NotExpected as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, payment, _("Đã giữ hàng thêm."))
    return _detail(request, payment, status=422, extend_form=form)


@require_POST
@staff_may(SETTLE)
def let_go(request: HttpRequest, number: str) -> HttpResponse:
    """The goods need not wait for the rest after a deposit."""
    payment = _payment(number)
    form = LetGoForm(request.POST)
    if form.is_valid():
        try:
            let_goods_go(payment, by=request.user, reason=form.cleaned_data["reason"])
        except NotExpected as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, payment, _("Hàng được gửi trước khi trả đủ."))
    return _detail(request, payment, status=422, let_go_form=form)


@require_POST
@staff_may(SETTLE)
def send_link(request: HttpRequest, number: str) -> HttpResponse:
    payment = _payment(number)
    if payment.state not in Payment.PAYABLE:
        messages.error(request, _("Đơn này không còn chờ tiền."))
    elif not payment.order.contact_email:
        messages.error(request, _("Người mua không để lại email: hãy gọi điện."))
    else:
        write_due_letter(payment.order)
        record(payment, Kind.LINK_SENT, payment.order.contact_email, by=request.user)
        messages.success(request, _("Đã gửi lại đường dẫn trả tiền."))
    return redirect("payments:detail", number=number)


@require_POST
@staff_may(REFUND)
def refund(request: HttpRequest, number: str) -> HttpResponse:
    payment = _payment(number)
    form = RefundForm(request.POST, payment=payment)
    if form.is_valid():
        try:
            asked = ask_refund(
                payment,
                reason=form.cleaned_data["reason"],
                amount=form.sum_asked,
                lines=form.chosen,
                by=request.user,
                key=form.cleaned_data["key"],
            )
        except CannotRefund as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("Đã yêu cầu hoàn %(sum)s.") % {"sum": format_dong(asked.amount)}
            return _done(request, payment, words)
    return _detail(request, payment, status=422, refund_form=form)


# --- Refunds that a person sends ----------------------------------------------------------------


@require_safe
@staff_may(LOOK)
def refunds(request: HttpRequest) -> HttpResponse:
    """What is promised back and has not gone, and what could not be sent."""
    waiting = Refund.objects.filter(state__in=Refund.UNFINISHED)
    rows = waiting.select_related("payment__order", "payment__refund_account", "asked_by").order_by(
        "pk"
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "tab": "refunds",
        "page": page,
        "rows": [(row, _goes_by_itself(row)) for row in page],
        "work": work(),
    }
    return render(request, "payment/staff/refunds.html", context)


def _goes_by_itself(refund: Refund) -> bool:
    method = method_of(refund.payment.method)
    return bool(method and method.refunds_itself)


@require_POST
@staff_may(REFUND)
def refund_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Staff transferred it: the bank's reference is the proof."""
    row = get_object_or_404(Refund, pk=pk, state__in=Refund.WAITING)
    form = SentForm(request.POST)
    if form.is_valid():
        finish_refund(row, form.cleaned_data["reference"], by=request.user)
        messages.success(request, _("Đã ghi nhận hoàn tiền."))
    else:
        messages.error(request, " ".join(map(str, form.errors["reference"])))
    return redirect("payments:refunds")


@require_POST
@staff_may(REFUND)
def refund_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the provider asked once more, now."""
    row = get_object_or_404(Refund.objects.select_related("payment__order"), pk=pk)
    if send_refund(row):
        messages.success(request, _("Đã hoàn tiền."))
    else:
        row.refresh_from_db()
        messages.error(request, row.error or _("Chưa hoàn được, sẽ thử lại."))
    return redirect("payments:refunds")


@require_POST
@staff_may(REFUND)
def refund_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a promise that nobody will keep this way."""
    row = get_object_or_404(Refund.objects.select_related("payment"), pk=pk)
    if row.state != Refund.State.ASKED:
        messages.error(request, _("Lệnh hoàn đã gửi đi nên không rút lại được."))
    else:
        fail_refund(row, _("Nhân viên rút lại."), by=request.user)
        messages.success(request, _("Đã rút lại yêu cầu hoàn tiền."))
    return redirect("payments:refunds")


# --- What providers said ------------------------------------------------------------------------


@require_safe
@staff_may(LOOK)
def provider_messages(request: HttpRequest) -> HttpResponse:
    rows = ProviderMessage.objects.order_by("-pk")
    if request.GET.get("trang-thai") == "new":
        rows = rows.filter(state=ProviderMessage.State.NEW)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("trang"))
    return render(
        request, "payment/staff/messages.html", {"tab": "messages", "page": page, "work": work()}
    )


@require_POST
@staff_may(SETTLE)
def message_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply a message that failed, now; one that was applied stays as it is."""
    message = apply_message(get_object_or_404(ProviderMessage, pk=pk))
    if message.state == ProviderMessage.State.APPLIED:
        messages.success(request, _("Đã xử lý: %(what)s") % {"what": message.outcome})
    else:
        messages.error(request, message.last_error)
    return redirect("payments:messages")


@require_http_methods(["GET", "HEAD"])
@staff_may(LOOK)
def books(request: HttpRequest) -> HttpResponse:
    """Whether the books close, in sentences."""
    context = {"tab": "books", "faults": what_is_wrong(), "work": work()}
    return render(request, "payment/staff/books.html", context)
