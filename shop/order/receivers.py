"""What else happens when an order is placed: after it is safe, and never at its expense."""

import logging
from typing import Any

from django.db import transaction
from oscar.apps.analytics.receivers import receive_order_placed
from oscar.apps.order.signals import order_placed

from catalogue.prefetched import as_prefetched

logger = logging.getLogger(__name__)


def count_after_commit(sender: Any, order: Any, user: Any = None, **kwargs: Any) -> None:
    """Oscar's purchase counters, moved out of the transaction that holds the stock rows."""

    def count() -> None:
        # As written, without being read again; whoever goes on with the order reads them anew.
        as_prefetched(order, "lines", sender.lines)
        try:
            receive_order_placed(sender=sender, order=order, user=user)
        except Exception:  # counters are for reports; the order stands
            logger.exception("purchases of order %s were not counted", order.number)
        finally:
            del order._prefetched_objects_cache["lines"]

    transaction.on_commit(count)


def connect() -> None:
    """Take the place of Oscar's own receiver. Called when the apps are ready."""
    order_placed.disconnect(receive_order_placed)
    order_placed.connect(count_after_commit, dispatch_uid="count-after-commit")
