"""What a promo code takes off, as benefits of Oscar's: of goods only, capped for one order."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from oscar.apps.offer.benefits import (
    AbsoluteDiscountBenefit,
    PercentageDiscountBenefit,
    apply_discount,
)
from oscar.apps.offer.models import Benefit
from oscar.apps.offer.results import BasketDiscount

from catalogue.money import format_dong, to_dong

NOTHING = Decimal(0)
Priced = list[tuple[Decimal, Any]]


def promotable(lines: Priced) -> Priced:
    """Without what may not be promoted, whatever an offer's range says.

    Strong drinks have `is_discountable` off as well; the law is worth asking twice (Luật
    44/2019/QH14: no promotion of drinks of 15 % and more).
    """
    return [(price, line) for price, line in lines if not line.is_unpromotable]


class CappedPercentage(PercentageDiscountBenefit):
    """Percent off, in whole đồng a line, no more than the code's `most_off` an order."""

    class Meta:
        app_label = "promotion"
        proxy = True
        default_permissions = ()

    @property
    def name(self) -> str:
        return _("giảm %(n)s %%") % {"n": int(self.value)}

    @property
    def description(self) -> str:
        return self.name

    def get_applicable_lines(self, *args: Any, **kwargs: Any) -> Priced:
        return promotable(super().get_applicable_lines(*args, **kwargs))

    def apply(self, basket: Any, condition: Any, offer: Any, **kwargs: Any) -> Any:
        """As Oscar's, rounded before it is capped: a cap is not passed by the half đồng."""
        code = getattr(offer, "promo_code", None)
        cap = Decimal(code.most_off) if code is not None and code.most_off else None
        taken = NOTHING
        for price, line in self.get_applicable_lines(offer, basket):
            quantity = line.quantity_without_offer_discount(offer)
            off = to_dong(price * quantity * self.value / 100)
            if cap is not None:
                off = min(off, cap - taken)
            if off > 0:
                apply_discount(line, off, quantity, offer)
                taken += off
        return BasketDiscount(taken)


class CappedAmount(AbsoluteDiscountBenefit):
    """So many đồng off, no more than the goods cost."""

    class Meta:
        app_label = "promotion"
        proxy = True
        default_permissions = ()

    @property
    def name(self) -> str:
        return _("giảm %(sum)s") % {"sum": format_dong(self.value)}

    @property
    def description(self) -> str:
        return self.name

    def get_applicable_lines(self, *args: Any, **kwargs: Any) -> Priced:
        return promotable(super().get_applicable_lines(*args, **kwargs))


def make_benefit(kind: str, value: int, goods: Any) -> Any:
    """A stored benefit of a `PromoCode.Kind` over a range of goods."""
    is_percent = kind == "percent"
    cls = CappedPercentage if is_percent else CappedAmount
    return Benefit.objects.create(
        range=goods,
        # For those who look at the offer in the dashboard; the class decides.
        type=Benefit.PERCENTAGE if is_percent else Benefit.FIXED,
        value=Decimal(value),
        proxy_class=f"{cls.__module__}.{cls.__name__}",
    )
