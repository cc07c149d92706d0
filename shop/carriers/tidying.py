"""The worker's: carriers need not come for parcels of orders that fell."""

import logging
from datetime import timedelta

from django.core.cache import cache

from shop.carriers.base import CarrierFailed
from shop.carriers.calling import mark_cancelled
from shop.carriers.models import Shipment
from shop.carriers.registry import carrier_of
from shop.order.models import Parcel

logger = logging.getLogger(__name__)
#: Shipments looked at in one round.
MOST = 20
#: A carrier that said no is asked again after so long.
AGAIN_AFTER = timedelta(minutes=30)


def cancel_what_fell() -> int:
    """Cancel shipments of cancelled parcels; how many. Safe to run twice and at once."""
    done = 0
    fallen = Shipment.objects.filter(
        state=Shipment.State.CREATED, parcel__status=Parcel.Status.CANCELLED
    ).select_related("parcel")
    for shipment in fallen.order_by("pk")[:MOST]:
        carrier = carrier_of(shipment.carrier)
        key = f"shipment-fell:{shipment.pk}"
        if carrier is None or not cache.add(key, True, AGAIN_AFTER.total_seconds()):
            continue
        try:
            carrier.cancel(shipment)
        except CarrierFailed as refusal:
            logger.warning("%s is not cancelled: %s", shipment, refusal)
            continue
        mark_cancelled(shipment)
        done += 1
    return done
