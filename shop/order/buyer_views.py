"""What a buyer does on the order's page beside cancelling: asks, changes the address."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalogue.typed import whole_number
from shop.address.forms import initial_of
from shop.order.access import order_for, private
from shop.order.addressing import (
    CannotMove,
    ChangesMore,
    change_address,
    may_move,
    parcels_to,
)
from shop.order.forms import MoveForm, QuestionForm
from shop.order.messages import ask
from shop.order.models import Order, Recipient
from shop.order.steps import StepNotPossible
from shop.order.views import signed_in


@require_POST
def question(request: HttpRequest, number: str) -> HttpResponse:
    """A question about a parcel, to who sends it; about the order, to the shop."""
    order = order_for(request, number)
    typed = request.POST.get("parcel", "")
    parcel = order.parcels.filter(pk=whole_number(typed)).first()
    if typed and parcel is None:
        raise Http404
    form = QuestionForm(request.POST)
    if not form.is_valid():
        context = {"order": order, "form": form, "parcel": parcel}
        return private(render(request, "order/question.html", context, status=422))
    try:
        ask(order, form.cleaned_data["text"], parcel=parcel, by=signed_in(request))
    except StepNotPossible as refusal:
        form.add_error("text", str(refusal))
        context = {"order": order, "form": form, "parcel": parcel}
        return private(render(request, "order/question.html", context, status=429))
    messages.success(request, _("Đã gửi câu hỏi. Trả lời nằm ở trang này và trong thư."))
    return private(redirect("order:detail", number=order.number))


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, number: str) -> HttpResponse:
    """Another address until packing begins; what it would change more is said first."""
    order = order_for(request, number)
    recipient = _recipient(order, request.GET.get("nguoi-nhan", ""))
    old = recipient.address if recipient is not None else order.shipping_address
    if not may_move(order, parcels_to(order, recipient)):
        messages.error(request, _("Đơn đang được đóng gói nên không tự đổi được."))
        return private(redirect("order:detail", number=order.number))
    if request.method != "POST":
        return _form(request, order, MoveForm(initial=initial_of(old)), recipient)
    form = MoveForm(request.POST)
    if "choose_province" in request.POST:
        form.forget_errors()
        return _form(request, order, form, recipient)
    if not form.is_valid():
        return _form(request, order, form, recipient, status=422)
    return _moved(request, order, form, recipient)


def _moved(
    request: HttpRequest, order: Order, form: MoveForm, recipient: Recipient | None
) -> HttpResponse:
    try:
        change = change_address(
            order,
            form.address_values(),
            recipient=recipient,
            ask="ask" in request.POST,
            by=signed_in(request),
        )
    except ValidationError as error:
        form.add_error("ward", error)
        return _form(request, order, form, recipient, status=422)
    except ChangesMore as more:
        return _form(request, order, form, recipient, status=422, more=more)
    except CannotMove as refusal:
        messages.error(request, str(refusal))
    else:
        if change is None:
            messages.info(request, _("Địa chỉ giữ nguyên như cũ."))
        elif change.state == change.State.ASKED:
            messages.success(request, _("Đã hỏi cửa hàng. Chúng tôi trả lời trước khi đóng gói."))
        else:
            messages.success(request, _("Đã đổi địa chỉ giao hàng."))
    return private(redirect("order:detail", number=order.number))


def _recipient(order: Order, typed: str) -> Recipient | None:
    if not typed:
        return None
    found = order.recipients.select_related("address").filter(position=whole_number(typed)).first()
    if found is None:
        raise Http404
    return found


def _form(
    request: HttpRequest,
    order: Order,
    form: MoveForm,
    recipient: Recipient | None,
    *,
    status: int = 200,
    **facts: Any,
) -> HttpResponse:
    context = {"order": order, "form": form, "recipient": recipient, **facts}
    return private(render(request, "order/move.html", context, status=status))
