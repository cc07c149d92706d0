"""What pages of the catalogue show of what is told: a story, gift pages."""

import re
from typing import Any

from django import template
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms import telling

register = template.Library()


@register.simple_tag
def story_of(product: Any) -> telling.PageCard | None:
    """The story of a product, in the visitor's language; None when there is none."""
    return telling.story_of(product)


@register.simple_tag
def stories_of(producer: Any) -> list[telling.PageCard]:
    """The stories of a producer's products."""
    return telling.stories_of(producer)


@register.simple_tag
def gift_pages_with(product: Any) -> list[telling.PageCard]:
    """The gift pages that sell or hold a product."""
    return telling.gift_pages_with(product)


@register.filter
def source_date(text: str) -> str:
    """The day, month or year on which a source appeared: `6/12/2025`, `12/2025`, `2025`."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text or "") and (day := parse_date(text)):
        return date_format(day, "j/n/Y")
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text or ""):
        return _("%(month)s/%(year)s") % {"month": int(match[2]), "year": match[1]}
    return text or ""
