"""What staff type about a request, and how they look for one."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.days import DayField
from shop.invoices.models import InvoiceRequest, InvoiceRequestQuerySet

NUMBER_LENGTH = 60
NOTE_LENGTH = 300


class FilterForm(forms.Form):
    """Status, days of asking, words; each may stay open."""

    status = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=[("", _("Tất cả")), *InvoiceRequest.Status.choices],
    )
    since = DayField(label=_("Yêu cầu từ ngày"), required=False)
    until = DayField(label=_("Đến ngày"), required=False)
    q = forms.CharField(label=_("Mã đơn, mã số thuế hoặc tên"), required=False, max_length=100)

    def found(self) -> InvoiceRequestQuerySet:
        """The requests that fit; a filter that cannot be read is left out."""
        rows: Any = InvoiceRequest.objects.select_related("order", "handled_by")
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("status"):
            rows = rows.filter(status=asked["status"])
        if asked.get("since"):
            rows = rows.filter(created_at__gte=_begin(asked["since"]))
        if asked.get("until"):
            rows = rows.filter(created_at__lte=_begin(asked["until"], time.max))
        if words := asked.get("q"):
            rows = rows.filter(
                Q(order__number__iexact=words)
                | Q(tax_code__startswith=words)
                | Q(company_name__icontains=words)
                | Q(number__icontains=words)
            )
        return rows


def _begin(day: Any, moment: time = time.min) -> datetime:
    return timezone.make_aware(datetime.combine(day, moment))


class IssuedForm(forms.Form):
    """The invoice was made at the shop's e-invoice provider."""

    number = forms.CharField(
        label=_("Ký hiệu và số hóa đơn"),
        max_length=NUMBER_LENGTH,
        help_text=_("Ví dụ: 1C26TPC 00000123."),
        error_messages={"required": _("Hãy ghi ký hiệu và số hóa đơn.")},
    )
    issued_on = DayField(
        label=_("Ngày lập hóa đơn"),
        error_messages={"required": _("Hãy ghi ngày lập hóa đơn.")},
    )


class DeclinedForm(forms.Form):
    """It cannot be made."""

    note = forms.CharField(
        label=_("Lý do, người mua sẽ đọc"),
        max_length=NOTE_LENGTH,
        error_messages={"required": _("Hãy ghi lý do: người mua sẽ đọc.")},
    )
