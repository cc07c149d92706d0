"""Who makes it, and how much of it there is: producers and their stock."""

from shop.partner.history import PriceChange, StockChange
from shop.partner.membership import Membership
from shop.partner.producer import Partner
from shop.partner.stock import StockRecord

from oscar.apps.partner.models import *  # noqa: F403  isort: skip

__all__ = ["Membership", "Partner", "PriceChange", "StockChange", "StockRecord"]
