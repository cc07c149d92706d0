"""What the page for companies tells: boxes on sale by price, and until when to order."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings

from catalogue.cards import Card, cards_by_key
from catalogue.classes import GIFT_BOX
from catalogue.feasts import Deadline, Feast, FeastDay, deadline_for, deadline_of
from catalogue.models import Product
from catalogue.querysets import ProductQuerySet
from shop.shipping.rates import Zone

#: Price classes that companies ask for, đồng.
TIERS = (Decimal(300_000), Decimal(500_000), Decimal(1_000_000), Decimal(2_000_000))
#: Boxes on one page; a company looks at a handful.
MOST_BOXES = 24
FEASTS = (Feast.TET, Feast.TRUNG_THU)


@dataclass(frozen=True)
class TierRow:
    """One price class with the boxes nearest to it."""

    amount: Decimal
    cards: list[Card]


@dataclass(frozen=True)
class DeadlineRow:
    """The last day to order for one feast to one zone: few boxes, and many."""

    zone: str
    few: Deadline
    many: Deadline
    few_is_over: bool
    many_is_over: bool


@dataclass(frozen=True)
class FeastRow:
    day: FeastDay
    rows: list[DeadlineRow]


def boxes_on_sale() -> ProductQuerySet:
    """Ready gift boxes that anyone may see, without alcohol, newest last."""
    boxes: ProductQuerySet = Product.objects.listed().filter(product_class__slug=GIFT_BOX)
    # A gift from a company is not asked for anybody's age (Luật 44/2019/QH14).
    return (
        boxes.without_alcohol()
        .exclude(box_items__product__abv__gt=0)
        .exclude(box_items__product__parent__abv__gt=0)
        .exclude(gift_box__slots__gt=0)
        .order_by("pk")
    )


def box_cards() -> list[Card]:
    """Cards of the boxes on sale that can be had now."""
    cards = cards_by_key(list(boxes_on_sale().values_list("pk", flat=True)[:MOST_BOXES]))
    return [card for card in cards if card.price is not None]


def tiers_of(cards: list[Card]) -> list[TierRow]:
    """Each box under the price class that it is nearest to."""
    rows: dict[Decimal, list[Card]] = {tier: [] for tier in TIERS}
    for card in cards:
        price = card.price
        if price is not None:
            rows[min(TIERS, key=lambda tier: abs(tier - price.amount))].append(card)
    return [TierRow(tier, found) for tier, found in rows.items()]


def deadlines(today: date) -> list[FeastRow]:
    """The next Tết and Trung thu that can still be reached, soonest first."""
    rows = [_feast(feast, today) for feast in FEASTS]
    return sorted(rows, key=lambda row: row.day.first)


def _feast(feast: Feast, today: date) -> FeastRow:
    day = deadline_for(feast, today, Zone.LOCAL).day
    return FeastRow(day, [_row(day, zone, today) for zone in Zone])


def _row(day: FeastDay, zone: Zone, today: date) -> DeadlineRow:
    few = deadline_of(day, zone)
    many = deadline_of(day, zone, quantity=settings.LARGE_ORDER_FROM)
    return DeadlineRow(str(zone.label), few, many, few.is_over(today), many.is_over(today))
