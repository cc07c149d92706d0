"""Buttons that ask for the sheet of a list."""

from typing import Any

from django import template

from shop.exports.sheets import sheets_for

register = template.Library()


@register.simple_tag(takes_context=True)
def sheets_here(context: template.Context, kinds: str) -> list[Any]:
    """Of these kinds, parted by spaces, those that this person may take home."""
    wanted = kinds.split()
    return [sheet for sheet in sheets_for(context["request"].user) if sheet.kind in wanted]


@register.simple_tag(takes_context=True)
def filters_here(context: template.Context) -> str:
    """The list's filters as they stand in its address, without the page."""
    query = context["request"].GET.copy()
    query.pop("trang", None)
    return str(query.urlencode())
