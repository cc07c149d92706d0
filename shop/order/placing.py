"""Placing an order: everything in one transaction, or nothing at all.

The order of locks is the same for everybody (basket, vouchers, offers with a cap, stock rows by
key), so that two orders wait for each other and never for ever.
"""

import logging
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.apps.checkout.applicator import SurchargeList, SurchargePrice
from oscar.core import prices
from oscar.core.loading import get_model
from structlog.contextvars import bind_contextvars

from shop.address.models import UserAddress
from shop.basket.models import Basket
from shop.checkout.agreed import Agreed
from shop.checkout.quote import Quote, Wishes, apply_offers, offers_for
from shop.checkout.shown import changes_since
from shop.contracts.freezing import freeze_summary
from shop.giving.dates import refused_day, spoiled_lines
from shop.giving.sharing import what_is_not_shared
from shop.giving.wishes import GiftWishes
from shop.invoices.requesting import InvoiceDetails, freeze_invoice_request
from shop.order.letters import write_placed_letters
from shop.order.models import Order, ShippingAddress
from shop.order.numbers import random_number
from shop.order.utils import OrderCreator
from shop.partner.stock import OutOfStock
from shop.partner.strategy import Selector
from shop.payment.methods.base import PaymentMethod
from shop.payment.opening import open_payment
from shop.shipping.pieces import Piece

ConditionalOffer = get_model("offer", "ConditionalOffer")
Voucher = get_model("voucher", "Voucher")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Placement:
    """What the buyer asked for, cleaned by the checkout form.

    `address` holds the columns of `VietnameseAddressMixin`; `key` is the form's own; `shown` is
    what the form was shown with (`shop.checkout.shown`), None for nothing.
    """

    key: str
    address: dict[str, Any]
    wishes: Wishes
    language: str
    shown: dict[str, Any] | None
    email: str = ""
    note: str = ""
    is_adult: bool = False
    save_address: bool = False
    invoice: InvoiceDetails | None = None
    gift: GiftWishes | None = None
    buyer_phone: str = ""

    @property
    def deliver_on(self) -> date | None:
        return self.gift.deliver_on if self.gift is not None else None


@dataclass(eq=False)
class NotPlaced(Exception):
    """The order was not placed and nothing was written. What to tell the buyer, and where.

    `changes` concern the whole order; `lines` holds words by basket line key; `fields` words by
    form field.
    """

    changes: list[str] = field(default_factory=list)
    lines: dict[int, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return "; ".join([*self.changes, *self.lines.values(), *self.fields.values()])


class AlreadyOrdered(Exception):
    """The basket became an order meanwhile, in another tab."""

    def __init__(self, order: Order | None) -> None:
        self.order = order
        super().__init__("the basket is ordered already")


def order_of_key(key: str) -> Order | None:
    """The order that this form wrote before, if it did."""
    return Order.objects.filter(placement_key=key).first() if key else None


def place_order(basket: Basket, placement: Placement, user: Any = None) -> Order:
    """Write the order of `basket`, once for each placement key.

    The same key again gives the same order, also when both come at the same moment. Raises
    NotPlaced when something changed or is not there, AlreadyOrdered when another form's order
    took the basket. After either, nothing of it is in the database.
    """
    for _attempt in range(3):
        try:
            with transaction.atomic():
                return _place(basket.pk, placement, user or AnonymousUser())
        except (NotPlaced, AlreadyOrdered):
            # The other click may have committed while this one waited for its rows.
            if (done := order_of_key(placement.key)) is not None:
                return done
            raise
        except IntegrityError:
            # Either that, or an order number that is taken: then once more.
            logger.info("placing %s met a unique row", placement.key, exc_info=True)
            if (done := order_of_key(placement.key)) is not None:
                return done
    raise RuntimeError(f"placing {placement.key} failed three times")


def _place(basket_pk: int, placement: Placement, user: Any) -> Order:
    basket = _locked_basket(basket_pk, user)
    _lock_vouchers(basket)
    apply_offers(basket, _locked_offers(basket, user))
    quote = Quote(basket, placement.wishes, user)
    _refuse_what_changed(quote, placement)
    _keep_only_used_vouchers(basket)
    _load_what_lines_remember(quote)
    creator = OrderCreator(quote.charges, gift=placement.gift, cod_fees=quote.cod_fees)
    order = _write(creator, basket, quote, placement, user)
    # Whatever is logged from here on in this request names the order.
    bind_contextvars(order=order.number)
    basket.submit()
    if placement.save_address and user.is_authenticated:
        _remember_address(user, placement.address)
    payment = quote.payment
    assert payment is not None  # refused above
    _open_payment(order, payment.method, placement.wishes.agreed)
    payment.method.start(order)
    freeze_summary(order, freeze_invoice_request(order, placement.invoice), creator.parcels)
    write_placed_letters(order, creator.parcels)
    # Last: who buys the same thing at the same moment waits for this row, and no longer than for
    # the commit. After offers and vouchers, as where an order falls (`order.cancelling`).
    _allocate(quote)
    return order


def _open_payment(order: Order, method: PaymentMethod, agreed: Agreed | None) -> None:
    if agreed is None:
        open_payment(order, method)
        return
    open_payment(
        order,
        method,
        deposit=agreed.deposit,
        rest_due_on=agreed.rest_due_on,
        held_until=agreed.held_until,
    )


def _locked_basket(pk: int, user: Any) -> Basket:
    basket = Basket.objects.select_for_update().filter(pk=pk).first()
    if basket is None or basket.status != Basket.OPEN:
        raise AlreadyOrdered(Order.objects.filter(basket_id=pk).first())
    basket.strategy = Selector().strategy(user=user)
    if basket.owner_id and basket.owner_id == user.pk:
        basket.owner = user
    return basket


def _lock_vouchers(basket: Basket) -> None:
    """Hold what can be used up, before it is asked whether it is. Nobody reads them again."""
    locked = Voucher.objects.select_for_update().order_by("pk")
    prefetch_related_objects([basket], Prefetch("vouchers", queryset=locked))


def _locked_offers(basket: Basket, user: Any) -> list[Any]:
    """The offers of this basket, those with a cap held and read under their lock."""
    offers = offers_for(basket, user)
    capped = {offer.pk for offer in offers if _is_capped(offer)}
    if not capped:
        return offers
    list(ConditionalOffer.objects.select_for_update().filter(pk__in=capped).order_by("pk"))
    return offers_for(basket, user)


def _is_capped(offer: Any) -> bool:
    return offer.max_global_applications is not None or offer.max_discount is not None


def _refuse_what_changed(quote: Quote, placement: Placement) -> None:
    """Raises NotPlaced with all that is wrong at once, not one thing a click."""
    refusal = NotPlaced()
    if not quote.lines:
        refusal.changes.append(_("Giỏ hàng đang trống."))
    refusal.lines = {
        **what_is_not_shared(quote.recipients, quote.lines),
        **spoiled_lines(quote, placement.deliver_on),
        **{line.pk: line.trouble for line in quote.troubled_lines},
    }
    if words := refused_day(quote, placement.deliver_on):
        refusal.fields["deliver_on"] = words
    if quote.shipping is None:
        refusal.fields["delivery"] = _("Cách giao này không còn dùng được. Hãy chọn cách khác.")
    if quote.payment is None:
        refusal.fields["payment"] = _refused_payment(quote)
    if quote.has_alcohol and not placement.is_adult:
        refusal.fields["adult"] = _("Hãy xác nhận người mua và người nhận đã đủ 18 tuổi.")
    # What was agreed on is not shown again: it is not the shop's to change.
    if not refusal.lines and not refusal.fields and placement.wishes.agreed is None:
        refusal.changes.extend(changes_since(placement.shown, quote))
    if refusal.changes or refusal.lines or refusal.fields:
        raise refusal


def _refused_payment(quote: Quote) -> str:
    for choice in quote.payment_choices:
        if choice.method.code == quote.wishes.payment_code and choice.refusal:
            return choice.refusal
    return _("Hãy chọn một cách trả tiền.")


def _allocate(quote: Quote) -> None:
    """Promise the stock of every piece, in key order. Raises NotPlaced naming all that lack.

    The same goods by themselves and in boxes are promised together: they come off one shelf.
    """
    asked: dict[int, int] = {}
    records: dict[int, Any] = {}
    users: dict[int, list[Piece]] = {}
    for piece in (piece for plan in quote.parcels for piece in plan.pieces):
        record = piece.stockrecord
        if piece.is_wrapping and record.num_in_stock is None:
            continue  # wrappings that nobody counts
        records[record.pk] = record
        asked[record.pk] = asked.get(record.pk, 0) + piece.quantity
        users.setdefault(record.pk, []).append(piece)
    short: dict[int, str] = {}
    for key in sorted(records):
        try:
            records[key].allocate(asked[key])
        except OutOfStock as gone:
            short |= {piece.line.pk: _lacks(piece, gone) for piece in users[key]}
    if short:
        raise NotPlaced(lines=short)


def _lacks(piece: Piece, gone: OutOfStock) -> str:
    """Why a line cannot be had, with the thing in its box that lacks."""
    facts = {"left": gone.left, "asked": gone.asked, "title": piece.product.display_title}
    if piece.in_box and not piece.is_wrapping:
        return (
            _("%(title)s trong hộp chỉ còn %(left)s, bạn đang đặt %(asked)s.") % facts
            if gone.left
            else _("%(title)s trong hộp vừa hết hàng.") % facts
        )
    return (
        _("Chỉ còn %(left)s, bạn đang đặt %(asked)s.") % facts
        if gone.left
        else _("Vừa hết hàng: người khác đã đặt trước bạn.")
    )


def _load_what_lines_remember(quote: Quote) -> None:
    products = [piece.product for plan in quote.parcels for piece in plan.pieces]
    prefetch_related_objects([product.canonical for product in products], "certificates")
    if any(line.contents for line in quote.lines):
        owners = [*products, *(product.parent for product in products if product.is_child)]
        prefetch_related_objects(owners, "images__original")


def _keep_only_used_vouchers(basket: Basket) -> None:
    """A voucher that gave nothing is not used up by this order."""
    if not basket.vouchers.all():
        return
    used = {
        application["voucher"].pk
        for application in basket.offer_applications
        if application["voucher"]
    }
    unused = basket.vouchers.exclude(pk__in=used)
    if unused.exists():
        basket.vouchers.remove(*unused)


def _write(
    creator: OrderCreator, basket: Basket, quote: Quote, placement: Placement, user: Any
) -> Order:
    shipping, payment = quote.shipping, quote.payment
    assert shipping is not None and payment is not None
    address = ShippingAddress(**placement.address, notes=placement.note)
    address.save()
    return creator.place_order(
        basket=basket,
        total=prices.Price(currency="VND", excl_tax=quote.total, incl_tax=quote.total),
        shipping_method=shipping,
        shipping_charge=shipping.calculate(basket),
        user=user,
        shipping_address=address,
        order_number=random_number(),
        status=payment.method.status_for(quote.payment_context),
        surcharges=_surcharges(quote),
        guest_email=""
        if user.is_authenticated and placement.email == user.email
        else placement.email,
        language=placement.language,
        placement_key=placement.key,
        payment_method=payment.method.code,
        buyer_note=placement.note,
        buyer_phone=placement.buyer_phone,
        age_confirmed_at=timezone.now() if quote.has_alcohol else None,
    )


@dataclass(frozen=True)
class _Fee:
    name: str
    code: str


def _surcharges(quote: Quote) -> SurchargeList | None:
    agreed = quote.wishes.agreed
    fees = [(_Fee(fee.name, fee.code), fee.amount) for fee in agreed.fees] if agreed else []
    if quote.surcharge and quote.payment is not None:
        method = quote.payment.method
        fees.append((_Fee(str(method.label), method.code), quote.surcharge))
    if not fees:
        return None
    return SurchargeList(
        SurchargePrice(fee, prices.Price("VND", excl_tax=amount, tax=Decimal(0)))
        for fee, amount in fees
    )


def _remember_address(user: Any, values: dict[str, Any]) -> None:
    """Into the buyer's book, once; the first one is the usual one."""
    address = UserAddress(user=user, **values)
    book = UserAddress.objects.filter(user=user)
    if not book.filter(hash=address.generate_hash()).exists():
        address.is_default_for_shipping = not book.exists()
        address.save()
