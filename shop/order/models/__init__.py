"""Orders: the contract, its lines with what they must remember, and the parcels they travel in."""

from shop.order.models.address import ShippingAddress
from shop.order.models.address_change import AddressChange
from shop.order.models.box import OrderBox
from shop.order.models.event import ParcelEvent
from shop.order.models.line import Line
from shop.order.models.message import OrderMessage
from shop.order.models.order import Order
from shop.order.models.parcel import Parcel
from shop.order.models.recipient import Recipient

from oscar.apps.order.models import *  # noqa: F403  isort: skip

__all__ = [
    "AddressChange",
    "Line",
    "Order",
    "OrderBox",
    "OrderMessage",
    "Parcel",
    "ParcelEvent",
    "Recipient",
    "ShippingAddress",
]
