"""On the page of an order: taking it into one's account."""

from typing import Any

from django import template

from shop.order.claiming import may_claim
from shop.order.models import Order

register = template.Library()


@register.simple_tag(takes_context=True)
def offers_claim(context: template.Context, order: Order) -> bool:
    """Whether the reader, signed in, may take this order of nobody's account."""
    request: Any = context.get("request")
    return request is not None and may_claim(request, order)
