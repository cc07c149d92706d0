"""The page on which a buyer fills a box: what there is to choose, what was chosen, what it makes.

Boxes of empty slots are filled by a number for each thing (`chon-12=2`), ready ones by what comes
in the place of each thing that may be swapped (`mon-17=12`, empty: as packed).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.boxes.contents import Contents, Part, contents_of, load_designs
from catalogue.boxes.designing import (
    Filling,
    Option,
    choices_of,
    contents_with,
    fill,
    good_until,
    item_name,
    items_of,
    merged,
    refusal,
    slot_name,
    swap,
    too_many_text,
)
from catalogue.cards import Card, card_of
from catalogue.models import BoxDesign, Product
from catalogue.money import format_dong
from catalogue.pictures.specs import CARD_SPECS
from catalogue.prices import PriceTag
from catalogue.querysets import goods_lookups
from catalogue.stock_words import StockNote, stock_note

#: Digits of a number that is read at all.
DIGITS = 3
#: Digits of a key that the database takes.
LONGEST_KEY = 18


def choice_name(key: int) -> str:
    """Of the field that says how many slots are filled with one thing."""
    return f"chon-{key}"


@dataclass(frozen=True)
class Offer:
    """One thing to choose: its card, how much of it fills a slot, what that costs, or why not.

    `typed` is what stands in its box; `extra` what it changes of the price when it comes in the
    place of something else.
    """

    option: Option
    card: Card
    refusal: str
    typed: str = ""
    error: str = ""
    extra: str = ""

    @property
    def key(self) -> int:
        return self.option.key

    @property
    def name(self) -> str:
        return choice_name(self.key)

    @property
    def title(self) -> str:
        return self.option.product.display_title

    @property
    def portion(self) -> str:
        return portion_of(self.option.part)

    @property
    def price(self) -> PriceTag | None:
        part = self.option.part
        return PriceTag(part.price) if part.unit_price is not None else None

    @property
    def stock(self) -> StockNote:
        return stock_note(self.option.part.boxes)

    @property
    def is_picked(self) -> bool:
        return self.typed not in ("", "0")


@dataclass(frozen=True)
class Place:
    """One thing in a ready box, and what may come in its place. `chosen`: key, or empty."""

    option: Option
    card: Card
    offers: list[Offer]
    chosen: str
    error: str = ""

    @property
    def name(self) -> str:
        return item_name(self.option.key)

    @property
    def title(self) -> str:
        return self.option.product.display_title

    @property
    def portion(self) -> str:
        return portion_of(self.option.part)

    @property
    def is_swappable(self) -> bool:
        return self.option.part.is_swappable and bool(self.offers)


@dataclass(frozen=True)
class Slot:
    """A place of the drawn box: what lies in it, or nothing yet."""

    number: int
    card: Card | None = None
    title: str = ""


def portion_of(part: Part) -> str:
    """`2 × 500 g`, `500 g`, or empty for one of something without a measure."""
    product = part.product
    measure = product.variant_name if product.is_child else product.net_text
    if part.quantity > 1:
        return f"{part.quantity} × {measure}" if measure else f"× {part.quantity}"
    return str(measure)


def load_goods(products: list[Product]) -> None:
    """What the cards of these things show. A fixed number of queries."""
    # One thing may have been read twice, in two boxes: each copy of its row is loaded.
    rows = list({id(row.canonical): row.canonical for row in products}.values())
    if rows:
        prefetch_related_objects(
            rows,
            "producer__ward__province",
            "origin__province",
            "former_origin",
            *goods_lookups(CARD_SPECS),
        )


class BuilderPage:
    """`typed` is what the form or a saved design says; nothing of it is believed.

    `is_checked`: a button was pressed, so the page says what keeps the box from being had.
    """

    def __init__(self, box: Product, typed: Mapping[str, str], *, is_checked: bool = False) -> None:
        self.box = box
        self.usual = contents_of(box)
        self.gift = self.usual.gift
        self.title = box.display_title
        self.url = reverse("catalogue:box-build", args=[box.slug])
        self.address = self.url
        self.is_checked = is_checked
        self._typed = typed
        self._options = choices_of(box)
        self._items = [] if self.gift.is_builder else items_of(box)
        load_goods([each.product for each in (*self._options, *self._items)])
        load_goods([box])

    @classmethod
    def of_design(cls, box: Product, design: BoxDesign) -> "BuilderPage":
        """The page as it was when this design was saved."""
        load_designs([(box, design)])
        page = cls(box, {})
        page._typed = page._typed_of(design)
        return page

    # --- What was chosen --------------------------------------------------------------------

    @property
    def is_builder(self) -> bool:
        return self.gift.is_builder

    @property
    def slots(self) -> int:
        return int(self.gift.slots)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        """How many slots each choice fills; what is no number counts as none."""
        found = {}
        for option in self._options:
            typed = self._typed.get(choice_name(option.key), "").strip()
            if typed.isascii() and typed.isdigit() and len(typed) <= DIGITS:
                found[option.key] = int(typed)
        return found

    @cached_property
    def _picks(self) -> list[int]:
        return [key for key, number in self._numbers.items() for _each in range(number)]

    @cached_property
    def _swaps(self) -> dict[int, int]:
        found = {}
        for item in self._items:
            wanted = self._typed.get(item_name(item.key), "")
            if wanted:
                known = wanted.isascii() and wanted.isdigit() and len(wanted) <= LONGEST_KEY
                found[item.key] = int(wanted) if known else 0
        return found

    @cached_property
    def _outcome(self) -> Filling | ValidationError:
        try:
            bad = {
                choice_name(option.key): _("Số lượng là một số tròn, ví dụ 2.")
                for option in self._options
                if option.key not in self._numbers
                and self._typed.get(choice_name(option.key), "").strip()
            }
            if bad:
                raise ValidationError(bad)
            return fill(self.box, self._picks) if self.is_builder else swap(self.box, self._swaps)
        except ValidationError as refused:
            return refused

    def filling(self) -> Filling:
        """What was chosen. Raises ValidationError as `fill` and `swap` do."""
        if isinstance(self._outcome, ValidationError):
            raise self._outcome
        return self._outcome

    @property
    def is_complete(self) -> bool:
        return not isinstance(self._outcome, ValidationError)

    @cached_property
    def errors(self) -> dict[str, str]:
        """Words by the field that they stand beside; slots of one choice share one."""
        if not isinstance(self._outcome, ValidationError):
            return {}
        found: dict[str, str] = {}
        for name, words in self._outcome.message_dict.items():
            found.setdefault(self._field_of(name), words[0])
        return found

    def _field_of(self, name: str) -> str:
        """The field that a slot's number stands for; a slot's own name where nothing is in it."""
        for number, key in enumerate(self._picks[: self.slots], start=1):
            if self.is_builder and name == slot_name(number):
                return choice_name(key)
        return name

    # --- What is drawn ----------------------------------------------------------------------

    @cached_property
    def _cards(self) -> dict[int, Card]:
        options = (*self._options, *self._items)
        rows = {each.product.canonical.pk: each.product.canonical for each in options}
        return {key: card_of(row) for key, row in rows.items()}

    def card(self, product: Product) -> Card:
        return self._cards[product.canonical.pk]

    @cached_property
    def offers(self) -> list[Offer]:
        """What may fill a slot, things that cannot be had now last."""
        until = good_until(self.usual)
        offers = [
            Offer(
                option,
                self.card(option.product),
                refusal(option.part, until),
                self._typed.get(choice_name(option.key), "") or "0",
                self.errors.get(choice_name(option.key), ""),
            )
            for option in self._options
            if not option.product.is_alcohol
        ]
        return sorted(offers, key=lambda offer: bool(offer.refusal))

    @cached_property
    def places(self) -> list[Place]:
        """What lies in a ready box, each with what may come in its place."""
        return [self._place(item) for item in self._items]

    def _place(self, item: Option) -> Place:
        until = good_until(self.usual)
        chosen = self._typed.get(item_name(item.key), "")
        offers = [
            Offer(
                option,
                self.card(option.product),
                refusal(option.part, until),
                "1" if chosen == str(option.key) else "",
                extra=_difference(option.part, item.part),
            )
            for option in self._options
            if option.product != item.product and not option.product.is_alcohol
        ]
        known = any(str(offer.key) == chosen for offer in offers)
        return Place(
            item,
            self.card(item.product),
            offers if item.part.is_swappable else [],
            chosen if known else "",
            self.errors.get(item_name(item.key), ""),
        )

    @cached_property
    def _placed(self) -> list[Option]:
        """What lies in the box as far as it is chosen, place by place."""
        options = {option.key: option for option in self._options}
        if self.is_builder:
            return [options[key] for key in self._picks[: self.slots]]
        swapped = (self._swaps.get(item.key) for item in self._items)
        return [
            options.get(key, item) if key else item
            for key, item in zip(swapped, self._items, strict=True)
        ]

    @property
    def drawn(self) -> list[Slot]:
        """The box with what lies in it."""
        filled = [
            Slot(number, self.card(option.product), option.product.display_title)
            for number, option in enumerate(self._placed, start=1)
        ]
        return filled + [Slot(number) for number in range(len(filled) + 1, self.slots + 1)]

    # --- What it makes ----------------------------------------------------------------------

    @cached_property
    def contents(self) -> Contents:
        """The box as far as it is chosen."""
        return contents_with(self.box, merged(self._placed))

    @property
    def price_text(self) -> str:
        """What it costs as it is; empty while nothing lies in it."""
        price = self.contents.price
        return format_dong(price) if price is not None else ""

    @property
    def from_text(self) -> str:
        """What its cheapest filling costs."""
        price = self.usual.price
        return format_dong(price) if price is not None else ""

    @property
    def filled(self) -> int:
        return len(self._picks)

    @property
    def progress(self) -> str:
        """`Còn 2 ngăn trống`; whether it can be bought as it is."""
        if self.is_builder and self.filled > self.slots:
            return too_many_text(self.filled - self.slots)
        if self.is_builder and self.filled < self.slots:
            left = self.slots - self.filled
            return ngettext("Còn %(n)s ngăn trống.", "Còn %(n)s ngăn trống.", left) % {"n": left}
        if self.is_complete:
            return _("Hộp đã đủ món.")
        return _("Có món chưa chọn được như vậy.")

    @property
    def troubles(self) -> list[str]:
        """What stands against it beside slots that are empty or too many."""
        return [words for name, words in self.errors.items() if not name.startswith("ngan-")]

    def _typed_of(self, design: BoxDesign) -> dict[str, str]:
        """A design in the words of the form."""
        left = {part.product.pk: part.quantity for part in contents_of(self.box, design).parts}
        if self.is_builder:
            return {
                choice_name(option.key): str(left.get(option.product.pk, 0) // option.quantity)
                for option in self._options
            }
        out = []
        for item in self._items:
            if left.get(item.product.pk, 0) >= item.quantity:
                left[item.product.pk] -= item.quantity
            else:
                out.append(item)
        typed = {}
        for item in out:
            for option in self._options:
                if left.get(option.product.pk, 0) >= option.quantity:
                    left[option.product.pk] -= option.quantity
                    typed[item_name(item.key)] = str(option.key)
                    break
        return typed


def _difference(new: Part, old: Part) -> str:
    """`+20.000 ₫`, `−5.000 ₫`, or that it costs the same."""
    more = new.price - old.price
    if not more:
        return _("cùng giá")
    return f"{'+' if more > 0 else '−'}{format_dong(abs(more))}"


def typed_in(data: Any) -> dict[str, str]:
    """The fields of a posted form as plain words, without bytes that no database takes."""
    return {name: data.get(name, "").replace("\x00", "") for name in data}
