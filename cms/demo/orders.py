"""Sample orders of sample people: something to look at in the offices of staff and producers.

They are placed, paid, packed and sent by the services that real ones go through; only their dates
are moved back afterwards. Never in production.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from oscar.core.loading import get_model

from catalogue.models import Product
from cms.demo.people import may_have_known_passwords
from cms.demo.reading import read
from shop.basket.models import Basket
from shop.checkout.quote import Quote, Wishes, price_anew
from shop.checkout.shown import facts_of
from shop.order.cancelling import cancel_order
from shop.order.fulfilment import hand_over, mark_delivered, start_packing
from shop.order.messages import ask
from shop.order.models import Order, Parcel
from shop.order.placing import Placement, place_order
from shop.partner.models import StockRecord
from shop.partner.strategy import Selector
from shop.payment.models import Payment
from shop.payment.receiving import mark_received
from shop.places.models import Ward
from shop.returns.asking import report
from shop.returns.models import ReturnRequest
from shop.reviews.writing import hand_in

CARRIER, TRACKING = "Bưu điện (mẫu)", "MAU-{number}-{position}"
NOTE = "Đơn mẫu của cửa hàng trình diễn."
#: Usual days from the order to the carrier, and to the door.
SENT_AFTER, DELIVERED_AFTER = timedelta(days=1), timedelta(days=3)


def count() -> int:
    return len(read("orders")["orders"])


def load_orders(advance: Callable[[], None]) -> None:
    """The orders of the content file, each once; none in a shop that sells in earnest."""
    if not may_have_known_passwords():
        return
    for row in read("orders")["orders"]:
        if not Order.objects.filter(placement_key=_key(row)).exists():
            _load(row)
        advance()


def _key(row: dict[str, Any]) -> str:
    return f"demo-{row['key']}"


def _load(row: dict[str, Any]) -> None:
    order = _place(row)
    state = row["state"]
    payment = Payment.objects.get(order=order)
    if state != "waiting" and order.status == "pending-payment":
        mark_received(payment, by=None, note=NOTE)
    if state == "cancelled":
        cancel_order(order, reason=NOTE)
    for position, parcel in enumerate(order.parcels.order_by("position")):
        _move(parcel, state, is_first=position == 0)
    _say(order, row)
    _set_back(order, row["days_ago"])


def _place(row: dict[str, Any]) -> Order:
    buyer = get_user_model().objects.filter(email=row.get("buyer", "")).first()
    basket = Basket.objects.create(owner=buyer)
    basket.strategy = Selector().strategy()
    for sku, how_many in row["goods"].items():
        basket.add_product(_product(sku), how_many)
    ward = Ward.objects.select_related("province").get(code=row["ward"])
    wishes = Wishes(ward.province_id, "zone", row["payment"], row["phone"])
    price_anew(basket, buyer or AnonymousUser())
    placement = Placement(
        key=_key(row),
        address={
            "first_name": row["name"],
            "phone_number": row["phone"],
            "line1": row["street"],
            "line3": ward.full_name,
            "line4": ward.province.full_name,
            "ward_code": ward.code,
            "province_code": ward.province_id,
            "country": get_model("address", "Country").objects.get(pk="VN"),
        },
        wishes=wishes,
        language="vi",
        shown=facts_of(Quote(basket, wishes, buyer)),
        email=row.get("email", ""),
        note=NOTE,
    )
    return place_order(basket, placement, buyer)


def _product(sku: str) -> Product:
    return StockRecord.objects.select_related("product").get(partner_sku=sku).product


def _move(parcel: Parcel, state: str, *, is_first: bool) -> None:
    """As far as its order has come; of one that is sent in parts, only the first has left."""
    if state == "packing" or (state == "part-sent" and not is_first):
        start_packing(parcel)
    if state in ("sent", "delivered") or (state == "part-sent" and is_first):
        number = TRACKING.format(number=parcel.order.number, position=parcel.position)
        hand_over(parcel, CARRIER, number)
    if state == "delivered":
        mark_delivered(parcel)


def _say(order: Order, row: dict[str, Any]) -> None:
    """What its buyer asks, reports and thinks of it; a review waits for the moderators."""
    parcel = order.parcels.order_by("position").get(position=1)
    if "question" in row:
        ask(order, row["question"], parcel=parcel, by=order.user)
    line = parcel.lines.order_by("pk").first()
    if "report" in row and line is not None:
        report(
            parcel,
            {line.pk: 1},
            reason=ReturnRequest.Reason.BROKEN,
            words=row["report"],
            wish=ReturnRequest.Wish.REFUND,
            key=_key(row),
            by=order.user,
        )
    if "review" in row and line is not None and line.product is not None:
        product = line.product.parent or line.product
        hand_in(order.user, product, score=5, title="Đánh giá mẫu", body=row["review"])


def _set_back(order: Order, days: int) -> None:
    placed = timezone.now() - timedelta(days=days)
    Order.objects.filter(pk=order.pk).update(date_placed=placed)
    # Cash is paid at the door.
    paid = placed + DELIVERED_AFTER if order.payment_method == "cod" else placed
    Order.objects.filter(pk=order.pk, paid_at__isnull=False).update(paid_at=paid)
    for parcel in order.parcels.all():
        moved: dict[str, Any] = {"created_at": placed}
        for name in ("promised_from", "promised_to"):
            if (promised := getattr(parcel, name)) is not None:
                moved[name] = promised - timedelta(days=days)
        if parcel.shipped_at:
            moved["shipped_at"] = min(placed + SENT_AFTER, timezone.now())
        if parcel.delivered_at:
            moved["delivered_at"] = min(placed + DELIVERED_AFTER, timezone.now())
        Parcel.objects.filter(pk=parcel.pk).update(**moved)
