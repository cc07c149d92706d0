from shop.shipping.calendar import SpecialDay
from shop.shipping.fairs import Fair
from shop.shipping.own_times import ProducerTimes
from shop.shipping.rates import ZoneRate
from shop.shipping.rules import DeliveryRules

from oscar.apps.shipping.models import *  # noqa: F403  isort: skip

__all__ = ["DeliveryRules", "Fair", "ProducerTimes", "SpecialDay", "ZoneRate"]
