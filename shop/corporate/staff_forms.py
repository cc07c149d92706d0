"""What staff type into a quote."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import Product
from shop.corporate.models import Quote
from shop.corporate.offer import boxes_on_sale
from shop.corporate.quoting import OfferedLine
from shop.days import DayInput
from shop.partner.models import StockRecord

MOST_PIECES = 1_000_000
MOST_DONG = 999_999_999
MOST_LINES = 30
_NUMBER = {"inputmode": "numeric"}


class QuoteForm(forms.ModelForm):
    """Everything of a quote but its lines."""

    class Meta:
        model = Quote
        fields = (
            *("valid_until", "lead_days", "logo_fee", "delivery", "discount_reason"),
            *("deposit_percent", "rest_due_on", "words"),
        )
        widgets = {
            "valid_until": DayInput(),
            "rest_due_on": DayInput(),
            "logo_fee": forms.NumberInput(attrs=_NUMBER),
            "delivery": forms.NumberInput(attrs=_NUMBER),
            "deposit_percent": forms.NumberInput(attrs=_NUMBER),
            "lead_days": forms.NumberInput(attrs=_NUMBER),
            "words": forms.Textarea(attrs={"rows": 3}),
        }

    def clean_valid_until(self) -> Any:
        day = self.cleaned_data["valid_until"]
        if day < timezone.localdate():
            raise ValidationError(_("Hãy chọn một ngày từ hôm nay."))
        return day

    def _sum(self, name: str) -> Decimal:
        amount: Decimal = self.cleaned_data[name]
        if not 0 <= amount <= MOST_DONG:
            raise ValidationError(_("Hãy nhập số đồng từ 0."))
        return amount

    def clean_logo_fee(self) -> Decimal:
        return self._sum("logo_fee")

    def clean_delivery(self) -> Decimal:
        return self._sum("delivery")


class LineForm(forms.Form):
    """A box by its name, or any other thing by its key; so many at so much."""

    product = forms.ChoiceField(label=gettext_lazy("Hộp quà"), required=False)
    sku = forms.CharField(
        label=gettext_lazy("Hoặc mã hàng khác"),
        required=False,
        max_length=128,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    quantity = forms.IntegerField(
        label=gettext_lazy("Số lượng"),
        required=False,
        min_value=1,
        max_value=MOST_PIECES,
        widget=forms.NumberInput(attrs=_NUMBER),
    )
    unit_price = forms.IntegerField(
        label=gettext_lazy("Đơn giá, đồng"),
        required=False,
        min_value=1,
        max_value=MOST_DONG,
        widget=forms.NumberInput(attrs=_NUMBER),
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), required=False, max_length=200)

    def __init__(self, *args: Any, products: dict[int, Product], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.products = products
        fields: dict[str, Any] = self.fields
        fields["product"].choices = [
            ("", "–"),
            *((str(pk), product.get_title()) for pk, product in products.items()),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in ("product", "sku", "quantity", "unit_price")):
            return data
        if not self.errors:
            data["found"] = self._product(data)
        for name in ("quantity", "unit_price"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Hãy nhập một số."))
        return data

    def _product(self, data: dict[str, Any]) -> Product | None:
        if data["product"]:
            return self.products[int(data["product"])]
        if not data["sku"]:
            self.add_error("product", _("Hãy chọn hộp quà hoặc ghi mã hàng."))
            return None
        record = (
            StockRecord.objects.filter(partner_sku__iexact=data["sku"])
            .select_related("product__parent")
            .first()
        )
        product: Any = record.product if record is not None else None
        if product is None or not product.canonical.is_listed:
            self.add_error("sku", _("Không có hàng đang bán mang mã này."))
        elif product.is_alcohol:
            # Luật 44/2019/QH14: not given, not promoted.
            self.add_error("sku", _("Đồ uống có cồn không bán theo báo giá."))
        else:
            return product
        return None

    @property
    def line(self) -> OfferedLine | None:
        """What was typed; None for an empty row."""
        data = self.cleaned_data
        product = data.get("found")
        if product is None:
            return None
        return OfferedLine(product, data["quantity"], Decimal(data["unit_price"]), data["note"])


class _Lines(forms.BaseFormSet):
    def clean(self) -> None:
        seen: set[int] = set()
        for form in self.forms:
            found = getattr(form, "cleaned_data", {}).get("found")
            if found is not None and found.pk in seen:
                form.add_error("product", _("Hàng này đã có ở một dòng trên."))
            elif found is not None:
                seen.add(found.pk)

    @property
    def lines(self) -> list[OfferedLine]:
        return [line for form in self.forms if (line := form.line) is not None]


LinesFormSet: Any = forms.formset_factory(
    LineForm, formset=_Lines, extra=2, max_num=MOST_LINES, validate_max=True
)


def lines_form(quote: Quote, data: Any = None) -> Any:
    """The rows of a quote with two empty ones, for boxes on sale and what it holds already."""
    lines = list(quote.lines.select_related("product__parent"))
    held = Q(pk__in=[line.product_id for line in lines])
    offered = Q(pk__in=boxes_on_sale().values("pk"))
    products = {
        row.pk: row
        for row in Product.objects.filter(held | offered).select_related("parent").order_by("pk")
    }
    initial = [
        {
            "product": str(line.product_id),
            "quantity": line.quantity,
            "unit_price": int(line.unit_price),
            "note": line.note,
        }
        for line in lines
    ]
    return LinesFormSet(data, initial=initial, prefix="lines", form_kwargs={"products": products})
