"""Small words about gift boxes for templates."""

from typing import Any

from django import template
from django.urls import reverse

from catalogue.boxes.contents import contents_of
from catalogue.boxes.designing import can_be_designed
from catalogue.label_words import span_text
from catalogue.models.label import NetUnit
from catalogue.money import to_dong
from catalogue.units import net_quantity_text

register = template.Library()
register.filter("span", span_text)


@register.filter
def grams(weight: int) -> str:
    """`650 g`, `1,9 kg`."""
    return net_quantity_text(to_dong(weight), NetUnit.GRAM)


@register.filter
def is_to_be_filled(product: Any) -> bool:
    """Whether its buyer fills this product, a box of slots, before it goes into a basket."""
    return product.is_gift_box and contents_of(product).is_to_be_filled


@register.filter
def build_url(product: Any) -> str:
    """Where a buyer fills this box or swaps things in it; empty for everything else."""
    if not (product.is_gift_box and product.is_listed and can_be_designed(contents_of(product))):
        return ""
    return reverse("catalogue:box-build", args=[product.slug])
