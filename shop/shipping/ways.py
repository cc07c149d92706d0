"""How a parcel reaches its buyer, in the language of who reads it."""

from typing import Any

from django.utils.translation import get_language

from shop.shipping.fairs import Fair
from shop.shipping.methods import AgreedDelivery, ZoneDelivery
from shop.shipping.pickup import FAIR_CODE, PickUp, fetched_at

#: Names of the ways that are named alike for every parcel.
NAMES = {each.code: each.name for each in (ZoneDelivery, AgreedDelivery, PickUp)}


def way_of(parcel: Any) -> str:
    """The way by its code; the order's own words, in the buyer's language, stay as placed."""
    code = parcel.method_code
    if code in NAMES:
        return str(NAMES[code])
    if not code.startswith(FAIR_CODE) or parcel.order.language == (get_language() or "")[:2]:
        return str(parcel.method_name)
    fair = Fair.objects.filter(pk=code.removeprefix(FAIR_CODE)).first()
    return fetched_at(fair) if fair else str(parcel.method_name)
