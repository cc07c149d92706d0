"""Asking to be told, confirming, calling off. Each is harmless when done twice."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from oscar.core.loading import get_class

from catalogue.models import Product
from shop.customer.waiting import ProductAlert
from shop.users.models import User

#: A second letter of confirmation to the same address for the same product not before, minutes.
CONFIRM_AGAIN_MINUTES = 10
#: An address that nobody confirmed is forgotten after so many days.
UNCONFIRMED_DAYS = 14


def ask_by_letter(
    product: Product, email: str, language: str, kind: str = ProductAlert.Kind.STOCK
) -> None:
    """A guest asks: nothing is sent to `email` but one question, until its owner says yes.

    An address that waits already gets no second letter, and the caller is told nothing of that.
    """
    forget_unconfirmed()
    now = timezone.now()
    alert, _made = _open_alert(product, email, kind, language=language, asked_at=None)
    before = now - timedelta(minutes=CONFIRM_AGAIN_MINUTES)
    claimed = (
        ProductAlert.objects.filter(pk=alert.pk, status=ProductAlert.UNCONFIRMED)
        .filter(Q(asked_at__isnull=True) | Q(asked_at__lt=before))
        .update(asked_at=now)
    )
    if claimed:
        _dispatcher().send_product_alert_confirmation_email_for_user(alert)


def ask_for_account(product: Product, user: User, kind: str = ProductAlert.Kind.STOCK) -> None:
    """Someone signed in asks: the address is theirs, nothing is left to confirm."""
    alert, made = _open_alert(product, user.email, kind, user=user, language=user.language)
    if not made and alert.status == ProductAlert.UNCONFIRMED:
        confirm(alert)


def confirm(alert: ProductAlert) -> bool:
    """Whether the alert waits now. Confirming one that was told or called off changes nothing."""
    ProductAlert.objects.filter(pk=alert.pk, status=ProductAlert.UNCONFIRMED).update(
        status=ProductAlert.ACTIVE, date_confirmed=timezone.now()
    )
    alert.refresh_from_db()
    return bool(alert.is_active)


def call_off(alert: ProductAlert) -> None:
    """No letter will follow."""
    ProductAlert.objects.open().filter(pk=alert.pk).update(
        status=ProductAlert.CANCELLED, date_cancelled=timezone.now()
    )


def forget_unconfirmed() -> int:
    """Delete addresses that nobody confirmed in time; returns how many."""
    old = timezone.now() - timedelta(days=UNCONFIRMED_DAYS)
    stale = ProductAlert.objects.filter(status=ProductAlert.UNCONFIRMED, date_created__lt=old)
    return stale.delete()[0]


def _open_alert(product: Product, email: str, kind: str, **facts: Any) -> tuple[ProductAlert, bool]:
    """The open alert of this address for this product, and whether it was made now."""
    mine = ProductAlert.objects.open().filter(product=product, email=email, kind=kind)
    if found := mine.first():
        return found, False
    try:
        with transaction.atomic():
            made = ProductAlert.objects.create(product=product, email=email, kind=kind, **facts)
            return made, True
    except IntegrityError:  # asked for at the same moment in another tab
        return mine.get(), False


def _dispatcher() -> Any:
    return get_class("customer.alerts.utils", "AlertsDispatcher")()
