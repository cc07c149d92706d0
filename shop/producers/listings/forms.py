"""The short steps in which a producer writes a listing."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from catalogue.models import Category, Product
from catalogue.models.label import NetUnit
from catalogue.seasons import mask_of, months_of
from shop.partner.models import StockRecord
from shop.partner.pricing import Price, set_price
from shop.photos import PhotosField
from shop.places.forms import WardFieldsMixin

#: Đồng; more for one thing is a slip of the finger.
MOST_PRICE = 500_000_000


def groups() -> Any:
    """The 26 sets of the programme (QĐ 26/2026/QĐ-TTg), by number."""
    return Category.objects.filter(number__isnull=False).order_by("number")


class GroupField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number}. {obj.display_name}"


class NewListingForm(forms.Form):
    title = forms.CharField(
        label=_("Tên sản phẩm"),
        max_length=255,
        help_text=_("Như trên nhãn, ví dụ: Khoai lang Yên Sơn."),
        error_messages={"required": _("Hãy ghi tên sản phẩm.")},
    )
    group = GroupField(
        label=_("Nhóm sản phẩm"),
        queryset=Category.objects.none(),
        empty_label=_("Chọn một trong 26 bộ sản phẩm OCOP"),
        error_messages={"required": _("Hãy chọn nhóm.")},
        help_text=_("Nhóm quyết định nhãn phải ghi những gì."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["group"]
        field.queryset = groups()


class StepForm(forms.ModelForm):
    """Part of a draft. It may be half done: the whole is checked when it is handed in."""

    def _post_clean(self) -> None:
        # Not the model's `clean`, which asks of something on sale that everything is there.
        construct_instance(self, self.instance, list(self.fields), ())
        try:
            self.instance.clean_fields(exclude=self._get_validation_exclusions())  # type: ignore[attr-defined]
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]


class WordsForm(StepForm):
    months = forms.TypedMultipleChoiceField(
        label=_("Tháng có hàng"),
        choices=[(number, name) for number, name in MONTHS.items()],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không đánh dấu tháng nào: có quanh năm."),
    )
    group = GroupField(
        label=_("Nhóm sản phẩm"),
        queryset=Category.objects.none(),
        empty_label=None,
        error_messages={"required": _("Hãy chọn nhóm.")},
    )

    class Meta:
        model = Product
        fields = ("title", "summary", "description", "gift_ready")
        widgets = {"description": forms.Textarea(attrs={"rows": 8})}
        labels = {"title": _("Tên sản phẩm")}
        help_texts = {
            "title": _("Như trên nhãn, ví dụ: Khoai lang Yên Sơn."),
            "summary": _("Một câu, đọc ngay dưới tên. Ví dụ: Khoai mật trồng trên đất đồi."),
            "description": _(
                "Ai làm, làm thế nào, ăn ra sao. Không viết chữa bệnh, hạ huyết áp…: "
                "luật không cho quảng cáo thực phẩm như vậy."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        product: Product = kwargs["instance"]
        group = product.categories.filter(number__isnull=False).first()
        kwargs["initial"] = {
            "months": [] if product.is_all_year else months_of(product.season_mask),
            "group": group,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        self.fields["title"].error_messages["required"] = _("Hãy ghi tên sản phẩm.")
        field: Any = self.fields["group"]
        field.queryset = groups()
        if product.has_been_live:
            field.disabled = True
            field.help_text = _("Món đã lên kệ thì giữ nhóm. Cần đổi, hãy nhắn cửa hàng.")
        self.order_fields(["title", "group", "summary", "description", "months", "gift_ready"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "months" in data:
            self.instance.season_mask = mask_of(data["months"])
        return data


class QuantityInput(forms.NumberInput):
    """A quantity as one would write it: `800`, not `800.00`."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal):
            value = f"{value.normalize():f}"
        return super().format_value(value)


class LabelForm(WardFieldsMixin, StepForm):
    """What the label must say (NĐ 37/2026/NĐ-CP), with examples."""

    class Meta:
        model = Product
        fields = (
            *("net_quantity", "net_unit", "pieces", "ingredients", "storage", "shelf_life_days"),
            *("usage", "warnings", "declaration_number", "abv", "licence_number", "gtin"),
            *("freight_class", "weight_grams", "length_cm", "width_cm", "height_cm"),
        )
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("ingredients", "storage", "usage", "warnings")
        } | {
            name: QuantityInput(attrs={"inputmode": "decimal"}) for name in ("net_quantity", "abv")
        }
        help_texts = {
            "net_quantity": _("Không kể bao bì. Bán nhiều loại thì ghi ở từng loại."),
            "ingredients": _("Từ nhiều đến ít. Ví dụ: bột nếp, mật mía, đậu xanh, lạc."),
            "storage": _("Ví dụ: Để nơi khô mát; mở túi thì dùng trong 7 ngày."),
            "shelf_life_days": _("Tính từ ngày sản xuất, ví dụ 180."),
            "usage": _("Ví dụ: Luộc hoặc nướng 20 phút."),
            "warnings": _("Ví dụ: Có lạc; người dị ứng không dùng."),
            "declaration_number": _("Nếu có, chép như trên giấy."),
            "abv": _("Chỉ với rượu, bia."),
            "licence_number": _("Rượu từ 5,5 độ."),
            "gtin": _("Số dưới mã vạch, nếu đã đăng ký với GS1. Không có thì để trống."),
            "weight_grams": _("Cả bao bì: để tính phí giao."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        product: Product = kwargs["instance"]
        if product.origin is not None:
            place = {"province": product.origin.province_id, "ward": product.origin_id}
            kwargs["initial"] = {**place, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["province"].label = _("Nơi làm ra: tỉnh, thành phố")
        self.fields["ward"].label = _("Nơi làm ra: xã, phường")
        for name in ("province", "ward"):
            self.fields[name].required = False
        for name in ("shelf_life_days", "pieces", "weight_grams", "gtin"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("ward") and data.get("province"):
            try:
                ward = self.chosen_ward()
            except ValidationError as error:
                self.add_error(None, error)
            else:
                if ward.pk != self.instance.origin_id:
                    # The commune before 2025 was that of the place before.
                    self.instance.origin, self.instance.former_origin = ward, None
        return data


class PhotosForm(forms.Form):
    photos = PhotosField(
        label=_("Chọn hoặc chụp ảnh"),
        help_text=_("Chọn được nhiều ảnh một lần. JPEG, PNG, WebP, HEIC, tới 10 MB mỗi ảnh."),
    )


def _moment(required: bool = False, **kwargs: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(required=required, widget=widget, **kwargs)


class PriceForm(forms.Form):
    """Price and sale of one thing, whole đồng with tax."""

    price = forms.IntegerField(
        label=_("Giá bán, đồng"),
        min_value=1,
        max_value=MOST_PRICE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Đã gồm thuế. Ví dụ 45000."),
        error_messages={
            "required": _("Hãy nhập giá."),
            "invalid": _("Hãy nhập số nguyên, không dấu chấm."),
            "min_value": _("Giá phải lớn hơn 0."),
            "max_value": _("Giá quá lớn, hãy kiểm tra lại."),
        },
    )
    sale_price = forms.IntegerField(
        label=_("Giá khuyến mại, đồng"),
        min_value=1,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    sale_starts_at = _moment(label=_("Khuyến mại từ"), help_text=_("Để trống: ngay bây giờ."))
    sale_ends_at = _moment(label=_("Khuyến mại đến"), help_text=_("Để trống: đến khi bạn gỡ."))

    def __init__(self, *args: Any, record: StockRecord, **kwargs: Any) -> None:
        self.record = record
        kwargs.setdefault("prefix", f"price-{record.pk}")
        kwargs.setdefault(
            "initial",
            {
                name: getattr(record, name)
                for name in ("price", "sale_price", "sale_starts_at", "sale_ends_at")
            },
        )
        super().__init__(*args, **kwargs)

    def wanted(self) -> Price:
        data = self.cleaned_data
        if data["sale_price"] is None:
            return Price(Decimal(data["price"]))
        starts: datetime | None = data["sale_starts_at"]
        return Price(
            Decimal(data["price"]), Decimal(data["sale_price"]), starts, data["sale_ends_at"]
        )

    def save(self, by: Any) -> Any:
        """The change, applied or waiting; None, with errors, when it is refused or none."""
        try:
            return set_price(self.record, self.wanted(), by=by)
        except ValidationError as error:
            self._update_errors(error)
            return None

    def _update_errors(self, error: ValidationError) -> None:
        for name, messages in error.message_dict.items():
            self.add_error(name, messages)


class VariantForm(forms.Form):
    """One size of a listing."""

    title = forms.CharField(
        label=_("Tên loại"),
        max_length=100,
        help_text=_("Ví dụ: 500 g, hộp 10 chiếc."),
        error_messages={"required": _("Hãy ghi tên loại.")},
    )
    net_quantity = forms.DecimalField(
        label=_("Khối lượng, thể tích tịnh"),
        min_value=Decimal("0.01"),
        max_digits=10,
        decimal_places=2,
        required=False,
        widget=QuantityInput(attrs={"inputmode": "decimal"}),
    )
    net_unit = forms.ChoiceField(label=_("Đơn vị"), choices=NetUnit.choices)
    weight_grams = forms.IntegerField(
        label=_("Khối lượng cả bao bì, gam"),
        min_value=1,
        max_value=100_000,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, variant: Product | None = None, **kwargs: Any) -> None:
        if variant is not None:
            kwargs.setdefault("prefix", f"variant-{variant.pk}")
            known = {name: getattr(variant, name) for name in self.base_fields}
            kwargs.setdefault("initial", known)
        else:
            kwargs.setdefault("prefix", "variant-new")
        super().__init__(*args, **kwargs)
