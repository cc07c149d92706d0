"""A producer's money: what is owed, why and when; month by month, for owners only."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shop.downloads import PDF, XLSX, as_download
from shop.partner.membership import Role
from shop.producers.access import ProducerRequest, members_only
from shop.producers.joining.forms import PayoutAccountForm
from shop.producers.models import PayoutAccount
from shop.producers.money.account import change_account
from shop.settlements.models import Payout
from shop.settlements.months import month_of, next_month, previous_month
from shop.settlements.paying import LEAST_PAYOUT, next_payout
from shop.settlements.statements import (
    Statement,
    on_the_way,
    pdf_of,
    statement_of,
    workbook_of,
)
from shop.two_factor.guards import second_step_if_set_up


@require_GET
@members_only(at_least=Role.OWNER)
def money(request: HttpRequest) -> HttpResponse:
    """One phone screen: owed now, on the way, last paid, and why."""
    statement = _statement(request)
    this = month_of("")
    context = {
        "active_tab": "more",
        "statement": statement,
        "next": next_payout(statement.producer),
        "least": LEAST_PAYOUT,
        "on_the_way": on_the_way(statement.producer),
        "payouts": Payout.objects.filter(producer=statement.producer)[:5],
        "previous": previous_month(statement.first),
        "following": next_month(statement.first) if statement.first < this else None,
    }
    return render(request, "producers/money/index.html", context)


@require_GET
@members_only(at_least=Role.OWNER)
def statement_xlsx(request: HttpRequest) -> HttpResponse:
    statement = _statement(request)
    return as_download(workbook_of(statement), XLSX, f"sao-ke-{statement.name}.xlsx")


@require_GET
@members_only(at_least=Role.OWNER)
def statement_pdf(request: HttpRequest) -> HttpResponse:
    statement = _statement(request)
    return as_download(pdf_of(statement), PDF, f"sao-ke-{statement.name}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(at_least=Role.OWNER)
@second_step_if_set_up
def account(request: HttpRequest) -> HttpResponse:
    """Where the producer is paid. Every owner is told when it changes."""
    producer = cast(ProducerRequest, request).producer
    own = PayoutAccount.objects.filter(producer=producer).first()
    form = PayoutAccountForm(request.POST or None, instance=own or PayoutAccount(producer=producer))
    if request.method == "POST" and form.is_valid():
        change_account(form.save(commit=False), by=request.user)
        messages.success(request, _("Đã lưu tài khoản. Các chủ đều nhận thư báo."))
        return redirect("producers:money")
    context = {"active_tab": "more", "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "producers/money/account.html", context, status=status)


def _statement(request: HttpRequest) -> Statement:
    producer: Any = cast(ProducerRequest, request).producer
    return statement_of(producer, month_of(request.GET.get("thang", "")))
