"""A basket parted into parcels: what each sender packs, how heavy it counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from catalogue.models.label import FreightClass
from shop.partner.models import Partner
from shop.shipping.pieces import Piece, pieces_of


@dataclass
class ParcelPlan:
    """What one sender will pack of a basket, for one recipient. Grams, and whole đồng.

    `recipient` is None where everything goes to the order's own address. What must be kept cold
    travels by itself (`is_chilled`), never with the rest.
    """

    producer: Partner
    pieces: list[Piece] = field(default_factory=list)
    recipient: Any = None
    is_chilled: bool = False

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
        """The things that ask for cold."""
        return [piece for piece in self.pieces if piece.product.is_chilled]

    @property
    def liquids(self) -> int:
        """Bottles and jars in it, as they are sold."""
        return sum(
            piece.quantity
            for piece in self.pieces
            if not piece.is_wrapping
            and piece.product.canonical.freight_class == FreightClass.LIQUID
        )

    @property
    def lead_days(self) -> int:
        """Days that the gift boxes in it take to be gathered and packed."""
        return max(
            (p.contents.gift.lead_days for p in self.pieces if p.contents is not None), default=0
        )


def parcels_of(lines: Iterable[Any]) -> list[ParcelPlan]:
    """One parcel a sender and temperature, in the order in which goods came into the basket."""
    return parcels_with(piece for line in lines for piece in pieces_of(line))


def parcels_with(pieces: Iterable[Piece], recipient: Any = None) -> list[ParcelPlan]:
    """These pieces, one parcel a sender, and another for what its sender must keep cold."""
    plans: dict[tuple[int, bool], ParcelPlan] = {}
    for piece in pieces:
        key = (piece.sender.pk, piece.is_chilled)
        plan = plans.setdefault(
            key, ParcelPlan(piece.sender, recipient=recipient, is_chilled=piece.is_chilled)
        )
        plan.pieces.append(piece)
    return list(plans.values())
