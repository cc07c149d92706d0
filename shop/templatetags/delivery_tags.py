"""What product pages show of delivery."""

from typing import Any

from django import template

from catalogue.models import Product
from shop.places.choices import province_choices
from shop.shipping.estimates import (
    DeliveryEstimate,
    chilled_rule,
    estimate_for,
    remembered_province,
)
from shop.shipping.promise import span_text
from shop.shipping.ways import way_of

register = template.Library()
register.filter("chilled_rule", chilled_rule)
register.filter("way", way_of)


@register.filter
def promised(parcel: Any) -> str:
    """The days promised for a parcel of an order, `2/12–4/12`; empty for none."""
    return span_text(parcel.promised_from, parcel.promised_to)


@register.simple_tag(takes_context=True)
def chosen_province(context: template.Context) -> str:
    """Code of the visitor's province; empty before they chose one."""
    request = context.get("request")
    return remembered_province(request) if request else ""


@register.simple_tag
def provinces() -> tuple[tuple[str, str], ...]:
    """Code and name of each province."""
    return tuple(province_choices())


@register.simple_tag
def delivery_to(province: str, product: Product) -> DeliveryEstimate | None:
    """One piece of `product` to that province."""
    return estimate_for(product, province)
