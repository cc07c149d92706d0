"""Orders: the contract, its lines with what they must remember, and the parcels they travel in."""

from shop.order.models.address import ShippingAddress
from shop.order.models.box import OrderBox
from shop.order.models.event import ParcelEvent
from shop.order.models.line import Line
from shop.order.models.order import Order
from shop.order.models.parcel import Parcel, ParcelMessage
from shop.order.models.recipient import Recipient

from oscar.apps.order.models import *  # noqa: F403  isort: skip

__all__ = [
    "Line",
    "Order",
    "OrderBox",
    "Parcel",
    "ParcelEvent",
    "ParcelMessage",
    "Recipient",
    "ShippingAddress",
]
