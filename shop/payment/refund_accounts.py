"""Where a buyer wants money sent that goes back by transfer: cash paid at the door, say."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shop.order.access import order_for, private
from shop.order.letters import write_refund_account_letter
from shop.payment.models import Payment, Refund, RefundAccount
from shop.payment.receiving import locked_payment
from shop.payment.registry import method_of
from shop.payment.trail import Kind, record
from shop.producers.joining.forms import AccountFieldsMixin


class RefundAccountForm(AccountFieldsMixin):
    class Meta:
        model = RefundAccount
        fields = ("bank_bin", "number", "holder")


def may_name_account(payment: Payment) -> bool:
    """Money has come by a way that does not send it back itself."""
    method = method_of(payment.method)
    return payment.received > 0 and not (method is not None and method.refunds_itself)


@transaction.atomic
def name_account(payment: Payment, facts: dict[str, Any], *, by: Any = None) -> RefundAccount:
    """Keep the account, in place of one named before; the trail and a letter to the buyer say so.

    What was given to the bank already (`Refund.State.SENT`, `DONE`) went where it went.
    """
    locked = locked_payment(payment.order_id)
    account, _made = RefundAccount.objects.update_or_create(payment=locked, defaults=facts)
    words = _("Người mua cho biết tài khoản nhận hoàn tiền: %(bank)s, số cuối %(end)s.")
    record(locked, Kind.NOTE, words % {"bank": account.bank, "end": account.number[-4:]}, by=by)
    write_refund_account_letter(locked.order, account)
    return account


@require_http_methods(["GET", "HEAD", "POST"])
def refund_account(request: HttpRequest, number: str) -> HttpResponse:
    """The buyer names an account, or another one while nothing went there yet."""
    order = order_for(request, number)
    payment = order.payment
    if not may_name_account(payment):
        return private(redirect("order:detail", number=order.number))
    named = RefundAccount.objects.filter(payment=payment).first()
    form = RefundAccountForm(request.POST or None, instance=named)
    if request.method == "POST" and form.is_valid():
        by = request.user if request.user.is_authenticated else None
        name_account(payment, form.cleaned_data, by=by)
        messages.success(request, _("Đã ghi tài khoản nhận hoàn tiền."))
        return private(redirect("order:detail", number=order.number))
    waiting = payment.refunds.filter(state__in=Refund.WAITING)
    context = {"order": order, "form": form, "waiting": waiting}
    status = 422 if form.errors else 200
    return private(render(request, "payment/refund_account.html", context, status=status))
