"""What staff type about money."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.order.models import Line, Order
from shop.payment.models import BankAccount, Payment
from shop.payment.refunding import LineToRefund, refundable_quantity

#: Longest time that staff give in one go, minutes: a week.
MOST_MINUTES = 7 * 24 * 60


class ReceivedForm(forms.Form):
    """Staff saw the money. `part` is what the page showed them as due."""

    part = forms.ChoiceField(choices=Payment.Part.choices, required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Thấy ở đâu"),
        max_length=200,
        help_text=_("Ví dụ: sao kê VCB 24/11, mã FT26328."),
        error_messages={"required": _("Hãy ghi đã thấy tiền ở đâu.")},
    )


class LetGoForm(forms.Form):
    """The goods may leave before the rest after a deposit is paid."""

    reason = forms.CharField(
        label=_("Lý do"),
        max_length=200,
        error_messages={"required": _("Hãy ghi vì sao cho gửi hàng trước.")},
    )


class ExtendForm(forms.Form):
    """More time for the buyer, from now."""

    minutes = forms.IntegerField(
        label=_("Giữ hàng thêm, phút"),
        min_value=5,
        max_value=MOST_MINUTES,
        initial=120,
        error_messages={"required": _("Hãy nhập số phút.")},
    )


class RefundForm(forms.Form):
    """An amount, or so many of each line; lines decide when both are given."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    amount = forms.IntegerField(
        label=_("Số tiền, đồng"),
        required=False,
        min_value=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Bỏ trống để hoàn theo số lượng ghi bên dưới."),
    )
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        error_messages={"required": _("Hãy ghi lý do: người mua sẽ đọc.")},
    )

    def __init__(self, *args: Any, payment: Payment, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4().hex})
        super().__init__(*args, **kwargs)
        self.lines: list[tuple[Line, str, str]] = []
        for line in payment.order.lines.select_related("parcel").order_by("pk"):
            left = refundable_quantity(line)
            if not left:
                continue
            quantity, restock = f"quantity_{line.pk}", f"restock_{line.pk}"
            self.fields[quantity] = forms.IntegerField(
                label=line.title,
                help_text=_("Nhiều nhất %(n)s.") % {"n": left},
                required=False,
                min_value=0,
                max_value=left,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
            self.fields[restock] = forms.BooleanField(label=_("Nhập lại kho"), required=False)
            self.lines.append((line, quantity, restock))

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The bound fields of each line: how many, and whether back into stock."""
        return [(self[quantity], self[restock]) for _line, quantity, restock in self.lines]

    @property
    def chosen(self) -> list[LineToRefund]:
        data = self.cleaned_data
        return [
            LineToRefund(line, data[quantity], restock=data[restock])
            for line, quantity, restock in self.lines
            if data.get(quantity)
        ]

    @property
    def sum_asked(self) -> Decimal | None:
        amount = self.cleaned_data.get("amount")
        return None if amount is None else Decimal(amount)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("amount") and not self.chosen:
            self.add_error("amount", _("Hãy nhập số tiền, hoặc số lượng của một dòng hàng."))
        return data


class SentForm(forms.Form):
    """The money has gone back by a transfer of our own."""

    reference = forms.CharField(
        label=_("Mã giao dịch"),
        max_length=100,
        error_messages={"required": _("Hãy ghi mã giao dịch của ngân hàng.")},
    )


class ResolveForm(forms.Form):
    """What to do with a sum of the queue."""

    ACCEPT, AS_IS, RETURN, ASIDE = "accept", "as-is", "return", "aside"
    what = forms.ChoiceField(
        choices=[(name, name) for name in (ACCEPT, AS_IS, RETURN, ASIDE)],
        error_messages={"required": _("Hãy chọn cách xử lý.")},
    )
    number = forms.CharField(label=_("Mã đơn"), required=False, max_length=20)
    note = forms.CharField(label=_("Ghi chú, mã giao dịch"), required=False, max_length=200)

    def clean_number(self) -> Order | None:
        typed = self.cleaned_data["number"].strip().upper()
        if not typed:
            return None
        order = Order.objects.filter(number=typed).first()
        if order is None:
            raise ValidationError(_("Không có đơn mang mã này."))
        return order


class BankAccountForm(forms.ModelForm):
    """Where transfers of new orders go."""

    class Meta:
        model = BankAccount
        fields = ("bank_bin", "number", "holder")
