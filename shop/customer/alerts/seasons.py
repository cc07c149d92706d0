"""A job of the worker: “Báo tôi khi vào mùa”, once a season to each who asked."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from catalogue.seasons import season_end
from shop.customer.alerts.utils import can_be_bought, write_alert_letter
from shop.customer.waiting import ProductAlert


def tell_of_seasons(day: date | None = None) -> int:
    """Write to who waits for what is in season and can be had on `day`; returns how many letters.

    The first time both are so: a letter that leads to an empty shelf helps nobody.
    """
    day = day or timezone.localdate()
    due = ProductAlert.objects.due_in_season(day).select_related("user", "product__parent")
    can: dict[int, bool] = {}
    told = 0
    for alert in due.order_by("product", "pk"):
        if alert.product_id not in can:
            can[alert.product_id] = can_be_bought(alert.product)
        if can[alert.product_id]:
            told += _tell(alert, day)
    return told


def _tell(alert: ProductAlert, day: date) -> bool:
    """Write the letter and be quiet until the season is over, or neither."""
    with transaction.atomic():
        claimed = ProductAlert.objects.filter(
            pk=alert.pk, status=ProductAlert.ACTIVE, quiet_until=alert.quiet_until
        ).update(quiet_until=season_end(alert.product.season_mask, day))
        if claimed:
            write_alert_letter("SEASON_ALERT", alert, is_stoppable=True)
    return bool(claimed)
