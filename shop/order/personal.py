"""Orders: kept whole until their term ends, then without anybody in them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.apps.order.models import (
    BillingAddress,
    LineAttribute,
    OrderDiscount,
    OrderNote,
    ShippingEvent,
    Surcharge,
)
from oscar.apps.voucher.models import VoucherApplication

from shop.carriers.models import Shipment
from shop.order.models import (
    AddressChange,
    Line,
    Order,
    OrderBox,
    OrderMessage,
    Parcel,
    ParcelEvent,
    Recipient,
    ShippingAddress,
)
from shop.payment.models import MoneyReceived, Payment, Refund
from shop.personal.registry import ErasureWishes, Person, Room, Trace, forget_changes
from shop.personal.rows import dump

#: Statuses in which nothing more is to come.
OVER = ("completed", "returned", "cancelled")
#: Columns of an address that lead to a person; commune and province stay, with their codes.
_ADDRESS = ("title", "first_name", "last_name", "line1", "line2", "state", "postcode")


class OrderRoom(Room):
    name = "orders"
    title = gettext_lazy("Đơn hàng")
    holds = (
        "order.Order",
        "order.Line",
        "order.LinePrice",
        "order.LineAttribute",
        "order.OrderBox",
        "order.Parcel",
        "order.ParcelEvent",
        "order.OrderMessage",
        "order.OrderNote",
        "order.OrderDiscount",
        "order.OrderLineDiscount",
        "order.OrderStatusChange",
        "order.Surcharge",
        "order.Recipient",
        "order.ShippingAddress",
        "order.BillingAddress",
        "order.AddressChange",
        "order.CommunicationEvent",
        "order.ShippingEvent",
        "order.ShippingEventQuantity",
        "order.PaymentEvent",
        "order.PaymentEventQuantity",
        "carriers.Shipment",
        "voucher.VoucherApplication",
    )

    def refusals(self, person: Person) -> list[str]:
        numbers = person.orders.exclude(status__in=OVER).values_list("number", flat=True)
        return [
            _("Đơn %(number)s chưa xong.") % {"number": number} for number in numbers.order_by("pk")
        ]

    def export(self, person: Person) -> Any:
        orders = person.orders.values("pk")
        parcels = Parcel.objects.filter(order__in=orders)
        return {
            "orders": dump(person.orders, leave_out=("analytics_tracked", "site", "basket")),
            "lines": dump(
                Line.objects.filter(order__in=orders),
                leave_out=("shop_share", "supply_price", "num_allocated", "allocation_cancelled"),
            ),
            "boxes": dump(OrderBox.objects.filter(order__in=orders)),
            "addresses": dump(ShippingAddress.objects.filter(_addresses_of(orders))),
            "recipients": dump(Recipient.objects.filter(order__in=orders)),
            "address_changes": dump(
                AddressChange.objects.filter(order__in=orders), leave_out=("by", "decided_by")
            ),
            "discounts": dump(OrderDiscount.objects.filter(order__in=orders)),
            "surcharges": dump(Surcharge.objects.filter(order__in=orders)),
            "parcels": dump(parcels, also=("producer__name",)),
            "parcel_events": dump(ParcelEvent.objects.filter(parcel__in=parcels)),
            "messages": dump(OrderMessage.objects.filter(order__in=orders), leave_out=("by",)),
        }

    def erase(self, person: Person, wishes: ErasureWishes, trace: Trace) -> int:
        """Nothing goes yet; the contact that the contract needs must not go with the account."""
        user = person.user
        if user:
            VoucherApplication.objects.filter(user=user).update(user=None)
            user.orders.filter(guest_email="").update(guest_email=user.email)
            user.orders.update(user=None)
        return 0

    def anonymise(self, orders: Sequence[int], trace: Trace) -> None:
        addresses = list(
            ShippingAddress.objects.filter(_addresses_of(orders)).values_list("pk", flat=True)
        )
        blank: dict[str, Any] = {**dict.fromkeys((*_ADDRESS, "search_text"), ""), "code": None}
        ShippingAddress.objects.filter(pk__in=addresses).update(**blank, notes="", phone_number="")
        BillingAddress.objects.filter(order__in=orders).update(**blank)
        Order.objects.filter(pk__in=orders).update(guest_email="", buyer_note="", buyer_phone="")
        Recipient.objects.filter(order__in=orders).update(greeting="", sender_name="")
        AddressChange.objects.filter(order__in=orders).update(words="")
        OrderMessage.objects.filter(order__in=orders).delete()
        OrderNote.objects.filter(order__in=orders).delete()
        LineAttribute.objects.filter(line__order__in=orders).delete()
        Line.objects.filter(order__in=orders).update(partner_line_notes="")
        parcels = Parcel.objects.filter(order__in=orders)
        parcels.update(tracking_number="")
        ParcelEvent.objects.filter(parcel__in=parcels).update(words="", place="")
        Shipment.objects.filter(parcel__in=parcels).update(tracking_number="")
        ShippingEvent.objects.filter(order__in=orders).update(notes="")
        _forget_changes(orders)


def _addresses_of(orders: Any) -> Q:
    changes = AddressChange.objects.filter(order__in=orders)
    return (
        Q(order__in=orders)
        | Q(pk__in=Recipient.objects.filter(order__in=orders).values("address"))
        | Q(pk__in=changes.values("old"))
        | Q(pk__in=changes.values("new"))
    )


def _forget_changes(orders: Sequence[int]) -> None:
    """Reasons and tracking numbers stand in the log of changes too."""
    forget_changes(Order.objects.filter(pk__in=orders))
    forget_changes(Parcel.objects.filter(order__in=orders))
    forget_changes(Payment.objects.filter(order__in=orders))
    forget_changes(Refund.objects.filter(payment__order__in=orders))
    forget_changes(MoneyReceived.objects.filter(payment__order__in=orders))
