"""The staff's menu, and small words of their pages."""

from typing import Any

from django import template

from shop.office.navigation import Group, navigation_for
from shop.office.orders.rows import is_late as parcel_is_late

register = template.Library()


@register.simple_tag(takes_context=True)
def office_navigation(context: template.Context) -> list[Group]:
    """The menu of whoever asks for the page."""
    return navigation_for(context["request"])


@register.filter
def is_late(parcel: Any) -> bool:
    return parcel_is_late(parcel)


@register.filter
def tone(status: str) -> str:
    """The colour of a badge for a status of an order, parcel or payment."""
    if status in ("completed", "delivered", "paid"):
        return "good"
    if status in ("cancelled", "returned", "released"):
        return "danger"
    if status in ("pending-payment", "to-confirm", "held", "new"):
        return "warning"
    return "info"
