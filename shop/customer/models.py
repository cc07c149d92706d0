"""People as customers: Oscar's models, and who waits for what."""

from shop.customer.waiting import ProductAlert

from oscar.apps.customer.models import *  # isort: skip

__all__ = ["ProductAlert"]
