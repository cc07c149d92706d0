"""Net quantities and unit prices, as shelves and labels show them (Luật Giá 2023)."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models.label import NetUnit
from catalogue.money import format_dong, to_dong

THOUSAND = Decimal(1000)
#: Below this net weight or volume (g, ml) the unit price is for 100, from it on for 1,000.
SMALL_PACK = Decimal(250)
NO_BREAK_SPACE = "\u00a0"


def _trimmed(number: Decimal) -> str:
    places = max(0, -number.normalize().as_tuple().exponent)  # type: ignore[operator]
    return number_format(number, decimal_pos=places, use_l10n=True)


def net_quantity_text(quantity: Decimal | None, unit: NetUnit) -> str:
    """`500 g`, `1,5 kg`, `750 ml`, `2 lít`, `10 chiếc`; empty without a quantity."""
    if quantity is None:
        return ""
    if unit == NetUnit.PIECE:
        return ngettext("%(n)s chiếc", "%(n)s chiếc", int(quantity)) % {"n": _trimmed(quantity)}
    big = {NetUnit.GRAM: "kg", NetUnit.MILLILITRE: _("lít")}[unit]
    small = {NetUnit.GRAM: "g", NetUnit.MILLILITRE: "ml"}[unit]
    if quantity >= THOUSAND:
        return f"{_trimmed(quantity / THOUSAND)}{NO_BREAK_SPACE}{big}"
    return f"{_trimmed(quantity)}{NO_BREAK_SPACE}{small}"


def unit_price(
    price: Decimal, quantity: Decimal | None, unit: NetUnit
) -> tuple[Decimal, str] | None:
    """Đồng for one kg, 100 g, litre, 100 ml or piece, and that measure; None when unknown.

    A pack that is itself one measure needs none: its price says it.
    """
    if not quantity or quantity <= 0:
        return None
    if unit == NetUnit.PIECE:
        return (to_dong(price / quantity), _("chiếc")) if quantity > 1 else None
    for_hundred = quantity < SMALL_PACK
    measure = Decimal(100) if for_hundred else THOUSAND
    if quantity == measure:
        return None
    names = {
        NetUnit.GRAM: f"100{NO_BREAK_SPACE}g" if for_hundred else "kg",
        NetUnit.MILLILITRE: f"100{NO_BREAK_SPACE}ml" if for_hundred else _("lít"),
    }
    return to_dong(price / quantity * measure), names[unit]


def unit_price_text(price: Decimal, quantity: Decimal | None, unit: NetUnit) -> str:
    """`90.000 ₫/kg`, or empty."""
    found = unit_price(price, quantity, unit)
    return f"{format_dong(found[0])}/{found[1]}" if found else ""
