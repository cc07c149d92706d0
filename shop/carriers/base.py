"""What every carrier answers, so that packing a parcel need not know which it is."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from shop.order.models import Parcel, ParcelEvent
from shop.places.models import Ward

if TYPE_CHECKING:
    from shop.carriers.models import Shipment


class CarrierFailed(Exception):
    """The carrier did not do it, or did not answer. The message is for the person who asked."""


@dataclass(eq=False)
class PlaceUnknown(CarrierFailed):
    """The carrier does not know one of our wards by its name: somebody must choose for it.

    `side` is `to` or `from`.
    """

    side: str
    words: str

    def __str__(self) -> str:
        return self.words


class Garbled(Exception):
    """A message that cannot be read."""


@dataclass(frozen=True)
class Made:
    """A shipment as the carrier made it. `fee` is đồng as told, None where it did not say."""

    tracking_number: str
    fee: Decimal | None = None
    expected_on: date | None = None


@dataclass(frozen=True)
class Message:
    """What a carrier tells of a shipment. `raw` is its own word for the status."""

    tracking_number: str
    raw: str
    status: ParcelEvent.Status
    happened_at: datetime
    reference: str = ""
    words: str = ""
    place: str = ""


class Carrier(ABC):
    """One carrier, one instance for every request. `code` is kept on shipments, never changed."""

    code: str
    label: str
    #: It fetches parcels when it is called over its network; else it is written down by hand.
    comes_when_called = False

    def is_set_up(self) -> bool:
        return True

    def refusal(self, parcel: Parcel) -> str:
        """Why it does not take this parcel, in words; empty when it does."""
        return ""

    @abstractmethod
    def tracking_url(self, number: str) -> str:
        """Where anybody may follow a shipment; empty where that is nowhere."""

    def quote(self, parcel: Parcel, places: Mapping[str, Any] | None = None) -> Decimal:
        """What it would ask for this parcel, đồng. Raises CarrierFailed. No transaction is open."""
        raise NotImplementedError

    def create(self, shipment: "Shipment", *, is_again: bool = False) -> Made:
        """Have it fetched, once under `shipment.reference` however often that is asked.

        `is_again` says that it was asked before and nobody knows what came of it. Raises
        CarrierFailed. Called outside of any transaction.
        """
        raise NotImplementedError

    def cancel(self, shipment: "Shipment") -> None:
        """Have it not fetched after all. Raises CarrierFailed. Outside of any transaction."""
        raise NotImplementedError

    def places_of(self, ward: Ward) -> list[tuple[str, str]]:
        """Its own places that a ward may be, (code, name) each; none where it does not know.

        Raises CarrierFailed.
        """
        return []

    def told_place(self, ward: Ward, code: str) -> dict[str, Any] | None:
        """What is kept of a place chosen by its code; None for a code that cannot be one."""
        return None

    def label_url(self, shipment: "Shipment") -> str:
        """Where its own label can be printed now. Raises CarrierFailed."""
        raise NotImplementedError

    def is_theirs(self, request: HttpRequest) -> bool:
        """Whether a message comes from it."""
        return False

    def read(self, body: bytes) -> Message | None:
        """A message; None for one that says nothing of a parcel. Raises Garbled."""
        raise NotImplementedError
