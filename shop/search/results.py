"""What is live of an answer: cards of goods as they are this minute, and what else to offer."""

from dataclasses import dataclass

from django.http import HttpRequest

from catalogue.age import has_confirmed_age
from catalogue.cards import Card, cards_by_key
from catalogue.lookup.highlighting import highlighted
from catalogue.lookup.models import Entry
from catalogue.lookup.products import PRODUCTS
from catalogue.models import Category, Product
from shop.search.answers import Answer, Part

#: Goods shown to somebody who found nothing.
OFFERED = 4
#: Of the most bought, how many are looked at for some that are in season.
LOOKED_AT = 100


@dataclass(frozen=True)
class Section:
    """Hits of one kind in their order; `more` are those left for the page of the kind."""

    part: Part
    cards: list[Card]

    @property
    def more(self) -> int:
        return self.part.count - len(self.cards) - self.part.others


def sections(request: HttpRequest, answer: Answer) -> list[Section]:
    """What was found, with what is true of the goods now: an entry may be a moment behind."""
    keys = [key for part in answer.parts for key in part.keys]
    found = cards_by_key(keys, with_alcohol=has_confirmed_age(request)) if keys else []
    cards = {
        card.product.pk: card.with_marks(highlighted(card.title, answer.words)) for card in found
    }
    return [
        Section(part, [cards[key] for key in part.keys if key in cards]) for part in answer.parts
    ]


def offered() -> list[Card]:
    """What can be bought now and is in season, most bought first, for who found nothing."""
    # In the order of an index.
    entries = Entry.objects.filter(
        source=PRODUCTS.code, is_available=True, is_alcohol=False
    ).order_by("-is_available", "-popularity", "pk")
    keys = list(entries.values_list("key", flat=True)[:LOOKED_AT])
    products = Product.objects.listed().without_alcohol().in_season().filter(pk__in=keys)
    place = {key: number for number, key in enumerate(keys)}
    best = sorted(products.values_list("pk", flat=True), key=lambda key: place[key])[:OFFERED]
    return cards_by_key(best)


def groups() -> list[Category]:
    """The trades, to look around in."""
    return list(Category.objects.filter(depth=1).order_by("path"))
