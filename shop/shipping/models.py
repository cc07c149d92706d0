from shop.shipping.rates import ZoneRate

from oscar.apps.shipping.models import *  # noqa: F403  isort: skip

__all__ = ["ZoneRate"]
