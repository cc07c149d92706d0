"""What the basket page says: rows by parcel, what is wrong with each, sums and an estimate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from catalogue.money import format_dong
from shop.basket.models import Basket
from shop.checkout.quote import Quote, Wishes
from shop.partner.models import Partner
from shop.places.choices import province_choices
from shop.shipping.charging import ParcelCharge
from shop.shipping.parcels import ParcelPlan
from shop.shipping.repository import estimate


@dataclass(frozen=True)
class Row:
    """One line as the page shows it; `typed` is what stands in its box."""

    line: Any
    typed: str
    error: str = ""
    notice: str = ""

    @property
    def can_change(self) -> bool:
        """There is something left to choose a number of."""
        return self.line.left is None or self.line.left > 0


@dataclass
class RowsOfParcel:
    """Rows that travel together, as one sender packs them: cold goods by themselves."""

    producer: Partner
    is_chilled: bool = False
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class ParcelFee:
    """What one parcel costs to send and when it is there, or why it cannot go."""

    plan: ParcelPlan
    charge: ParcelCharge | None
    refusal: str


class BasketPage:
    """The basket as shown. `errors` and `typed` are by line key, from a form that was refused."""

    def __init__(
        self,
        basket: Basket,
        user: Any,
        *,
        province_code: str = "",
        errors: Mapping[int, str] | None = None,
        typed: Mapping[int, str] | None = None,
        voucher_error: str = "",
        voucher_typed: str = "",
    ) -> None:
        errors, typed = errors or {}, typed or {}
        self.quote = Quote(basket, Wishes(province_code=province_code), user)
        self.province_code = province_code
        self.voucher_error = voucher_error
        self.voucher_typed = voucher_typed
        self.groups: list[RowsOfParcel] = []
        by_parcel: dict[tuple[int, bool], RowsOfParcel] = {}
        for line in self.quote.lines:
            producer, is_chilled = line.stockrecord.partner, line.is_chilled
            key = (producer.pk, is_chilled)
            if key not in by_parcel:
                by_parcel[key] = RowsOfParcel(producer, is_chilled)
                self.groups.append(by_parcel[key])
            by_parcel[key].rows.append(
                Row(
                    line,
                    typed.get(line.pk, str(line.quantity)),
                    errors.get(line.pk) or line.trouble,
                    price_notice(line),
                )
            )
        self.vouchers = list(basket.vouchers.all()) if basket.pk else []

    @property
    def is_empty(self) -> bool:
        return not self.groups

    @property
    def can_check_out(self) -> bool:
        return not self.is_empty and not self.quote.troubled_lines

    @property
    def goods_after_discounts(self) -> Decimal:
        return self.quote.goods_total - sum(
            (discount.amount for discount in self.quote.discounts), Decimal(0)
        )

    @cached_property
    def parcel_fees(self) -> list[ParcelFee]:
        """Each parcel to the chosen province; none before one was chosen."""
        way = next((each for each in self.quote.shipping_choices if not each.is_pickup), None)
        if not self.province_code or way is None:
            return []
        refusals = way.refusals if way.refusal is not None else [""] * len(self.quote.parcels)
        charges = {id(each.plan): each for each in way.charges()}
        return [
            ParcelFee(plan, None if words else charges.get(id(plan)), words)
            for plan, words in zip(self.quote.parcels, refusals, strict=True)
        ]

    @property
    def delivery_total(self) -> Decimal | None:
        """What delivery costs to the chosen province; None while something cannot go there."""
        fees = [each.charge for each in self.parcel_fees]
        if not fees or None in fees:
            return None
        return sum((charge.amount for charge in fees if charge is not None), Decimal(0))

    @property
    def estimated_total(self) -> Decimal:
        """Goods after discounts, with delivery where it is known; cash at the door not counted."""
        return self.goods_after_discounts + (self.delivery_total or Decimal(0))

    @property
    def province_name(self) -> str:
        return dict(province_choices()).get(self.province_code, "")

    @property
    def is_sample(self) -> bool:
        """Fees and days that nobody published."""
        terms = self.quote.terms
        return terms.rules.is_sample or any(rate.is_sample for rate in terms.rates.values())

    @property
    def has_split_cold(self) -> bool:
        """A sender packs cold goods and others: two parcels, said in words."""
        places = [
            (plan.producer.pk, getattr(plan.recipient, "pk", None)) for plan in self.quote.parcels
        ]
        return len(places) > len(set(places))

    @property
    def delivery_estimate(self) -> str:
        """Fees by where the parcels may go: `40.000 ₫ – 76.000 ₫`; empty without rates."""
        if not self.quote.parcels:
            return ""
        found = estimate(self.quote.parcels, self.quote.terms)
        if found is None:
            return ""
        least, most = found
        if least == most:
            return format_dong(least)
        return f"{format_dong(least)} – {format_dong(most)}"


def price_notice(line: Any) -> str:
    """That the price changed since the product was added; empty when it did not."""
    before, now = line.price_incl_tax, line.unit_price_incl_tax
    if before is None or now is None or before == now:
        return ""
    words = (
        _("Giá tăng từ %(old)s lên %(new)s sau khi bạn cho vào giỏ.")
        if now > before
        else _("Giá giảm từ %(old)s còn %(new)s sau khi bạn cho vào giỏ.")
    )
    return words % {"old": format_dong(before), "new": format_dong(now)}
