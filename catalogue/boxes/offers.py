"""The boxes that a buyer may fill, or in which something may be swapped."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from catalogue.boxes.builder_page import load_goods
from catalogue.boxes.designing import Option, choices_of_all
from catalogue.cards import Card, card_of, cards_for
from catalogue.images import ShownPicture
from catalogue.models import BoxChoice, BoxItem, GiftBox, Product

#: Pictures of what may be chosen, on the card of one box.
PICTURES = 6


@dataclass(frozen=True)
class BoxOffer:
    """One box on the page of all that can be filled. `slots` is 0 where things are swapped."""

    card: Card
    slots: int
    choices: int
    pictures: list[ShownPicture]

    @property
    def url(self) -> str:
        return reverse("catalogue:box-build", args=[self.card.product.slug])

    @property
    def places(self) -> range:
        return range(self.slots)


def boxes_to_design(*, with_alcohol: bool) -> list[BoxOffer]:
    """Boxes of slots first, then those with something to swap. A fixed number of queries."""
    swappable = BoxItem.objects.filter(box=OuterRef("pk"), is_swappable=True)
    choices = BoxChoice.objects.filter(box=OuterRef("pk"))
    boxes = Product.objects.listed().filter(
        Exists(choices), Q(gift_box__slots__gt=0) | Exists(swappable)
    )
    if not with_alcohol:
        boxes = boxes.without_alcohol()
    rows = list(boxes.order_by("-gift_box__slots", "title").for_cards())
    slots = dict(GiftBox.objects.filter(product__in=rows).values_list("product", "slots"))
    options = choices_of_all(rows)
    load_goods([option.product for found in options.values() for option in found])
    offers = []
    for card in cards_for(rows):
        found = options.get(card.product.pk, [])
        offers.append(BoxOffer(card, slots.get(card.product.pk, 0), len(found), _pictures(found)))
    return offers


def _pictures(options: Sequence[Option]) -> list[ShownPicture]:
    """Of different things; a variant has its parent's picture."""
    cards = {each.product.canonical.pk: card_of(each.product.canonical) for each in options}
    return [card.picture for card in cards.values() if card.picture is not None][:PICTURES]
