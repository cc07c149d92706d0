"""What the checkout page says, worked out before the template draws it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import cached_property

from shop.address.models import UserAddress
from shop.checkout.forms import CheckoutForm
from shop.checkout.quote import Quote
from shop.checkout.shown import seal
from shop.giving.dates import earliest_day
from shop.giving.sharing import what_is_not_shared
from shop.payment.registry import PaymentChoice
from shop.shipping.charging import ParcelCharge
from shop.shipping.parcels import ParcelPlan

#: Fields of the page's parts, as `checkout/` draws them.
RECEIVER = ("full_name", "phone", "province", "ward", "street", "email", "note", "save_address")
GIFT = ("is_gift", "card", "greeting", "sender_name", "buyer_phone", "deliver_on")
INVOICE = ("invoice_wanted", "invoice_company", "invoice_tax_code", "invoice_address",
           "invoice_email", "save_invoice")  # fmt: skip


@dataclass(frozen=True)
class LineView:
    """What one parcel, or the summary, says of a basket line; `error` stands beside it.

    `parts` name what is in a gift box, `2 × Bánh mật`; of one that several producers send, what
    is in this parcel. `amount` is đồng before discounts, None for what is gone.
    """

    line: Any
    error: str
    quantity: int
    amount: Decimal | None
    parts: Sequence[str] = ()


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
    def new_receiver(self) -> Hashable:
        """What a guest's empty part for name and address depends on; None for any other."""
        if self.quote.recipients or getattr(self.quote.user, "is_authenticated", False):
            return None
        return self.form.as_new(*RECEIVER, *self.form.consent_names)

    @property
    def new_gift(self) -> Hashable:
        """The same of the gift's part, where nobody filled any of it in."""
        fields = self.form.as_new(*GIFT)
        return None if fields is None else (fields, self.earliest_day)

    @property
    def new_invoice(self) -> Hashable:
        """The same of the invoice's part, for whom no profile is kept."""
        if getattr(self.quote.user, "is_authenticated", False):
            return None
        return self.form.as_new(*INVOICE)

    @property
    def parcels(self) -> list[ParcelView]:
        views = [
            ParcelView(
                plan, [self._part(plan, line) for line in plan.lines], self.quote.charge_of(plan)
            )
            for plan in self.quote.parcels
        ]
        return views

    @property
    def has_split_cold(self) -> bool:
        """A sender packs cold goods and others for one place: two parcels, said in words."""
        places = [
            (plan.producer.pk, getattr(plan.recipient, "pk", None)) for plan in self.quote.parcels
        ]
        return len(places) > len(set(places))

    @property
    def gone_lines(self) -> list[LineView]:
        """Lines in no parcel, without a price or a recipient: not passed over in silence."""
        parted = {line.pk for plan in self.quote.parcels for line in plan.lines}
        gone = [line for line in self.quote.lines if line.pk not in parted]
        return [
            LineView(line, self._error_of(line), line.quantity, line.line_price_incl_tax)
            for line in gone
        ]

    def _part(self, plan: ParcelPlan, line: Any) -> LineView:
        pieces = [piece for piece in plan.pieces if piece.line is line]
        return LineView(
            line,
            self._error_of(line),
            quantity=pieces[0].units,
            amount=sum((piece.before for piece in pieces), Decimal(0)),
            parts=[
                f"{piece.quantity} × {piece.product.display_title}"
                for piece in pieces
                if piece.in_box and not piece.is_wrapping
            ],
        )

    def _error_of(self, line: Any) -> str:
        return self.line_errors.get(line.pk) or line.trouble or self._not_shared.get(line.pk, "")

    @cached_property
    def _not_shared(self) -> dict[int, str]:
        return what_is_not_shared(self.quote.recipients, self.quote.lines)

    @property
    def earliest_day(self) -> str:
        """The first day that a gift may be wished for, `28/11/2026`."""
        return date_format(earliest_day(self.quote), "DATE_FORMAT")

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
    def troubles(self) -> list[str]:
        """What keeps lines from being ordered, `Tết bánh mật: …`, each once."""
        told = {line.product.display_title: self._error_of(line) for line in self.quote.lines}
        return [f"{title}: {words}" for title, words in told.items() if words]
