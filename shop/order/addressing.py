"""Another address for an order that nobody has packed yet; what was written before is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.money import format_dong, to_dong
from shop.order.letters import NOT_YET_WORK, tell_sender, write_address_letter
from shop.order.models import AddressChange, Order, Parcel, Recipient, ShippingAddress
from shop.payment.changing import context_of
from shop.payment.models import Refund
from shop.payment.refunding import ask_refund
from shop.payment.registry import method_of
from shop.shipping.terms import Terms, terms_at
from shop.shipping.zones import zone_between

NOTHING = Decimal(0)
State = AddressChange.State
#: What an address says; the rest of a row is Oscar's.
TOLD = ("first_name", "phone_number", "line1", "line3", "line4", "province_code", "ward_code")


class CannotMove(Exception):
    """The address stays. The message is for the person who asked."""


class ChangesMore(Exception):
    """With this address more would change than the address: the shop has to be asked.

    `difference` is đồng, what delivery there costs more; the message says what changes.
    """

    def __init__(self, words: str, difference: Decimal = NOTHING) -> None:
        super().__init__(words)
        self.difference = difference


@dataclass(frozen=True)
class Verdict:
    """What an address would change beside itself; nothing when `words` is empty."""

    words: str = ""
    difference: Decimal = NOTHING


def may_move(order: Order, parcels: list[Parcel]) -> bool:
    """Nothing that goes there is packed yet. `parcels` are those of the address."""
    return order.status != "cancelled" and all(
        parcel.status == Parcel.Status.NEW for parcel in parcels
    )


def parcels_to(order: Order, recipient: Recipient | None) -> list[Parcel]:
    """The parcels that go to the order's own address, or to one of its recipients."""
    rows = order.parcels.select_related("producer__ward", "recipient").prefetch_related(
        "lines__product__parent"
    )
    if recipient is not None:
        return list(rows.filter(recipient=recipient))
    own = order.shipping_address_id
    return [p for p in rows if p.recipient is None or p.recipient.address_id == own]


def verdict_on(order: Order, parcels: list[Parcel], values: Mapping[str, Any]) -> Verdict:
    """Whether fee and rules stay the same with the new address (`VietnameseAddressMixin`)."""
    province = str(values["province_code"])
    terms = terms_at()
    if not terms.takes_chilled(province) and (cold := _cold_titles(parcels)):
        return Verdict(
            _("%(names)s cần giữ lạnh, chưa giao được đến tỉnh này.") % {"names": ", ".join(cold)}
        )
    method = method_of(order.payment_method)
    if method is not None and order.payment.is_open and parcels:
        phone = str(values["phone_number"] or "")
        context = replace(context_of(order), phone=phone, province_code=province)
        if refusal := method.refusal(context):
            return Verdict(refusal)
    difference = sum((_more_for(parcel, province, terms) for parcel in parcels), NOTHING)
    if difference:
        more = format_dong(abs(difference))
        words = (
            _("Giao đến địa chỉ này phí cao hơn %(sum)s.")
            if difference > 0
            else _("Giao đến địa chỉ này phí thấp hơn %(sum)s.")
        )
        return Verdict(words % {"sum": more}, difference)
    if any(_is_agreed_elsewhere(parcel, order, province) for parcel in parcels):
        return Verdict(_("Phí giao của đơn này đã thỏa thuận cho tỉnh cũ."))
    return Verdict()


def _cold_titles(parcels: list[Parcel]) -> list[str]:
    lines = (line for parcel in parcels for line in parcel.lines.all())
    cold = (each.title for each in lines if each.product is not None and each.product.is_chilled)
    return list(dict.fromkeys(cold))


def _more_for(parcel: Parcel, province: str, terms: Terms) -> Decimal:
    """What the way to another province costs more than the one that was charged, đồng."""
    told = parcel.charge_breakdown
    old, new = told.get("zone"), zone_between(parcel.producer, province)
    if not old or old == new:
        return NOTHING
    rate = terms.rates.get(new or "")
    if rate is None:
        raise CannotMove(_("Chưa có cước giao đến tỉnh này. Hãy hỏi cửa hàng ở trang đơn."))
    goods = sum((line.line_price_incl_tax for line in parcel.lines.all()), NOTHING)
    was_free = told.get("free_from") is not None
    is_free = was_free and rate.free_from is not None and goods >= rate.free_from
    before = NOTHING if was_free else Decimal(told.get("full_price", parcel.charge))
    return (NOTHING if is_free else to_dong(rate.price_for(parcel.weight_grams))) - before


def _is_agreed_elsewhere(parcel: Parcel, order: Order, province: str) -> bool:
    return "agreed" in parcel.charge_breakdown and parcel.address.province_code != province


@transaction.atomic
def change_address(
    order: Order,
    values: Mapping[str, Any],
    *,
    recipient: Recipient | None = None,
    ask: bool = False,
    by: Any = None,
) -> AddressChange | None:
    """Send what is not packed yet elsewhere, or to somebody else; None when nothing differs.

    Raises CannotMove once packing began, ChangesMore when fee or rules would not stay the same:
    with `ask` that is written down for the shop to decide.
    """
    locked = Order.objects.select_for_update().get(pk=order.pk)
    if recipient is not None:
        recipient = Recipient.objects.select_related("address").get(pk=recipient.pk, order=locked)
    parcels = parcels_to(locked, recipient)
    if not may_move(locked, parcels):
        raise CannotMove(
            _("Đơn đang được đóng gói nên không tự đổi được. Hãy hỏi cửa hàng ở trang đơn.")
        )
    old = recipient.address if recipient is not None else locked.shipping_address
    if not _differs(old, values):
        return None
    verdict = verdict_on(locked, parcels, values)
    if verdict.words and not ask:
        raise ChangesMore(verdict.words, verdict.difference)
    asked = AddressChange.objects.filter(order=locked, recipient=recipient, state=State.ASKED)
    for waiting in asked.select_related("new"):
        if verdict.words and not _differs(waiting.new, values):
            return waiting
    asked.update(state=State.DECLINED, decided_at=timezone.now())
    change = AddressChange.objects.create(
        order=locked,
        recipient=recipient,
        old=old,
        new=ShippingAddress.objects.create(**_columns(values, old)),
        state=State.ASKED if verdict.words else State.DONE,
        fee_difference=verdict.difference,
        words=verdict.words[:300],
        by=by,
    )
    if not verdict.words:
        _move(locked, change, parcels)
    return change


@transaction.atomic
def decide(change: AddressChange, *, agree: bool, by: Any) -> AddressChange:
    """Staff agree to an address that was asked for, at no further cost, or do not; once.

    What delivery there costs less is given back of what was paid. Raises CannotMove when packing
    began meanwhile, or the order was cancelled.
    """
    order = Order.objects.select_for_update().get(pk=change.order_id)
    locked = AddressChange.objects.select_for_update().get(pk=change.pk)
    if agree and order.status == "cancelled":
        raise CannotMove(_("Đơn đã hủy nên không đổi địa chỉ nữa."))
    if locked.state != State.ASKED:
        return locked
    if agree:
        parcels = parcels_to(order, locked.recipient)
        if not may_move(order, parcels):
            raise CannotMove(_("Đã bắt đầu đóng gói: hãy gọi cho nhà sản xuất."))
        _move(order, locked, parcels)
        _give_back_less(order, locked, by)
    locked.state = State.DONE if agree else State.DECLINED
    locked.decided_by, locked.decided_at = by, timezone.now()
    locked.save(update_fields=["state", "decided_by", "decided_at"])
    write_address_letter(order, locked)
    return locked


def _give_back_less(order: Order, change: AddressChange, by: Any) -> None:
    """The fee is lower there: the difference of a paid order goes back, once for each change.

    An order that is not paid yet keeps its total; its letter says so.
    """
    payment = order.payment
    less = -change.fee_difference
    if less > 0 and payment.state in payment.SETTLED and payment.refundable >= less:
        reason = _("Phí giao đến địa chỉ mới thấp hơn.")
        key, shop = f"address:{change.pk}", Refund.Bearer.SHOP
        ask_refund(payment, reason=reason, amount=less, by=by, key=key, borne_by=shop)


def waiting() -> Any:
    """Changes that were asked for and nobody decided, the oldest first."""
    return AddressChange.objects.filter(state=State.ASKED).select_related(
        "order", "old", "new", "recipient"
    )


def _move(order: Order, change: AddressChange, parcels: list[Parcel]) -> None:
    """Point at the new row. The order's own address is also its single recipient's."""
    if change.recipient_id is not None:
        Recipient.objects.filter(pk=change.recipient_id).update(address=change.new)
    if change.recipient_id is None or change.old_id == order.shipping_address_id:
        Recipient.objects.filter(order=order, address=change.old_id).update(address=change.new)
        Order.objects.filter(pk=order.pk).update(shipping_address=change.new)
    if order.status not in NOT_YET_WORK:
        for parcel in parcels:
            tell_sender(parcel, _moved, key=f"moved:{change.pk}:{parcel.pk}")


def _moved(parcel: str) -> str:
    return _("Kiện %(parcel)s gửi đến địa chỉ mới.") % {"parcel": parcel}


def _differs(old: ShippingAddress, values: Mapping[str, Any] | ShippingAddress) -> bool:
    told = values if isinstance(values, Mapping) else {n: getattr(values, n) for n in TOLD}
    return any(str(getattr(old, name) or "") != str(told[name] or "") for name in TOLD)


def _columns(values: Mapping[str, Any], old: ShippingAddress) -> dict[str, Any]:
    return {**{name: values[name] for name in TOLD}, "country": old.country}
