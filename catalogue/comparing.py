"""What a draft of a listing would change, field by field, in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.dates import MONTHS_ALT
from django.utils.translation import gettext as _

from catalogue.gallery import Shot, shots_of
from catalogue.units import net_quantity_text

if TYPE_CHECKING:
    from catalogue.models import Product

#: Columns that a draft may change and a reader sees, in the order of the page.
COMPARED = (
    *("title", "title_en", "summary", "summary_en", "description", "description_en"),
    *("ingredients", "ingredients_en", "storage", "storage_en", "usage", "usage_en"),
    *("warnings", "warnings_en", "shelf_life_days", "declaration_number", "abv"),
    *("licence_number", "gtin", "pieces", "freight_class", "weight_grams"),
    *("length_cm", "width_cm", "height_cm", "gift_ready", "english_ready", "is_sample"),
)


@dataclass(frozen=True)
class Difference:
    """One thing that differs: its name, and both sides as a person reads them."""

    label: str
    before: str
    after: str


def differences(live: "Product", draft: "Product") -> list[Difference]:
    """Words, label and variants that publishing `draft` would change, in the page's order."""
    found = [
        Difference(str(_label(live, name)), _text(live, name), _text(draft, name))
        for name in COMPARED
        if _text(live, name) != _text(draft, name)
    ]
    for label, told in (
        (_("Khối lượng, thể tích tịnh"), _net),
        (_("Tháng có hàng"), _months),
        (_("Nơi làm ra"), _origin),
    ):
        if told(live) != told(draft):
            found.append(Difference(label, told(live), told(draft)))
    if draft.is_parent:
        before = _variants(live, drafts=False) if live.pk else ""
        after = _variants(draft, drafts=True)
        if before != after:
            found.append(Difference(_("Các loại"), before, after))
    return found


def gallery_difference(live: "Product", draft: "Product") -> tuple[list[Shot], list[Shot]] | None:
    """Both galleries, where they differ in pictures, order, words or points."""
    before, after = shots_of(live), shots_of(draft)
    if [shot.entry() for shot in before] == [shot.entry() for shot in after]:
        return None
    return before, after


def _label(product: "Product", name: str) -> Any:
    return getattr(product._meta.get_field(name), "verbose_name", name)


def _text(product: "Product", name: str) -> str:
    shown = getattr(product, f"get_{name}_display", None)
    value = shown() if shown else getattr(product, name)
    if isinstance(value, bool):
        return _("có") if value else _("không")
    return "" if value is None else str(value)


def _net(product: "Product") -> str:
    return net_quantity_text(product.net_quantity, product.net_unit)  # type: ignore[arg-type]


def _months(product: "Product") -> str:
    if product.is_all_year:
        return _("quanh năm")
    return ", ".join(str(MONTHS_ALT[month]) for month in product.season_months)


def _origin(product: "Product") -> str:
    return product.origin.present_address if product.origin else ""


def _variants(product: "Product", *, drafts: bool) -> str:
    """Those on sale, or those that publishing would put there."""
    children = product.children.filter(archived_at=None).order_by("pk")
    if drafts:
        return "; ".join(_variant(child.get_latest_revision_as_object()) for child in children)
    return "; ".join(_variant(child) for child in children if child.live)


def _variant(child: "Product") -> str:
    net = _net(child)
    return f"{child.title} ({net})" if net and net != child.title else child.title
