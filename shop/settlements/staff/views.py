"""Staff pay producers (`/quan-ly/tra-tien/`): balances, payouts, the list for the bank."""

import uuid
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from openpyxl import Workbook

from catalogue.money import format_dong, to_dong
from shop.days import DayField
from shop.downloads import XLSX, as_download
from shop.guards import staff_may
from shop.invoices.export import safe_text
from shop.partner.models import Partner
from shop.settlements.books import what_is_wrong
from shop.settlements.entering import adjust
from shop.settlements.models import Entry, Payout
from shop.settlements.months import month_of, previous_month
from shop.settlements.paying import (
    LEAST_PAYOUT,
    NotPossible,
    cancel,
    mark_paid,
    prepare,
    without_account,
)
from shop.settlements.statements import statement_of

LOOK, PAY = "settlements.view_payout", "settlements.change_payout"
A_PAGE = 30
#: Đồng; more than this in one correction is a slip of the finger.
MOST_ADJUSTED = 1_000_000_000


class PrepareForm(forms.Form):
    until = DayField(
        label=gettext_lazy("Tính đến hết ngày"),
        help_text=gettext_lazy("Ai vừa đổi tài khoản nhận tiền thì chờ thêm vài ngày."),
        error_messages={"required": gettext_lazy("Hãy chọn ngày.")},
    )

    def clean_until(self) -> Any:
        day = self.cleaned_data["until"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ngày này chưa tới."))
        return day


class PaidForm(forms.Form):
    reference = forms.CharField(
        label=gettext_lazy("Mã giao dịch của ngân hàng"),
        max_length=100,
        error_messages={"required": gettext_lazy("Hãy ghi mã giao dịch.")},
    )


class AdjustForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    amount = forms.IntegerField(
        label=gettext_lazy("Số tiền, đồng"),
        min_value=-MOST_ADJUSTED,
        max_value=MOST_ADJUSTED,
        help_text=gettext_lazy("Dương: cửa hàng nợ thêm. Âm: trừ bớt."),
        error_messages={"required": gettext_lazy("Hãy nhập số tiền.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        error_messages={"required": gettext_lazy("Hãy ghi lý do: nhà sản xuất đọc được.")},
    )

    def clean_amount(self) -> int:
        amount: int = self.cleaned_data["amount"]
        if amount == 0:
            raise forms.ValidationError(_("Số tiền phải khác 0."))
        return amount


@require_safe
@staff_may(LOOK)
def index(request: HttpRequest) -> HttpResponse:
    return _index(request)


@require_POST
@staff_may(LOOK, PAY)
def make(request: HttpRequest) -> HttpResponse:
    form = PrepareForm(request.POST)
    if not form.is_valid():
        return _index(request, form, status=422)
    until = form.cleaned_data["until"]
    made = prepare(until, by=request.user)
    if made:
        messages.success(request, _("Đã lập %(n)s lần chuyển.") % {"n": len(made)})
    if names := without_account(until):
        words = _("Chưa lập cho nhà chưa khai hoặc mới đổi tài khoản: %(names)s.")
        messages.warning(request, words % {"names": ", ".join(names)})
    elif not made:
        messages.warning(
            request,
            _("Không lập lần chuyển nào: đến ngày ấy không nhà nào được nợ từ %(sum)s.")
            % {"sum": format_dong(LEAST_PAYOUT)},
        )
    return redirect("settlements:index")


@require_safe
@staff_may(LOOK)
def bank_list(request: HttpRequest) -> HttpResponse:
    """What waits to be transferred, as the banks' bulk transfer sheets want it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Chuyển khoản"))
    sheet.append(
        [_("Số tài khoản"), _("Tên chủ tài khoản"), _("Ngân hàng"), _("Số tiền"), _("Nội dung")]
    )
    waiting = Payout.objects.filter(state=Payout.State.PREPARED).order_by("pk")
    for payout in waiting:
        sheet.append(
            [
                safe_text(payout.number),
                safe_text(payout.holder),
                payout.bank,
                int(payout.amount),
                payout.note,
            ]
        )
    out = BytesIO()
    book.save(out)
    return as_download(out.getvalue(), XLSX, "chuyen-khoan.xlsx")


@require_POST
@staff_may(LOOK, PAY)
def paid(request: HttpRequest, pk: int) -> HttpResponse:
    payout = get_object_or_404(Payout, pk=pk)
    form = PaidForm(request.POST, prefix=f"p{pk}")
    if not form.is_valid():
        return _index(request, refused={pk: form}, status=422)
    try:
        mark_paid(payout, form.cleaned_data["reference"], by=request.user)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã ghi: %(what)s.") % {"what": payout})
    return redirect("settlements:index")


@require_POST
@staff_may(LOOK, PAY)
def not_paid(request: HttpRequest, pk: int) -> HttpResponse:
    cancel(get_object_or_404(Payout, pk=pk), by=request.user)
    messages.success(request, _("Đã bỏ lần chuyển; cửa hàng còn nợ khoản này."))
    return redirect("settlements:index")


@require_safe
@staff_may(LOOK)
def books(request: HttpRequest) -> HttpResponse:
    """Whether the producers' accounts tie to the buyers' money. Reads all of both."""
    return render(request, "settlements/books.html", {"faults": what_is_wrong()})


@require_safe
@staff_may(LOOK)
def producer(request: HttpRequest, pk: int) -> HttpResponse:
    return _producer(request, get_object_or_404(Partner, pk=pk))


@require_POST
@staff_may(LOOK, PAY)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Partner, pk=pk)
    form = AdjustForm(request.POST)
    if not form.is_valid():
        return _producer(request, found, form, status=422)
    data = form.cleaned_data
    adjust(found, to_dong(data["amount"]), data["words"], key=data["key"], by=request.user)
    messages.success(request, _("Đã ghi điều chỉnh."))
    return redirect("settlements:producer", pk=pk)


def _producer(
    request: HttpRequest, found: Partner, form: AdjustForm | None = None, status: int = 200
) -> HttpResponse:
    statement = statement_of(found, month_of(request.GET.get("thang", "")))
    context = {
        "producer": found,
        "statement": statement,
        "previous": previous_month(statement.first),
        "form": form or AdjustForm(initial={"key": uuid.uuid4().hex}),
    }
    return render(request, "settlements/producer.html", context, status=status)


def _index(
    request: HttpRequest,
    form: PrepareForm | None = None,
    *,
    refused: dict[int, PaidForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    balances = (
        Entry.objects.values("producer_id", "producer__name")
        .annotate(owed=Sum("amount"))
        .exclude(owed=0)
        .order_by("-owed")
    )
    page = Paginator(Payout.objects.select_related("producer"), A_PAGE).get_page(
        request.GET.get("trang")
    )
    refused = refused or {}
    context = {
        "balances": balances,
        "without_account": without_account(timezone.localdate()),
        "form": form or PrepareForm(initial={"until": timezone.localdate()}),
        "rows": [
            (payout, refused.get(payout.pk) or PaidForm(prefix=f"p{payout.pk}")) for payout in page
        ],
        "page_obj": page,
    }
    return render(request, "settlements/index.html", context, status=status)
