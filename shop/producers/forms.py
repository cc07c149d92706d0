"""Forms of the producers' channel."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.order.models import Parcel
from shop.partner.models import StockRecord
from shop.partner.pricing import CountedElsewhere, set_left

#: More than this of one thing is a slip of the finger.
MOST_IN_STOCK = 100_000


class StockForm(forms.Form):
    """New stock of one product. `seen` is what the page showed: somebody may have sold since."""

    stock = forms.IntegerField(
        label=_("Còn trong kho"),
        min_value=0,
        max_value=MOST_IN_STOCK,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Hãy nhập số lượng."),
            "invalid": _("Hãy nhập một số nguyên."),
            "min_value": _("Số lượng không thể âm."),
            "max_value": _("Số lượng quá lớn, hãy kiểm tra lại."),
        },
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: StockRecord, **kwargs: Any) -> None:
        self.record = record
        left = record.net_stock_level
        kwargs.setdefault("initial", {"stock": left, "seen": left})
        kwargs.setdefault("prefix", f"stock-{record.pk}")
        super().__init__(*args, **kwargs)

    def save(self, by: Any) -> bool:
        """Set what is left to sell; False, with an error, when it changed since it was seen.

        Either way the form says what is left now, so that what is sent next is taken.
        """
        left, seen = self.cleaned_data["stock"], self.cleaned_data["seen"]
        try:
            set_left(self.record, left, seen=seen, by=by)
        except CountedElsewhere as elsewhere:
            self.add_error("stock", str(elsewhere))
        now = {self.add_prefix("seen"): self.record.net_stock_level}
        self.data = dict(self.data.items()) | now
        return not self.errors


class HandOverForm(forms.Form):
    """Who took the parcel."""

    carrier = forms.CharField(
        label=_("Bên vận chuyển"),
        max_length=100,
        error_messages={"required": _("Hãy ghi ai nhận chở kiện này.")},
        help_text=_("Ví dụ: Bưu điện, xe khách, tự giao."),
    )
    tracking_number = forms.CharField(
        label=_("Mã vận đơn"), max_length=100, required=False, help_text=_("Nếu có.")
    )


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Nhắn người mua"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ví dụ: Mai có chuyến xe, bác nhận được vào thứ Sáu."),
        error_messages={"required": _("Hãy viết lời nhắn.")},
    )


class SentBackForm(forms.Form):
    """How many of each line came back sound and may be sold again."""

    def __init__(self, *args: Any, parcel: Parcel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {f"sound_{line.pk}": line for line in parcel.lines.all()}
        for name, line in self.lines.items():
            self.fields[name] = forms.IntegerField(
                label=f"{line.title} × {line.quantity}",
                min_value=0,
                max_value=line.quantity,
                initial=line.quantity,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages={"required": _("Hãy nhập số lượng, 0 nếu hỏng hết.")},
            )

    @property
    def sound(self) -> dict[int, int]:
        """By the line's key."""
        return {line.pk: self.cleaned_data[name] for name, line in self.lines.items()}
