"""What an order will cost and why, worked out in one place for every page and for placing."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import cached_property
from oscar.core.loading import get_class

from shop.checkout.agreed import Agreed
from shop.giving.sharing import parcels_to, recipients_of
from shop.payment.methods.base import PaymentContext
from shop.payment.registry import PaymentChoice, available
from shop.shipping.charging import ParcelCharge
from shop.shipping.methods import AgreedDelivery
from shop.shipping.parcels import ParcelPlan, parcels_of
from shop.shipping.repository import Repository, priced
from shop.shipping.rules import Per
from shop.shipping.terms import Terms, terms_at

Applicator = get_class("offer.applicator", "Applicator")
NOTHING = Decimal(0)
#: Code of cash on delivery (`shop.payment.methods.cod`).
COD = "cod"


@dataclass(frozen=True)
class Wishes:
    """What the buyer chose so far; empty strings for what is still open."""

    province_code: str = ""
    shipping_code: str = ""
    payment_code: str = ""
    phone: str = ""
    is_gift: bool = False
    #: What was agreed on beforehand, for an order that comes of a quotation.
    agreed: Agreed | None = None


@dataclass(frozen=True)
class Discount:
    """A voucher's or an offer's name and what it takes off the goods, đồng."""

    name: str
    amount: Decimal
    voucher_code: str = ""


class Quote:
    """The price of a basket for one set of wishes. Reads the basket once; holds no decision."""

    def __init__(self, basket: Any, wishes: Wishes, user: Any = None) -> None:
        self.basket = basket
        self.wishes = wishes
        self.user = user
        self.lines = list(basket.all_lines())

    # --- Goods ------------------------------------------------------------------------------

    @cached_property
    def buyable_lines(self) -> list[Any]:
        """Lines with a price; one that is gone is shown, not counted."""
        return priced(self.lines)

    @cached_property
    def recipients(self) -> list[Any]:
        """Where the basket goes, where that is several places; none for the buyer's own."""
        return recipients_of(self.basket)

    @cached_property
    def parcels(self) -> list[ParcelPlan]:
        if self.recipients:
            return parcels_to(self.recipients, self.buyable_lines)
        return parcels_of(self.buyable_lines)

    @property
    def goods_total(self) -> Decimal:
        """Before discounts."""
        return sum((line.line_price_incl_tax for line in self.buyable_lines), NOTHING)

    @cached_property
    def discounts(self) -> list[Discount]:
        return [
            Discount(
                name=application["name"] or "",
                amount=application["discount"],
                voucher_code=application["voucher"].code if application["voucher"] else "",
            )
            for application in self.basket.offer_applications
            if application["discount"]
        ]

    @property
    def has_alcohol(self) -> bool:
        return any(line.is_alcohol for line in self.lines)

    @property
    def troubled_lines(self) -> list[Any]:
        """Lines that cannot be bought as they are."""
        return [line for line in self.lines if not line.is_buyable]

    # --- Delivery ---------------------------------------------------------------------------

    @cached_property
    def terms(self) -> Terms:
        """The tables of delivery as they are at this moment."""
        return terms_at()

    @cached_property
    def shipping_choices(self) -> list[Any]:
        """Ways of delivery to show; the refused ones say why."""
        return Repository().choices(
            self.basket, self.wishes.province_code, self.parcels, self.terms
        )

    @cached_property
    def shipping(self) -> Any | None:
        """The chosen way, the first open one while none was chosen; None where none is open."""
        if self.wishes.agreed is not None:
            return AgreedDelivery(
                self.parcels, self.wishes.agreed.delivery, self.wishes.province_code, self.terms
            )
        open_ways = [way for way in self.shipping_choices if way.refusal is None]
        if self.wishes.shipping_code:
            return next((w for w in open_ways if w.code == self.wishes.shipping_code), None)
        # Fetching it oneself is for those who say so: it is never assumed.
        return next((way for way in open_ways if not way.is_pickup), None)

    @cached_property
    def charges(self) -> list[ParcelCharge]:
        return self.shipping.charges() if self.shipping is not None else []

    @property
    def shipping_total(self) -> Decimal | None:
        """None until a way of delivery is known."""
        if self.shipping is None:
            return None
        return sum((charge.amount for charge in self.charges), NOTHING)

    def charge_of(self, plan: ParcelPlan) -> ParcelCharge | None:
        return next((each for each in self.charges if each.plan is plan), None)

    # --- Payment ----------------------------------------------------------------------------

    @property
    def total_before_surcharge(self) -> Decimal:
        goods = self.goods_total - sum((each.amount for each in self.discounts), NOTHING)
        fees = self.wishes.agreed.fees_total if self.wishes.agreed is not None else NOTHING
        return goods + fees + (self.shipping_total or NOTHING)

    @cached_property
    def payment_context(self) -> PaymentContext:
        return PaymentContext(
            total=self.total_before_surcharge,
            has_alcohol=self.has_alcohol,
            phone=self.wishes.phone,
            province_code=self.wishes.province_code,
            is_gift=self.wishes.is_gift or bool(self.recipients),
            shipping_code=self.shipping.code if self.shipping is not None else "",
            user=self.user,
            cod_fee=self.terms.rules.cod_fee_for(len(self.parcels)),
        )

    @cached_property
    def payment_choices(self) -> list[PaymentChoice]:
        return available(self.payment_context)

    @cached_property
    def payment(self) -> PaymentChoice | None:
        """The chosen method, the first open one while none was chosen; None when it is refused."""
        open_ways = [choice for choice in self.payment_choices if choice.is_open]
        if self.wishes.payment_code:
            return next((c for c in open_ways if c.method.code == self.wishes.payment_code), None)
        return open_ways[0] if open_ways else None

    @property
    def closed_payment(self) -> PaymentChoice | None:
        """What was chosen and is refused now; nothing is put in its place."""
        return next(
            (
                choice
                for choice in self.payment_choices
                if choice.method.code == self.wishes.payment_code and not choice.is_open
            ),
            None,
        )

    @property
    def has_open_payment(self) -> bool:
        return any(choice.is_open for choice in self.payment_choices)

    @property
    def surcharge(self) -> Decimal:
        return self.payment.surcharge if self.payment is not None else NOTHING

    @property
    def cod_fees(self) -> list[Decimal]:
        """The fee of cash at the door by parcel; of one for the whole order the first holds all."""
        if self.payment is None or self.payment.method.code != COD:
            return [NOTHING] * len(self.charges)
        per = self.terms.rules.cod_fee_per
        return [
            self.terms.rules.cod_fee if per == Per.PARCEL or place == 0 else NOTHING
            for place in range(len(self.charges))
        ]

    @property
    def total(self) -> Decimal:
        """What the buyer pays, đồng, tax included; without delivery while that is not known."""
        return self.total_before_surcharge + self.surcharge

    @property
    def is_total_known(self) -> bool:
        return self.shipping is not None


def price_anew(basket: Any, user: Any) -> None:
    """Forget what was loaded and work out prices and offers from the database as it is now."""
    apply_offers(basket, offers_for(basket, user))


def offers_for(basket: Any, user: Any) -> list[Any]:
    """The offers that this basket could get, by its vouchers and of the shop."""
    offers: list[Any] = Applicator().get_offers(basket, user)
    return offers


def apply_offers(basket: Any, offers: list[Any]) -> None:
    """Forget what was loaded of the lines and work out their discounts by `offers`."""
    basket.reset_offer_applications()
    Applicator().apply_offers(basket, offers)
