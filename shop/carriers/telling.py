"""What carriers tell: kept as events, each once, and the parcel moved by the usual steps."""

import logging

from django.db import transaction

from shop.carriers.base import Carrier, Message
from shop.carriers.calling import mark_cancelled
from shop.carriers.models import Shipment
from shop.order.fulfilment import hand_over, mark_delivered
from shop.order.lots import NOT_GONE
from shop.order.models import Parcel, ParcelEvent
from shop.order.steps import StepNotPossible

logger = logging.getLogger(__name__)
Told = ParcelEvent.Status
#: Whoever tells this has the parcel in hand, or had.
IN_HAND = frozenset(
    {Told.PICKED, Told.MOVING, Told.OUT, Told.FAILED, Told.DELIVERED}
    | {Told.RETURNING, Told.RETURNED}
)


def enter_message(carrier: Carrier, message: Message) -> bool:
    """Keep what was told and let the parcel follow; whether it was one of ours.

    Told again, nothing is added; a step that failed the first time is tried again.
    """
    shipment = _shipment_of(carrier, message)
    if shipment is None:
        logger.warning("%s told of %s, which is not ours", carrier.code, message.tracking_number)
        return False
    moment = message.happened_at.isoformat()
    ParcelEvent.objects.get_or_create(
        parcel=shipment.parcel,
        key=f"{carrier.code}:{message.raw}:{moment}"[:150],
        defaults={
            "status": message.status,
            "words": message.words,
            "place": message.place,
            "happened_at": message.happened_at,
            "source": carrier.code,
        },
    )
    try:
        _follow(carrier, shipment, message.status)
    except StepNotPossible as refusal:
        # The event stands; people see both and decide.
        logger.warning("%s: %s told, not done: %s", shipment.parcel, message.raw, refusal)
    return True


def _shipment_of(carrier: Carrier, message: Message) -> Shipment | None:
    own = Shipment.objects.filter(carrier=carrier.code).select_related("parcel__order")
    found = own.filter(tracking_number=message.tracking_number).first()
    if found is None and message.reference:
        # It tells of a shipment before the answer to our call was kept.
        found = own.filter(reference=message.reference, tracking_number="").first()
        if found is not None:
            with transaction.atomic():
                Shipment.objects.filter(pk=found.pk, tracking_number="").update(
                    tracking_number=message.tracking_number, state=Shipment.State.CREATED
                )
            found.refresh_from_db()
    return found


def _follow(carrier: Carrier, shipment: Shipment, told: ParcelEvent.Status) -> None:
    parcel = Parcel.objects.select_related("order").get(pk=shipment.parcel_id)
    if told == Told.CANCELLED:
        if parcel.status in NOT_GONE:
            mark_cancelled(shipment)
        return
    if told in IN_HAND and parcel.status in NOT_GONE:
        parcel = hand_over(parcel, carrier.label, shipment.tracking_number)
    if told == Told.DELIVERED and parcel.status == Parcel.Status.SHIPPED:
        mark_delivered(parcel)
    # What came back is counted by its producer, who says what of it is sound
    # (`shop.order.refusing`): the event asks for it on the parcel's page.
