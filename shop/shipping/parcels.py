"""A basket parted into parcels: what each sender packs, how heavy it counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shop.partner.models import Partner
from shop.shipping.pieces import Piece, pieces_of


@dataclass
class ParcelPlan:
    """What one sender will pack of a basket, for one recipient. Grams, and whole đồng.

    `recipient` is None where everything goes to the order's own address.
    """

    producer: Partner
    pieces: list[Piece] = field(default_factory=list)
    recipient: Any = None

    @property
    def province_code(self) -> str:
        """Where its recipient lives; empty where it goes to the order's own address."""
        return self.recipient.province_code if self.recipient is not None else ""

    @property
    def lines(self) -> list[Any]:
        """The basket lines that it holds something of, each once."""
        return list({piece.line.pk: piece.line for piece in self.pieces}.values())

    @property
    def weight_grams(self) -> int:
        """Chargeable weight of all pieces together."""
        return sum(piece.grams for piece in self.pieces)

    @property
    def goods_total(self) -> Decimal:
        """What the goods cost after discounts."""
        return sum((piece.amount for piece in self.pieces), Decimal(0))

    @property
    def may_be_promoted(self) -> bool:
        """No drink of 15° or more inside: its delivery is not given away either (Luật 44/2019)."""
        return not any(piece.product.is_unpromotable for piece in self.pieces)

    @property
    def chilled(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.product.is_chilled]


def parcels_of(lines: Iterable[Any]) -> list[ParcelPlan]:
    """One parcel a sender, in the order in which their goods were put into the basket."""
    return parcels_with(piece for line in lines for piece in pieces_of(line))


def parcels_with(pieces: Iterable[Piece], recipient: Any = None) -> list[ParcelPlan]:
    """These pieces, one parcel a sender."""
    plans: dict[int, ParcelPlan] = {}
    for piece in pieces:
        sender = piece.sender
        plan = plans.setdefault(sender.pk, ParcelPlan(sender, recipient=recipient))
        plan.pieces.append(piece)
    return list(plans.values())
