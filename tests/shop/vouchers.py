"""Vouchers for tests of buying."""

from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone
from oscar.core.loading import get_model

from catalogue.models import Product

Benefit = get_model("offer", "Benefit")
Condition = get_model("offer", "Condition")
ConditionalOffer = get_model("offer", "ConditionalOffer")
Range = get_model("offer", "Range")
Voucher = get_model("voucher", "Voucher")
_number = count(1)


def an_offer(
    *,
    percent: int = 10,
    kind: str = "Percentage",
    value: int | None = None,
    of: Product | None = None,
    **facts: Any,
) -> Any:
    """`percent` off all goods (or one); another `kind` of benefit with its `value`."""
    goods = Range.objects.create(name=f"Hàng {next(_number)}", includes_all_products=of is None)
    if of is not None:
        goods.add_product(of)
    is_shipping = kind.startswith("Shipping")
    return ConditionalOffer.objects.create(
        name=f"Giảm giá {next(_number)}",
        condition=Condition.objects.create(range=goods, type="Count", value=1),
        benefit=Benefit.objects.create(
            range=None if is_shipping else goods,
            type=kind,
            value=Decimal(percent if value is None else value),
        ),
        **facts,
    )


def a_voucher(
    code: str,
    *,
    percent: int = 10,
    once: bool = False,
    days: int = 30,
    begins: int = -1,
    **offer: Any,
) -> Any:
    """A code good from `begins` days from now for `days` days; `once`: for one order only."""
    start = timezone.now() + timedelta(days=begins)
    voucher = Voucher.objects.create(
        name=f"Mã {code}",
        code=code,
        usage=Voucher.SINGLE_USE if once else Voucher.MULTI_USE,
        start_datetime=start,
        end_datetime=start + timedelta(days=days),
    )
    voucher.offers.add(an_offer(percent=percent, offer_type=ConditionalOffer.VOUCHER, **offer))
    return voucher
