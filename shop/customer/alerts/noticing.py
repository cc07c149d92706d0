"""Noticing that something is there again: after any change of stock, once it is committed."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task
from oscar.core.loading import get_class, get_model

from shop.customer.waiting import ProductAlert


@task()
def tell_those_who_wait(product_id: int) -> int:
    """Background task: write to all who wait for this product; returns how many letters."""
    product = get_model("catalogue", "Product").objects.filter(pk=product_id).first()
    if product is None:
        return 0
    dispatcher = get_class("customer.alerts.utils", "AlertsDispatcher")()
    return dispatcher.send_product_alert_email_for_user(product)


def stock_changes(instance: Any, **kwargs: Any) -> None:
    """A receiver of the stock record's `post_save`, which follows a conditional update too."""
    if kwargs.get("raw") or instance.net_stock_level <= 0:
        return
    transaction.on_commit(partial(_tell_if_anyone_waits, instance.product), robust=True)


def _tell_if_anyone_waits(product: Any) -> None:
    if ProductAlert.objects.waiting_for(product).exists():
        tell_those_who_wait.enqueue(product.pk)


def connect() -> None:
    post_save.connect(
        stock_changes,
        sender=get_model("partner", "StockRecord"),
        dispatch_uid="customer.stock_changes",
    )
