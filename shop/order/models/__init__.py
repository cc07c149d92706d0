"""Orders: the contract, its lines with what they must remember, and the parcels they travel in."""

from shop.order.models.address import ShippingAddress
from shop.order.models.line import Line
from shop.order.models.order import Order
from shop.order.models.parcel import Parcel, ParcelMessage

from oscar.apps.order.models import *  # noqa: F403  isort: skip

__all__ = ["Line", "Order", "Parcel", "ParcelMessage", "ShippingAddress"]
