"""Orders as staff see them: the list, one order with everything of it, notes, cancelling."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from shop.guards import staff_may
from shop.office.orders.detail import page_of
from shop.office.orders.filters import OrderFilter
from shop.office.orders.rows import with_facts
from shop.order.cancelling import CannotCancel, cancel_order
from shop.order.models import Order
from shop.payment.registry import method_label

LOOK, CHANGE = "order.view_order", "order.change_order"
A_PAGE = 50
NOTE_LENGTH = 1000
REASON_LENGTH = 300


class NoteForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Ghi chú, chỉ nhân viên đọc"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Hãy viết ghi chú.")},
    )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do, người mua sẽ đọc"),
        max_length=REASON_LENGTH,
        error_messages={"required": gettext_lazy("Hãy ghi lý do: người mua sẽ đọc.")},
    )


@require_safe
@staff_may(LOOK)
def orders(request: HttpRequest) -> HttpResponse:
    form = OrderFilter(request.GET)
    found = form.found()
    page = Paginator(with_facts(found), A_PAGE, allow_empty_first_page=True)
    # Counted without what rows show: the marks of fifty rows are not asked of ten thousand.
    page.count = found.count()
    query = request.GET.copy()
    query.pop("trang", None)
    shown = page.get_page(request.GET.get("trang"))
    rows = [(order, method_label(order.payment_method)) for order in shown]
    context = {"form": form, "page": shown, "rows": rows, "query": query.urlencode()}
    return render(request, "office/orders/list.html", context)


@require_safe
@staff_may(LOOK)
def order(request: HttpRequest, number: str) -> HttpResponse:
    return _show(request, get_object_or_404(Order, number=number))


def _show(request: HttpRequest, found: Order, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "page": page_of(found, request.user),
        "order": found,
        "note_form": NoteForm(),
        "cancel_form": CancelForm(),
        **forms,
    }
    return render(request, "office/orders/detail.html", context, status=status)


@require_POST
@staff_may(CHANGE)
def write_note(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(Order, number=number)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _show(request, found, status=422, note_form=form)
    words = form.cleaned_data["words"]
    found.notes.create(user=request.user, note_type="Info", message=words)
    messages.success(request, _("Đã ghi chú."))
    return redirect("dashboard:order-detail", number=number)


@require_POST
@staff_may(CHANGE)
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Also when it is being packed; not once a parcel has left."""
    found = get_object_or_404(Order, number=number)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _show(request, found, status=422, cancel_form=form)
    try:
        cancel_order(found, reason=form.cleaned_data["reason"], by=request.user, forced=True)
    except CannotCancel:
        messages.error(request, _("Đã có kiện rời kho nên không hủy được đơn này."))
    else:
        messages.success(request, _("Đã hủy đơn."))
    return redirect("dashboard:order-detail", number=number)
