"""Parts of letters that are drawn the same in all of them; staff's own words may use them too."""

from typing import Any

from django import template
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag
def letter_button(label: str, link: str) -> str:
    """The one button of an HTML letter."""
    return render_to_string("emails/button.html", {"label": label, "link": link})


@register.simple_tag(takes_context=True)
def order_sums(context: template.Context) -> str:
    """Parcels and sums of `order`, as rows of a table or, in the text of a letter, as lines."""
    return _drawn("emails/order_sums", context, "order", "parcels")


@register.simple_tag(takes_context=True)
def parcel_contents(context: template.Context) -> str:
    """What is inside `parcel`, without prices."""
    return _drawn("emails/parcel_contents", context, "parcel", "lines")


@register.simple_tag(takes_context=True)
def rest_due(context: template.Context) -> str:
    """When the rest after a deposit is due, one sentence."""
    return render_to_string("payment/rest_due.html", {"payment": _of(context["order"], "payment")})


def _drawn(name: str, context: template.Context, *facts: str) -> str:
    ending = "html" if context.get("is_html") else "txt"
    return render_to_string(f"{name}.{ending}", {fact: context.get(fact) for fact in facts})


def _of(thing: Any, name: str) -> Any:
    """The samples of the page where staff edit letters are plain dictionaries."""
    return thing[name] if isinstance(thing, dict) else getattr(thing, name)
