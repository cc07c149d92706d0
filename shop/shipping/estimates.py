"""What delivery of one piece to the visitor's province costs and how long it takes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import Product
from catalogue.money import format_dong
from catalogue.prices import price_of
from shop.places.choices import province_choices
from shop.places.regions import Region
from shop.shipping.methods import ZoneDelivery
from shop.shipping.parcels import ParcelPlan
from shop.shipping.zones import rates_in_force

PROVINCE_COOKIE = "tinh"
PROVINCE_COOKIE_SECONDS = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class DeliveryEstimate:
    """One piece to one province: a fee and days, or why it does not go there."""

    province: str
    fee: Decimal | None = None
    note: str = ""
    days: str = ""
    refusal: str = ""
    is_sample: bool = False

    @property
    def fee_text(self) -> str:
        """`20.000 ₫`; free is said in words."""
        if self.fee is None:
            return ""
        return format_dong(self.fee) if self.fee else _("Miễn phí")


@dataclass
class _OnePiece:
    """A basket's line of one piece, as a parcel reads it."""

    product: Product
    line_price_incl_tax_incl_discounts: Decimal
    quantity: int = 1


def remembered_province(request: HttpRequest) -> str:
    """Code of the province that the visitor chose before; empty for none or one that is gone."""
    code = request.COOKIES.get(PROVINCE_COOKIE, "")
    return code if is_province(code) else ""


def is_province(code: str) -> bool:
    return any(code == known for known, _name in province_choices())


def remember_province(response: HttpResponse, code: str) -> None:
    response.set_cookie(
        PROVINCE_COOKIE,
        code,
        max_age=PROVINCE_COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def estimate_for(product: Product, province_code: str) -> DeliveryEstimate | None:
    """Fee and days of one piece of a product or variant; None without province, price or maker."""
    price = price_of(product)
    producer = product.canonical.producer
    if not province_code or price is None or producer is None:
        return None
    name = dict(province_choices()).get(province_code, "")
    plan = ParcelPlan(producer, [_OnePiece(product, price.amount)])
    method = ZoneDelivery([plan], province_code, rates_in_force())
    if method.refusal is not None:
        return DeliveryEstimate(name, refusal=method.refusal)
    (charge,) = method.charges()
    zone: Any = method.zones[0]
    return DeliveryEstimate(
        name,
        fee=charge.amount,
        note=charge.note,
        days=days_text(zone),
        is_sample=method.rates[zone].is_sample,
    )


def days_text(zone: str) -> str:
    """From the order to the door: `2–4 ngày`; empty for a zone of which nobody knows."""
    if zone not in settings.TRANSIT_DAYS:
        return ""
    least, most = (
        sum(days) for days in zip(settings.PREPARING_DAYS, settings.TRANSIT_DAYS[zone], strict=True)
    )
    return ngettext("%(days)s ngày", "%(days)s ngày", most) % {"days": f"{least}–{most}"}


def chilled_rule(product: Product) -> str:
    """Where chilled goods go at all; empty for others."""
    if not product.is_chilled:
        return ""
    regions = ", ".join(
        str(Region(code).label) for code in settings.CHILLED_REGIONS if code in Region.values
    )
    return _("Hàng giữ lạnh, đi kiện riêng; chỉ giao tận nơi ở: %(regions)s.") % {
        "regions": regions
    }
