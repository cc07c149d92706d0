"""The form of one box: its words, its price and wrapping, what is in it, what may be chosen."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from catalogue.classes import GIFT_BOX
from catalogue.models import BoxChoice, BoxItem, GiftBox, Product
from catalogue.models.box import Pricing
from catalogue.models.label import NO_PROMOTION_ABV
from catalogue.pictures.models import Picture
from cms.boxes_admin.choosers import thing_chooser
from cms.choosing import ImageChooser
from shop.partner.models import Partner, StockRecord

#: Columns of the product that this form writes; their own length and labels.
WORDS = (
    *("title", "title_en", "summary", "summary_en", "description", "description_en"),
    "english_ready",
)
GIFT_FACTS = (
    *("tier", "pricing", "percent_off", "wrapping", "wrapping_en", "wrapping_price"),
    *("wrapping_grams", "packing", "lead_days", "min_days_left", "slots"),
)
#: Most different things in a ready box, and to choose from.
MOST_ITEMS, MOST_CHOICES = 20, 60


class WordsForm(forms.ModelForm):
    """What visitors read of the box, its picture, and how long it keeps."""

    picture = forms.ModelChoiceField(
        label=gettext_lazy("Ảnh"),
        queryset=Picture.objects.none(),
        required=False,
        widget=ImageChooser,
    )

    class Meta:
        model = Product
        fields = [*WORDS, "shelf_life_days", "weight_grams", "is_sample"]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 6}),
            "description_en": forms.Textarea(attrs={"rows": 6}),
            "summary": forms.Textarea(attrs={"rows": 2}),
            "summary_en": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "shelf_life_days": gettext_lazy("Hạn dùng của hộp, ngày"),
            "weight_grams": gettext_lazy("Khối lượng cả hộp, gam"),
        }
        help_texts = {
            "shelf_life_days": gettext_lazy("Để trống: lấy theo món hết hạn sớm nhất."),
            "weight_grams": gettext_lazy("Để trống: cộng các món và vỏ hộp."),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picture: Any = self.fields["picture"]
        # What the form writes by hand; the model's own check asks for a whole listing.
        self.fields["title"].required = True
        policy = policy_registry.get_by_type(Picture)
        picture.queryset = policy.instances_user_has_permission_for(user, "choose")
        first = self.instance.images.first() if self.instance.pk else None
        if first is not None:
            picture.initial = first.original_id
            # Somebody else's picture stays where it is.
            picture.queryset = picture.queryset | Picture.objects.filter(pk=first.original_id)

    def clean_description(self) -> str:
        return str(self.cleaned_data["description"]).strip()

    def _post_clean(self) -> None:
        """Only the columns of this form: whether it may go live is asked of the whole box."""
        self.instance = forms.models.construct_instance(
            self, self.instance, self._meta.fields, self._meta.exclude
        )
        names = set(self._meta.fields or ()) & set(self.cleaned_data)
        try:
            self.instance.clean_fields(exclude=_others(self.instance, names))
        except ValidationError as refused:
            self.add_error(None, refused)


class FactsForm(forms.ModelForm):
    """How it is priced, wrapped, packed and filled."""

    hub = forms.ModelChoiceField(
        label=gettext_lazy("Nơi đóng hộp, chịu trách nhiệm về hộp"),
        queryset=Partner.objects.none(),
        required=False,
    )
    price = forms.DecimalField(
        label=gettext_lazy("Giá riêng của hộp, đồng"),
        max_digits=12,
        decimal_places=0,
        required=False,
        validators=[MinValueValidator(Decimal(1))],
        help_text=gettext_lazy("Khi hộp có giá riêng. Đã gồm thuế GTGT."),
    )
    wrappings = forms.IntegerField(
        label=gettext_lazy("Số vỏ hộp còn"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=gettext_lazy("Để trống: không đếm vỏ hộp."),
    )

    class Meta:
        model = GiftBox
        fields = GIFT_FACTS

    def __init__(self, *args: Any, record: StockRecord | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        hub: Any = self.fields["hub"]
        hub.queryset = Partner.objects.order_by("name")
        if record is not None:
            hub.initial = record.partner_id
            self.fields["price"].initial = record.price
            counted = record.num_in_stock is not None
            self.fields["wrappings"].initial = record.net_stock_level if counted else None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("pricing") == Pricing.OWN and not data.get("price"):
            self.add_error("price", _("Hãy nhập giá của hộp, hoặc tính theo tổng các món."))
        return data

    def _post_clean(self) -> None:
        self.instance = forms.models.construct_instance(
            self, self.instance, self._meta.fields, self._meta.exclude
        )
        try:
            self.instance.clean_fields(exclude=_others(self.instance, set(GIFT_FACTS)))
        except ValidationError as refused:
            self.add_error(None, refused)
        pricing = self.cleaned_data.get("pricing")
        if self.cleaned_data.get("slots") and pricing == Pricing.OWN:
            self.add_error("pricing", _("Hộp tự chọn tính giá theo tổng các món."))


def _others(row: Any, names: set[str]) -> set[str]:
    return {field.name for field in row._meta.fields} - names


class ThingField(forms.ModelChoiceField):
    """A product without variants or a variant, chosen with its picture."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Product.objects.none(), widget=thing_chooser.widget_class, **kwargs
        )


def _things(held: int | None) -> QuerySet[Product]:
    """What is on sale by itself, and what the row holds already (`held`, a key)."""
    sold = Q(live=True, archived_at=None) & (
        Q(parent=None) | Q(parent__live=True, parent__archived_at=None)
    )
    things = Product.objects.exclude(structure=Product.PARENT)
    return things.exclude(product_class__slug=GIFT_BOX).filter(sold | Q(pk=held))


class ThingForm(forms.ModelForm):
    product = ThingField(label=gettext_lazy("Món"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        product: Any = self.fields["product"]
        product.queryset = _things(self.instance.product_id).select_related("parent")


class ItemForm(ThingForm):
    class Meta:
        model = BoxItem
        fields = ["product", "quantity", "is_swappable"]


class ChoiceForm(ThingForm):
    class Meta:
        model = BoxChoice
        fields = ["product", "quantity"]

    def clean_product(self) -> Product:
        product: Product = self.cleaned_data["product"]
        if product.is_alcohol:
            raise ValidationError(_("Đồ uống có cồn không vào hộp tự chọn (Luật 44/2019/QH14)."))
        return product


class Things(forms.BaseInlineFormSet):
    """Rows in the order in which they stand; each thing once."""

    def clean(self) -> None:
        """In place of Django's own check, which does not name the row."""
        seen = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            product = data.get("product")
            if product is None or data.get("DELETE"):
                continue
            if product.pk in seen:
                form.add_error("product", _("Món này đã có ở dòng trên; hãy tăng số lượng."))
            seen.add(product.pk)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What was typed of the rows that stay."""
        return [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data.get("product") and not form.cleaned_data.get("DELETE")
        ]


ItemFormSet = forms.inlineformset_factory(
    Product,
    BoxItem,
    form=ItemForm,
    formset=Things,
    fk_name="box",
    extra=3,
    max_num=MOST_ITEMS,
    validate_max=True,
)
ChoiceFormSet = forms.inlineformset_factory(
    Product,
    BoxChoice,
    form=ChoiceForm,
    formset=Things,
    fk_name="box",
    extra=4,
    max_num=MOST_CHOICES,
    validate_max=True,
)


class BoxForm:
    """All of it as one: valid when each part is."""

    def __init__(self, box: Product, user: Any, data: Any = None) -> None:
        gift = getattr(box, "gift_box", None) if box.pk else None
        record = box.stockrecords.select_related("partner").first() if box.pk else None
        if record is not None:
            record.product = box
        self.box = box
        self.words = WordsForm(data, instance=box, user=user)
        self.facts = FactsForm(data, instance=gift or GiftBox(), record=record)
        rows = box if box.pk else Product()
        self.items: Any = ItemFormSet(data, instance=rows, prefix="items")
        self.choices: Any = ChoiceFormSet(data, instance=rows, prefix="choices")

    @property
    def parts(self) -> list[Any]:
        return [self.words, self.facts, self.items, self.choices]

    def is_valid(self) -> bool:
        """Every part is asked, so that all mistakes are told at once."""
        sound = [part.is_valid() for part in self.parts]
        return all(sound) and self._agrees()

    def _agrees(self) -> bool:
        """What is right only together: no discount of strong drinks."""
        percent = self.facts.cleaned_data["percent_off"]
        strong = any(
            (row["product"].effective_abv or 0) >= NO_PROMOTION_ABV for row in self.items.rows
        )
        if percent and strong:
            self.facts.add_error(
                "percent_off", _("Hộp có rượu từ 15 độ không được bớt giá (Luật 44/2019/QH14).")
            )
            return False
        return True

    @property
    def media(self) -> Any:
        media = self.words.media + self.facts.media
        return media + self.items.media + self.choices.media
