"""Oscar's dispatcher of alerts, writing letters: `oscar_send_alerts` goes through it too."""

import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from oscar.apps.customer.alerts import utils
from oscar.core.loading import get_class

from catalogue.label_words import season_text
from catalogue.models import Product
from shop.communication.writing import write_letter
from shop.customer.waiting import ProductAlert

logger = logging.getLogger("oscar.alerts")
SEASON_CONFIRMATION = "SEASON_ALERT_CONFIRMATION"


class AlertsDispatcher(utils.AlertsDispatcher):
    def send_product_alert_email_for_user(self, product: Product) -> int:
        """Tell all who wait for `product` and can have it now, each once; returns how many."""
        alerts = ProductAlert.objects.waiting_for(product).select_related("user", "product__parent")
        return sum(_tell(alert) for alert in alerts if can_be_bought(alert.product))

    def send_product_alert_confirmation_email_for_user(
        self, alert: ProductAlert, extra_context: Any = None
    ) -> None:
        """Ask whether it was the owner of the address who asked."""
        is_season = alert.kind == ProductAlert.Kind.SEASON
        code = SEASON_CONFIRMATION if is_season else self.PRODUCT_ALERT_CONFIRMATION_EVENT_CODE
        write_alert_letter(code, alert)


def can_be_bought(product: Product) -> bool:
    """It, or a variant of it, has a price and stock not promised to anyone."""
    strategy = get_class("partner.strategy", "Selector")().strategy()
    if not product.canonical.is_listed:
        return False
    fetch = strategy.fetch_for_parent if product.is_parent else strategy.fetch_for_product
    return bool(fetch(product).availability.is_available_to_buy)


def _tell(alert: ProductAlert) -> bool:
    """Close the alert and write its letter, or neither; False when another worker was faster."""
    with transaction.atomic():
        claimed = ProductAlert.objects.filter(pk=alert.pk, status=ProductAlert.ACTIVE).update(
            status=ProductAlert.CLOSED, date_closed=timezone.now()
        )
        if claimed:
            write_alert_letter(AlertsDispatcher.PRODUCT_ALERT_EVENT_CODE, alert)
    return bool(claimed)


def write_alert_letter(event_code: str, alert: ProductAlert, is_stoppable: bool = False) -> None:
    """One letter about the alert's product, in the alert's language."""
    product = alert.product
    with override(alert.language):
        context = {
            "product": product,
            "title": product.display_title,
            "season": season_text(product.canonical),
            "link": settings.BASE_URL + product.get_absolute_url(),
            "confirm_link": settings.BASE_URL + alert.get_confirm_url(),
            "cancel_link": settings.BASE_URL + alert.get_cancel_url(),
        }
    write_letter(
        event_code,
        to=alert.get_email_address(),
        context=context,
        language=alert.language,
        user=alert.user,
        stop_link=context["cancel_link"] if is_stoppable else "",
    )
