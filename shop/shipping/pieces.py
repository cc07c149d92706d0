"""The lines of a basket taken apart: what is sent, by whom, and what of the price falls on it.

An ordinary line is one piece. A gift box is one piece for each thing in it and, packed at one
place, one for the wrapping; their prices add up to the box's, to the đồng.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.conf import settings

from catalogue.boxes.contents import Contents, Part
from catalogue.models import Product
from catalogue.models.box import Packing
from catalogue.money import to_dong
from shop.partner.models import Partner, StockRecord

NOTHING = Decimal(0)
#: Carriers count a box of this many cubic centimetres as one kilogram (GHN's table).
CUBIC_CM_PER_KG = 5000


@dataclass(frozen=True, eq=False)
class Piece:
    """So many of one product, from one basket line. Reads like a basket line to Oscar's writer.

    `before` and `amount` are đồng for all of them, before and after discounts; `supplied` what
    its producer supplies them at, None where that is `before`. `sender` packs it; `grams` is the
    chargeable weight of all.
    """

    line: Any
    product: Product
    stockrecord: Any
    quantity: int
    before: Decimal
    amount: Decimal
    sender: Partner
    grams: int
    supplied: Decimal | None = None
    contents: Contents | None = None
    is_wrapping: bool = False
    #: How many of the basket line it belongs to: boxes, for a thing in a box.
    units: int = 1
    discounts: Sequence[Any] = field(default_factory=tuple)

    @property
    def in_box(self) -> bool:
        return self.contents is not None

    @property
    def is_chilled(self) -> bool:
        """Travels cold: by itself, or with what must be cold in a box packed at one place."""
        if self.contents is not None and self.contents.gift.packing == Packing.HUB:
            return self.contents.is_chilled
        return self.product.is_chilled

    # --- As Oscar's order writer reads a line ------------------------------------------------

    @property
    def attributes(self) -> Any:
        return self.line.attributes

    @property
    def tax_code(self) -> Any:
        return self.line.tax_code

    @property
    def unit_price_incl_tax(self) -> Decimal:
        return to_dong(self.before / self.quantity)

    unit_price_excl_tax = unit_price_incl_tax

    @property
    def line_price_incl_tax(self) -> Decimal:
        return self.before

    line_price_excl_tax = line_price_incl_tax

    @property
    def line_price_incl_tax_incl_discounts(self) -> Decimal:
        return self.amount

    line_price_excl_tax_incl_discounts = line_price_incl_tax_incl_discounts

    def get_price_breakdown(self) -> list[tuple[Decimal, Decimal, int]]:
        """(unit price, the same, how many), each in whole đồng, adding up to `amount`."""
        each, dearer = divmod(int(self.amount), self.quantity)
        parts = [(each + 1, dearer), (each, self.quantity - dearer)]
        return [(Decimal(price), Decimal(price), count) for price, count in parts if count]


def shares(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """`total` đồng divided by weight into whole đồng that add up to it.

    What rounding down leaves goes, a đồng each, to those who lost most; equal ones in their
    order. Of nothing but zeros each gets the same.
    """
    if not weights:
        return []
    exact = [Decimal(weight) for weight in weights]
    if not any(exact):
        exact = [Decimal(1)] * len(exact)
    whole = sum(exact)
    wanted = [total * weight / whole for weight in exact]
    given = [Decimal(int(part)) for part in wanted]
    left = int(total - sum(given, NOTHING))
    by_loss = sorted(range(len(given)), key=lambda i: (given[i] - wanted[i], i))
    for place in by_loss[:left]:
        given[place] += 1
    return given


def pieces_of(line: Any) -> list[Piece]:
    """What a basket line sends. Needs one with a price."""
    before, amount = line.line_price_incl_tax, line.line_price_incl_tax_incl_discounts
    return pieces_for(line, line.quantity, before, amount)


def pieces_for(line: Any, quantity: int, before: Decimal, amount: Decimal) -> list[Piece]:
    """`quantity` of a line that cost `before` đồng, `amount` after discounts, in pieces."""
    if line.contents is not None:
        return _pieces_of_box(line, line.contents, quantity, before, amount)
    return [
        Piece(
            line=line,
            product=line.product,
            stockrecord=line.stockrecord,
            quantity=quantity,
            before=before,
            amount=amount,
            sender=line.stockrecord.partner,
            grams=chargeable_grams(line.product) * quantity,
            # What a quote takes off is the shop's to bear, as every discount of its own.
            supplied=_usual_price(line, quantity) if line.agreed_price is not None else None,
            units=quantity,
            discounts=line.discounts if quantity == line.quantity else (),
        )
    ]


def _pieces_of_box(
    line: Any, contents: Contents, quantity: int, before: Decimal, amount: Decimal
) -> list[Piece]:
    hub = line.stockrecord.partner if contents.gift.packing == Packing.HUB else None
    parts = contents.parts
    own = [part.price * quantity for part in parts]
    full = sum(own, NOTHING)
    # What the box costs more than its contents is the wrapping's; what it costs less is spread.
    wrapping = before - full if hub is not None and before > full else NOTHING
    split = own if before - wrapping == full else shares(before - wrapping, own)
    wraps = [wrapping] if hub is not None else []
    paid = shares(amount, [*split, *wraps])
    weighed = _grams(contents, hub is not None)
    pieces = [
        Piece(
            line=line,
            product=part.product,
            stockrecord=_record_of(part),
            quantity=part.quantity * quantity,
            before=split[place],
            amount=paid[place],
            sender=hub or _record_of(part).partner,
            grams=weighed[place] * quantity,
            supplied=own[place],
            contents=contents,
            units=quantity,
        )
        for place, part in enumerate(parts)
    ]
    if hub is not None:
        pieces.append(
            Piece(
                line=line,
                product=line.product,
                stockrecord=line.stockrecord,
                quantity=quantity,
                before=wrapping,
                amount=paid[-1],
                sender=hub,
                grams=weighed[-1] * quantity,
                contents=contents,
                is_wrapping=True,
                units=quantity,
            )
        )
    return pieces


def _usual_price(line: Any, quantity: int) -> Decimal | None:
    """What the producer sells so many at today, đồng; None where it has no price any more."""
    price = line.stockrecord.current_price()
    return price * quantity if price is not None else None


def _record_of(part: Part) -> StockRecord:
    assert part.record is not None  # a box that cannot be had is in no parcel
    return part.record


def _grams(contents: Contents, is_packed: bool) -> list[int]:
    """Chargeable grams of each thing in one box; packed at one place, of the wrapping last.

    A box as its maker filled it counts as it was weighed and measured, where it was.
    """
    box = contents.box
    if is_packed and contents.design is None and box.weight_grams:
        return [0] * len(contents.parts) + [chargeable_grams(box)]
    grams = [chargeable_grams(part.product) * part.quantity for part in contents.parts]
    return [*grams, contents.gift.wrapping_grams] if is_packed else grams


def chargeable_grams(product: Product) -> int:
    """The heavier of the scales and the tape: max(weight, length × width × height / 5000).

    A product without a packed weight counts as `settings.DEFAULT_PARCEL_GRAMS`.
    """
    weight = product.fact("weight_grams") or settings.DEFAULT_PARCEL_GRAMS
    sides = [product.fact(side) for side in ("length_cm", "width_cm", "height_cm")]
    if not all(sides):
        return int(weight)
    length, width, height = sides
    by_volume = Decimal(length * width * height * 1000) / CUBIC_CM_PER_KG
    return max(int(weight), int(by_volume.to_integral_value(rounding=ROUND_CEILING)))
