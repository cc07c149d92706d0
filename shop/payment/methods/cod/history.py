"""What a telephone number has done before with goods that were paid for at the door."""

from dataclasses import dataclass

from shop.order.models import Parcel


@dataclass(frozen=True)
class PhoneHistory:
    """Orders of one number, counted by what became of them, however they were paid."""

    delivered: int
    refused: int

    @property
    def is_new(self) -> bool:
        """Nothing was ever delivered to it."""
        return self.delivered == 0


def history_of(phone: str) -> PhoneHistory:
    """Orders to this E.164 number of which a parcel was delivered, or paid in cash and refused."""
    Status = Parcel.Status
    rows = (
        Parcel.objects.filter(
            order__shipping_address__phone_number=phone,
            status__in=[Status.DELIVERED, Status.RETURNED],
        )
        .values_list("order_id", "status", "order__payment_method")
        .distinct()
    )
    delivered, refused = set(), set()
    for order, status, method in rows:
        if status == Status.DELIVERED:
            delivered.add(order)
        elif method == "cod":
            refused.add(order)
    return PhoneHistory(len(delivered), len(refused))
