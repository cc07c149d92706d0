"""What the basket page says: rows by parcel, what is wrong with each, sums and an estimate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from catalogue.money import format_dong
from shop.basket.models import Basket
from shop.checkout.quote import Quote, Wishes
from shop.partner.models import Partner
from shop.shipping.repository import estimate
from shop.shipping.zones import rates_in_force


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
class RowsOfProducer:
    producer: Partner
    rows: list[Row] = field(default_factory=list)


class BasketPage:
    """The basket as shown. `errors` and `typed` are by line key, from a form that was refused."""

    def __init__(
        self,
        basket: Basket,
        user: Any,
        *,
        errors: Mapping[int, str] | None = None,
        typed: Mapping[int, str] | None = None,
        voucher_error: str = "",
        voucher_typed: str = "",
    ) -> None:
        errors, typed = errors or {}, typed or {}
        self.quote = Quote(basket, Wishes(), user)
        self.voucher_error = voucher_error
        self.voucher_typed = voucher_typed
        self.groups: list[RowsOfProducer] = []
        by_producer: dict[int, RowsOfProducer] = {}
        for line in self.quote.lines:
            producer = line.stockrecord.partner
            if producer.pk not in by_producer:
                by_producer[producer.pk] = RowsOfProducer(producer)
                self.groups.append(by_producer[producer.pk])
            by_producer[producer.pk].rows.append(
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

    @property
    def delivery_estimate(self) -> str:
        """Fees by where the parcels may go: `40.000 ₫ – 76.000 ₫`; empty without rates."""
        if not self.quote.parcels:
            return ""
        found = estimate(self.quote.parcels, rates_in_force())
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
