"""What the checkout page says, worked out before the template draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shop.address.models import UserAddress
from shop.checkout.forms import CheckoutForm
from shop.checkout.quote import Quote
from shop.checkout.shown import seal
from shop.payment.registry import PaymentChoice
from shop.shipping.methods import ParcelCharge
from shop.shipping.parcels import ParcelPlan


@dataclass(frozen=True)
class LineView:
    """One line of the summary; `error` stands beside it."""

    line: Any
    error: str


@dataclass(frozen=True)
class ParcelView:
    plan: ParcelPlan
    lines: list[LineView]
    charge: ParcelCharge | None


@dataclass(frozen=True)
class DeliveryChoice:
    method: Any
    refusal: str | None
    amount: Decimal | None
    is_chosen: bool


class CheckoutPage:
    """The form, the quote and what was refused. `changes` stand above the button."""

    def __init__(
        self,
        form: CheckoutForm,
        quote: Quote,
        *,
        addresses: Sequence[UserAddress] = (),
        changes: Sequence[str] = (),
        line_errors: Mapping[int, str] | None = None,
    ) -> None:
        self.form = form
        self.quote = quote
        self.addresses = addresses
        self.changes = changes
        self.line_errors = line_errors or {}
        self.shown = seal(quote)

    @property
    def parcels(self) -> list[ParcelView]:
        views = [
            ParcelView(plan, [self._line(line) for line in plan.lines], self.quote.charge_of(plan))
            for plan in self.quote.parcels
        ]
        return views

    @property
    def gone_lines(self) -> list[LineView]:
        """Lines without a price: in no parcel, but not passed over in silence."""
        gone = [line for line in self.quote.lines if line.unit_price_incl_tax is None]
        return [self._line(line) for line in gone]

    def _line(self, line: Any) -> LineView:
        return LineView(line, self.line_errors.get(line.pk) or line.trouble)

    @property
    def delivery_choices(self) -> list[DeliveryChoice]:
        chosen = self.quote.shipping.code if self.quote.shipping is not None else ""
        return [
            DeliveryChoice(
                method=way,
                refusal=way.refusal,
                amount=way.total if way.refusal is None else None,
                is_chosen=way.code == chosen,
            )
            for way in self.quote.shipping_choices
        ]

    @property
    def payment_choices(self) -> list[tuple[PaymentChoice, bool]]:
        chosen = self.quote.payment
        return [(choice, choice is chosen) for choice in self.quote.payment_choices]

    @property
    def has_trouble(self) -> bool:
        return bool(self.line_errors or self.quote.troubled_lines)
