"""How far a parcel goes: from its producer's province to the buyer's."""

from django.conf import settings
from django.utils import timezone

from shop.partner.models import Partner
from shop.places.regions import region_of
from shop.shipping.rates import Zone, ZoneRate


def zone_between(producer: Partner, province_code: str) -> str | None:
    """The zone of a parcel to `province_code`; None for a province that has no region yet."""
    home = producer.ward.province_id if producer.ward else settings.HOME_PROVINCE_CODE
    if home == province_code:
        return Zone.LOCAL.value
    try:
        return region_of(province_code).value
    except KeyError:
        return None


def rates_in_force() -> dict[str, ZoneRate]:
    """Today's row of each zone, in one query; a zone without one is not delivered to."""
    rates: dict[str, ZoneRate] = {}
    begun = ZoneRate.objects.filter(effective_from__lte=timezone.localdate())
    for rate in begun.order_by("zone", "-effective_from"):
        rates.setdefault(rate.zone, rate)
    return rates
