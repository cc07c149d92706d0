"""What a telephone number has done before with goods that were paid for at the door."""

from django.db.models import QuerySet
from django.utils.functional import cached_property

from catalogue.written import Asked, Written
from shop.order.models import Order, Parcel

Status = Parcel.Status


#: Asked with every price at the till; there are few of one number.
_REFUSED = Written(
    lambda: (
        Order.objects.filter(
            shipping_address__phone_number=Asked("phone"),
            payment_method="cod",
            parcels__status=Status.RETURNED,
        )
        .order_by()
        .values_list("pk")
        .distinct()
    )
)


class PhoneHistory:
    """Orders to one E.164 number, by what became of them; each is asked for when it is needed."""

    def __init__(self, phone: str) -> None:
        self._phone = phone
        self._orders = Order.objects.filter(shipping_address__phone_number=phone)

    @cached_property
    def delivered(self) -> int:
        """Orders of which a parcel was delivered, however they were paid."""
        return self._delivered.values("pk").distinct().count()

    @cached_property
    def refused(self) -> int:
        """Orders to be paid in cash of which a parcel came back."""
        return len(_REFUSED.rows(phone=self._phone))

    @cached_property
    def is_new(self) -> bool:
        """Nothing was ever delivered to it."""
        return not self._delivered.exists()

    @property
    def _delivered(self) -> QuerySet[Order]:
        return self._orders.filter(parcels__status=Status.DELIVERED)
