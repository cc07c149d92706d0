"""How far a parcel goes: from its producer's province to the buyer's."""

from django.conf import settings

from shop.partner.models import Partner
from shop.places.regions import region_of
from shop.shipping.rates import Zone


def zone_between(producer: Partner, province_code: str) -> str | None:
    """The zone of a parcel to `province_code`; None for a province that has no region yet."""
    home = producer.ward.province_id if producer.ward else settings.HOME_PROVINCE_CODE
    if home == province_code:
        return Zone.LOCAL.value
    try:
        return region_of(province_code).value
    except KeyError:
        return None
