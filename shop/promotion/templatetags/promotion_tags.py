"""What a form that fills the basket says of where it stands."""

from typing import Any

from django import template

from shop.promotion.counting import campaign_slug

register = template.Library()


@register.inclusion_tag("promotion/origin_fields.html", takes_context=True)
def origin_fields(context: dict[str, Any], page: Any = None) -> dict[str, Any]:
    """Hidden fields `from_page` and `from_campaign`; inside a form of `basket:add`.

    `page` is the cms page it stands on; the campaign is the `?c=` of the address.
    """
    request = context.get("request")
    typed = request.GET.get("c", "") if request is not None else ""
    return {"page": getattr(page, "pk", None), "campaign": campaign_slug(typed)}
