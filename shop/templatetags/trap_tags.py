"""What every form that stands open to strangers holds."""

from typing import Any

from django import template

from shop.traps import DRAWN, drawn_now

register = template.Library()


@register.inclusion_tag("components/trap.html")
def trap(form: Any = None) -> dict[str, Any]:
    """The trap of a form; one that is shown again keeps the moment at which it was first drawn."""
    kept = form.data.get(DRAWN) if form is not None and form.is_bound else ""
    return {"drawn": kept or drawn_now()}
