"""What the page of a parcel says of carriers."""

from collections.abc import Sequence
from dataclasses import dataclass

from shop.carriers.base import Carrier
from shop.carriers.models import Shipment
from shop.carriers.registry import all_carriers, carriers_to_call
from shop.order.lots import NOT_GONE
from shop.order.models import Parcel, ParcelEvent


@dataclass(frozen=True)
class Called:
    """Who may be called, who was, and what came back. `refusals` are by carrier, in words."""

    shipment: Shipment | None
    carriers: Sequence[tuple[Carrier, str]]
    events: Sequence[ParcelEvent]

    @property
    def label(self) -> str:
        """The name of the carrier that was called."""
        code = self.shipment.carrier if self.shipment else ""
        return next((each.label for each in all_carriers() if each.code == code), code)

    @property
    def is_coming(self) -> bool:
        return self.shipment is not None and self.shipment.state == Shipment.State.CREATED

    @property
    def hand_over(self) -> dict[str, str]:
        """What the form of handing over is filled with."""
        if self.shipment is None or not self.is_coming:
            return {}
        return {"carrier": self.label, "tracking_number": self.shipment.tracking_number}

    @property
    def has_come_back(self) -> bool:
        """The carrier says that it brought the parcel back: its producer counts what is sound."""
        last = self.events[-1] if self.events else None
        return last is not None and last.status == ParcelEvent.Status.RETURNED


def called_for(parcel: Parcel) -> Called:
    """Two small queries of one parcel; of one that nobody was called for and is here, one."""
    shipment = parcel.shipments.exclude(state=Shipment.State.CANCELLED).first()
    carriers = [] if "pickup" in parcel.charge_breakdown else carriers_to_call()
    is_quiet = shipment is None and parcel.status in NOT_GONE
    return Called(
        shipment=shipment,
        carriers=[(each, each.refusal(parcel)) for each in carriers],
        events=[] if is_quiet else list(parcel.events.all()),
    )
