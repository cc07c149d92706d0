"""Forms of lots."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.models import Lot, Product
from catalogue.text import fold
from shop.order.models import Line
from shop.partner.models import Partner
from shop.private_files import PaperField
from shop.producers.lots.stamps import LAYOUTS, MOST_STAMPS

#: Nobody makes more pieces of one lot; it is a slip of the finger.
MOST_PIECES = 1_000_000


def suggested_code(product: Product) -> str:
    """`KLYS-261124-7`: initials, the day, and a number that no lot has yet."""
    initials = "".join(word[0] for word in fold(product.title).split() if word[0].isalnum())
    number = (Lot.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    return f"{initials[:6].upper() or 'LO'}-{timezone.localdate():%y%m%d}-{number}"[:20]


class LotForm(forms.ModelForm):
    """A lot of one of the producer's own products."""

    class Meta:
        model = Lot
        fields = ("product", "code", "produced_on", "best_before", "quantity", "place", "inputs")
        widgets = {
            "produced_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "best_before": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "quantity": forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
            "inputs": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "code": _("Chữ in không dấu, chữ số, gạch ngang. Để trống: máy đặt."),
            "best_before": _("Để trống: ngày sản xuất cộng hạn dùng của sản phẩm."),
            "quantity": _("Số gói, chai, hộp làm ra; 0 nếu không đếm."),
            "inputs": _("Ví dụ: khoai trồng ở thôn Nội Chùa, không chất bảo quản."),
        }

    def __init__(self, *args: Any, producer: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["product"]
        field.queryset = Product.objects.filter(
            producer=producer, parent=None, archived_at=None
        ).order_by("title")
        field.label_from_instance = lambda product: product.get_title()
        field.empty_label = None
        field.error_messages["invalid_choice"] = _("Hãy chọn một sản phẩm của bạn.")
        self.fields["code"].required = False
        self.is_used = (
            self.instance.pk is not None and Line.objects.filter(lot=self.instance).exists()
        )
        if self.is_used:
            # The stamp on goods that are gone says these.
            for name in ("product", "code"):
                self.fields[name].disabled = True
        if self.instance.pk is None:
            self.fields["produced_on"].initial = timezone.localdate()

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split()).upper()

    def clean_quantity(self) -> int:
        quantity: int = self.cleaned_data["quantity"] or 0
        if quantity > MOST_PIECES:
            raise forms.ValidationError(_("Số lượng quá lớn, hãy kiểm tra lại."))
        return quantity

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        product = data.get("product")
        if product and not data.get("code") and "code" not in self.errors:
            data["code"] = suggested_code(product)
        made, days = data.get("produced_on"), product.shelf_life_days if product else None
        if made and days and not data.get("best_before") and "best_before" not in self.errors:
            data["best_before"] = made + timedelta(days=days)
        if made and made > timezone.localdate():
            self.add_error("produced_on", _("Ngày sản xuất chưa tới."))
        return data


class RecallForm(forms.Form):
    reason = forms.CharField(
        label=_("Vì sao thu hồi"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy nói vì sao: người mua đọc được câu này.")},
    )
    sure = forms.BooleanField(
        label=_("Tôi thu hồi cả lô này; việc này không đảo lại được."),
        error_messages={"required": _("Hãy đánh dấu để xác nhận.")},
    )


class LotPaperForm(forms.Form):
    title = forms.CharField(
        label=_("Là gì"),
        max_length=150,
        help_text=_("Ví dụ: phiếu kiểm nghiệm, ảnh mẻ nấu ngày 20/11. Ai quét tem cũng thấy."),
        error_messages={"required": _("Hãy ghi đây là gì.")},
    )
    file = PaperField(label=_("Ảnh chụp hoặc tệp"))


class StampsForm(forms.Form):
    layout = forms.ChoiceField(
        label=_("Khổ tem"), choices=[(code, each.name) for code, each in LAYOUTS.items()]
    )
    number = forms.IntegerField(
        label=_("Số tem"),
        min_value=1,
        max_value=MOST_STAMPS,
        initial=24,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Hãy nhập số tem."),
            "invalid": _("Hãy nhập một số nguyên."),
            "min_value": _("Ít nhất một tem."),
            "max_value": _("Mỗi lần nhiều nhất 1.000 tem."),
        },
    )
