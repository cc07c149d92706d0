"""The page of a box that a buyer filled: what is in it, what it costs today, what it lacks."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from catalogue.boxes.builder_page import Slot, load_goods, portion_of
from catalogue.boxes.contents import Part, contents_of, load_designs
from catalogue.boxes.designing import can_be_designed, choices_of
from catalogue.cards import Card, card_of
from catalogue.models import BoxDesign, Product
from catalogue.models.box import MOST_SLOTS
from catalogue.prices import PriceTag
from catalogue.stock_words import StockNote, not_for_sale, stock_note


@dataclass(frozen=True)
class Held:
    """So many of one thing in the box; `lacks` says why it keeps the box from being sold."""

    part: Part
    card: Card
    lacks: str = ""

    @property
    def title(self) -> str:
        return str(self.part.product.display_title)

    @property
    def portion(self) -> str:
        return portion_of(self.part)

    @property
    def is_listed(self) -> bool:
        return bool(self.part.product.canonical.is_listed)


class DesignPage:
    def __init__(self, box: Product, design: BoxDesign) -> None:
        self.box = box
        self.design = design
        self.title = box.display_title
        self.contents = contents_of(box, design)
        self.url = design.get_absolute_url()
        self.address = self.url
        load_goods([box, *(part.product for part in self.contents.parts)])

    @cached_property
    def held(self) -> list[Held]:
        trouble = self.contents.trouble
        return [
            Held(
                part,
                card_of(part.product.canonical),
                trouble.words if trouble is not None and trouble.part is part else "",
            )
            for part in self.contents.parts
        ]

    @cached_property
    def drawn(self) -> list[Slot]:
        """The box with what lies in it, slot by slot where it has slots."""
        portions = {each.product.pk: each.quantity for each in choices_of(self.box)}
        titles: list[Held] = []
        for held in self.held:
            portion = portions.get(held.part.product.pk) if self.contents.gift.is_builder else None
            times = held.part.quantity // portion if portion else 1
            titles += [held] * max(1, min(times, MOST_SLOTS))
        return [Slot(place, held.card, held.title) for place, held in enumerate(titles, start=1)]

    @property
    def price(self) -> PriceTag | None:
        amount = self.contents.price
        return PriceTag(amount, self.contents.before) if amount is not None else None

    @property
    def trouble(self) -> str:
        """Why it cannot be bought now; empty when it can."""
        if not self.box.is_listed:
            return _("Hộp này không còn bán.")
        if self.contents.trouble is not None:
            return self.contents.trouble.words
        return "" if self.price is not None else _("Hộp này chưa có giá.")

    @property
    def stock(self) -> StockNote:
        return not_for_sale() if self.trouble else stock_note(self.contents.left)

    @property
    def edit_url(self) -> str:
        """The builder with this filling in it; empty where nothing can be chosen any more."""
        if not self.box.is_listed or not can_be_designed(contents_of(self.box)):
            return ""
        build = reverse("catalogue:box-build", args=[self.box.slug])
        return f"{build}?tu={self.design.token}"


@dataclass(frozen=True)
class SavedBox:
    """A buyer's own box in a list of theirs."""

    design: BoxDesign
    title: str
    words: str
    price: PriceTag | None
    trouble: str

    @property
    def url(self) -> str:
        return self.design.get_absolute_url()


def saved_boxes(owner: Any, most: int) -> list[SavedBox]:
    """The newest boxes that somebody filled. A fixed number of queries."""
    designs = list(
        BoxDesign.objects.filter(owner=owner).select_related("box__product_class")[:most]
    )
    boxes: dict[int, Product] = {}
    for design in designs:
        # One box, loaded once, however many designs there are of it.
        design.box = boxes.setdefault(design.box_id, design.box)
    load_designs((design.box, design) for design in designs)
    return [_saved(design) for design in designs]


def _saved(design: BoxDesign) -> SavedBox:
    contents = contents_of(design.box, design)
    names = [f"{part.quantity} × {part.product.display_title}" for part in contents.parts]
    amount = contents.price
    trouble = "" if design.box.is_listed else _("Hộp này không còn bán.")
    if not trouble and contents.trouble is not None:
        trouble = contents.trouble.words
    price = PriceTag(amount) if amount is not None else None
    return SavedBox(design, design.box.display_title, ", ".join(names), price, trouble)
