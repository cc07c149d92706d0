"""The queue and the account, as staff work with them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.order.models import Order
from shop.payment.models import BankAccount, MoneyReceived
from shop.payment.queue import CannotResolve, accept, give_back, set_aside, waiting
from shop.payment.staff.access import ACCOUNT, LOOK, SETTLE, staff_may
from shop.payment.staff.forms import BankAccountForm, ResolveForm
from shop.payment.staff.views import A_PAGE, work


@require_safe
@staff_may(LOOK)
def queue(request: HttpRequest) -> HttpResponse:
    page = Paginator(waiting(), A_PAGE).get_page(request.GET.get("trang"))
    return render(
        request, "payment/staff/queue.html", {"tab": "queue", "page": page, "work": work()}
    )


@require_POST
@staff_may(SETTLE)
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """One click on one sum; said twice, it stays as the first time."""
    money = get_object_or_404(MoneyReceived.objects.select_related("payment__order"), pk=pk)
    form = ResolveForm(request.POST)
    if not form.is_valid():
        said = [str(word) for words in form.errors.values() for word in words]
        messages.error(request, " ".join(said))
        return redirect("payments:queue")
    data = form.cleaned_data
    try:
        done = _resolve(money, data["what"], data["number"], data["note"], request)
    except CannotResolve as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done.resolution or done.get_state_display())
    return redirect("payments:queue")


def _resolve(
    money: MoneyReceived, what: str, order: Order | None, note: str, request: HttpRequest
) -> MoneyReceived:
    if what == ResolveForm.RETURN:
        return give_back(money, by=request.user, reference=note)
    if what == ResolveForm.ASIDE:
        return set_aside(money, by=request.user, note=note)
    return accept(money, by=request.user, order=order, as_is=what == ResolveForm.AS_IS)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may(ACCOUNT)
def account(request: HttpRequest) -> HttpResponse:
    """The account that new orders are paid to. The one before stays on its orders."""
    present = BankAccount.objects.filter(is_active=True).first()
    form = BankAccountForm(
        request.POST or None,
        initial={
            "bank_bin": present.bank_bin,
            "number": present.number,
            "holder": present.holder,
        }
        if present
        else None,
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            BankAccount.objects.filter(is_active=True).update(is_active=False)
            form.save()
        messages.success(request, _("Đã đổi tài khoản. Đơn đã đặt vẫn theo tài khoản cũ."))
        return redirect("payments:account")
    return render(
        request,
        "payment/staff/account.html",
        {
            "tab": "account",
            "form": form,
            "present": present,
            "before": BankAccount.objects.filter(is_active=False)[:10],
            "work": work(),
        },
        status=422 if form.errors else 200,
    )
