"""Writing the recipients of an order, in the transaction that places it."""

from collections.abc import Iterable
from typing import Any

from shop.giving.models import GiftRecipient
from shop.giving.wishes import GiftWishes
from shop.order.models import Order, Recipient, ShippingAddress
from shop.shipping.parcels import ParcelPlan

VIETNAM = "VN"
_COPIED = (
    "first_name",
    "phone_number",
    "line1",
    "line3",
    "line4",
    "province_code",
    "ward_code",
)


def write_recipients(
    order: Order, plans: Iterable[ParcelPlan], gift: GiftWishes | None
) -> dict[int | None, Recipient]:
    """The order's recipients by the key of the basket's; None stands for its own address.

    Nothing is written for an order that is no gift and goes to one place.
    """
    wanted = list({getattr(plan.recipient, "pk", None): plan.recipient for plan in plans}.items())
    if gift is None and [key for key, _told in wanted] == [None]:
        return {}
    gift = gift or GiftWishes()
    return {
        key: Recipient.objects.create(
            order=order,
            position=position,
            address=order.shipping_address if told is None else _address_of(told),
            greeting=(told.greeting if told is not None else "") or gift.greeting,
            sender_name=gift.sender_name,
            card=gift.card,
            deliver_on=gift.deliver_on,
        )
        for position, (key, told) in enumerate(wanted, start=1)
    }


def _address_of(told: GiftRecipient) -> ShippingAddress:
    values: dict[str, Any] = {name: getattr(told, name) for name in _COPIED}
    address: ShippingAddress = ShippingAddress.objects.create(country_id=VIETNAM, **values)
    return address
