"""Goods chosen for a page that cannot be bought there now, and what could stand instead.

Visitors are shown nothing, or that it is sold out; this is for whoever edits the page.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.blocks import StructValue

from catalogue.cards import Card, cards_by_key
from catalogue.models import Product
from cms.blocks.goods import ProductChooserBlock
from cms.blocks.proof import CertificateBlock
from cms.blocks.reading import product_keys_in, structs_in
from cms.goods import presentable

#: Most goods offered in place of one.
MOST_INSTEAD = 3


@dataclass(frozen=True)
class Missing:
    """One chosen thing, why it is not sold on the page, and what is in stock instead."""

    title: str
    why: str
    instead: list[Card]


def missing_goods(page: Any) -> list[Missing]:
    """What is wrong with the goods of a told page or draft; empty when all can be bought."""
    streams = page.streams_with_goods()
    keys = {*page.extra_goods(), *(key for each in streams for key in product_keys_in(each))}
    cards = {card.product.pk: card for card in cards_by_key(keys)}
    chosen = Product.objects.filter(pk__in=keys).select_related("product_class").order_by("title")
    found = [
        Missing(product.display_title, why, in_stock_like(product, but_not=keys))
        for product in chosen
        if (why := _why_missing(product, cards.get(product.pk)))
    ]
    found += [
        Missing(product.display_title, _("Không có chứng nhận OCOP còn hiệu lực."), [])
        for product in _certified(streams)
        if not product.stars_on(timezone.localdate())
    ]
    deleted = sum(_holes(struct) for each in streams for struct in structs_in(each))
    if deleted:
        words = _("Sản phẩm đã bị xóa khỏi cửa hàng.")
        found.append(Missing(_("%(n)s khối không còn sản phẩm") % {"n": deleted}, words, []))
    return found


def in_stock_like(product: Product, *, but_not: Collection[int] = ()) -> list[Card]:
    """What may be sold today of the same group or the same commune; a box for a box."""
    near = Q(product_class=product.product_class_id)
    if not product.is_gift_box:
        near = Q(categories__in=list(product.categories.all()))
        if product.former_origin_id:
            near |= Q(former_origin=product.former_origin_id)
        if product.origin_id:
            near |= Q(origin=product.origin_id)
    others = presentable().exclude(pk__in=[*but_not, product.pk])
    others = others.filter(product_class__slug=product.get_product_class().slug)
    keys = others.filter(near).values("pk")
    sold = others.filter(pk__in=keys).with_availability().filter(is_available=True)
    first = sold.order_by("title").values_list("pk", flat=True)[: 2 * MOST_INSTEAD]
    return [card for card in cards_by_key(list(first)) if card.is_available][:MOST_INSTEAD]


def _why_missing(product: Product, card: Card | None) -> str:
    """Why visitors cannot buy it, in words for the editor; empty when they can."""
    if not product.is_listed or card is None:
        return _("Không còn bày bán: đã gỡ xuống hoặc đã lưu trữ.")
    if product.is_alcohol:
        return _("Có cồn: không trang nào được quảng bá (Luật 44/2019/QH14).")
    if card.price is None:
        return _("Chưa có giá bán.")
    return "" if card.is_available else _("Hết hàng.")


def _certified(streams: list[Any]) -> Iterator[Product]:
    for stream in streams:
        for struct in structs_in(stream):
            product = struct.get("product")
            if isinstance(struct.block, CertificateBlock) and product is not None:
                yield product


def _holes(struct: StructValue) -> int:
    """How many products a block had to have and has no more."""
    return sum(
        isinstance(block, ProductChooserBlock) and block.required and struct.get(name) is None
        for name, block in struct.block.child_blocks.items()
    )
