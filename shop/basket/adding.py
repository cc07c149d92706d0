"""Putting goods into a basket: the same checks for a product, a variant and a filled box."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from oscar.apps.basket.signals import basket_addition

from catalogue.boxes.contents import contents_of
from catalogue.models import BoxDesign, Product
from catalogue.prices import variants_of
from shop.basket.models import Basket, Line
from shop.basket.quantities import check_quantity

#: Largest key of a page that the column takes.
MOST_KEY = 2**63 - 1
_CAMPAIGN = re.compile(r"[-a-zA-Z0-9_]{1,60}")


@dataclass(frozen=True)
class Source:
    """Where a line was added from: the key of a page of ours, the name of a campaign; no person."""

    from_page: int | None = None
    from_campaign: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        return {"from_page": self.from_page, "from_campaign": self.from_campaign}


def read_source(data: Any) -> Source:
    """What a form says of itself; what it cannot mean is left out without a word."""
    page = data.get("from_page", "")
    key = int(page) if page.isascii() and page.isdigit() and len(page) <= 19 else 0
    campaign = data.get("from_campaign", "")
    return Source(
        key if 0 < key <= MOST_KEY else None,
        campaign if _CAMPAIGN.fullmatch(campaign) else "",
    )


def wanted_of(product: Product, child: str) -> Product:
    """The product, or the variant of it with that key. Raises ValidationError for none."""
    if not product.is_parent:
        return product
    for variant in variants_of(product):
        if str(variant.pk) == child:
            return variant
    raise ValidationError(_("Hãy chọn một loại."))


def put_in(
    request: HttpRequest,
    product: Product,
    quantity: int,
    *,
    design: BoxDesign | None = None,
    source: Source = Source(),
) -> None:
    """So many of a product, of a box as `design` says, into the visitor's basket.

    Raises ValidationError in the buyer's words when there are not so many.
    """
    if quantity < 1:
        raise ValidationError(_("Hãy chọn ít nhất 1."))
    basket: Any = request.open_basket  # type: ignore[attr-defined]
    strategy: Any = request.strategy  # type: ignore[attr-defined]
    if design is not None:
        info = strategy.fetch_for_box(contents_of(product, design))
    else:
        info = strategy.fetch_for_product(product)
    rows = _rows_of(basket)
    _check(rows, info.availability, product, design, quantity)
    if design is not None:
        design.box = product
        basket.add_design(design, quantity, **source.facts)
    elif not basket.add_to_line(_line_of(rows, product, info.stockrecord), quantity):
        line, is_new = basket.add_product(product, quantity)
        if is_new and source != Source():
            Line.objects.filter(pk=line.pk).update(**source.facts)
    basket_addition.send(sender=None, product=product, user=request.user, request=request)


def _rows_of(basket: Basket) -> list[Any]:
    """What a basket holds, without the goods themselves."""
    if basket.pk is None:
        return []
    columns = "pk", "product_id", "design_id", "stockrecord_id", "quantity"
    return list(basket.lines.values_list(*columns, named=True))


def _line_of(rows: list[Any], product: Product, record: Any) -> int | None:
    """The key of the line that holds such goods, as they are sold now, already."""
    wanted = product.pk, None, getattr(record, "pk", None)
    held = (row.pk for row in rows if (row.product_id, row.design_id, row.stockrecord_id) == wanted)
    return next(held, None)


def _check(
    lines: list[Any],
    availability: Any,
    product: Product,
    design: BoxDesign | None,
    quantity: int,
) -> None:
    """Raises ValidationError when so many more than the lines hold cannot be had."""
    key = design.pk if design is not None else None
    same = [line for line in lines if (line.product_id, line.design_id) == (product.pk, key)]
    already = sum(line.quantity for line in same)
    others = sum(line.quantity for line in lines) - already
    try:
        check_quantity(availability, already + quantity, others)
    except ValidationError as refusal:
        if already:
            words = _("%(reason)s Trong giỏ đã có %(n)s.")
            raise ValidationError(words % {"reason": refusal.messages[0], "n": already}) from None
        raise
