"""What the form on a product's page says of where its reader came from."""

from typing import Any

from django import template

from shop.promotion.counting import campaign_slug, page_key

register = template.Library()


@register.inclusion_tag("promotion/origin_fields.html", takes_context=True)
def origin_fields(context: dict[str, Any]) -> dict[str, Any]:
    """Hidden fields `from_page` and `from_campaign`; inside a form of `basket:add`.

    Read off the address (`?tu=` the page that linked here, `?c=` the campaign): pages of the cms
    put them into the links of their cards, and nothing is remembered of the reader.
    """
    request = context.get("request")
    asked = request.GET if request is not None else {}
    return {"page": page_key(asked.get("tu", "")), "campaign": campaign_slug(asked.get("c", ""))}
