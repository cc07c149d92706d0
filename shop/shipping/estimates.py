"""What delivery of one piece to the visitor's province costs and how long it takes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.boxes.contents import Contents, contents_of
from catalogue.models import Product
from catalogue.money import format_dong
from catalogue.prices import price_of
from shop.places.choices import province_choices
from shop.places.regions import Region
from shop.shipping.methods import ZoneDelivery
from shop.shipping.parcels import ParcelPlan, parcels_with
from shop.shipping.pieces import Piece, chargeable_grams, pieces_for
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
class _OneBox:
    """A basket's line of one box, as its pieces are told."""

    product: Product
    contents: Contents
    stockrecord: Any
    discounts: tuple[Any, ...] = ()


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
    method = ZoneDelivery(_parcels(product, price.amount), province_code, rates_in_force())
    if method.refusal is not None:
        return DeliveryEstimate(name, refusal=method.refusal)
    charges = method.charges()
    # The parcel that is longest on its way, of a box that comes in several.
    zone: Any = max(method.zones, key=lambda zone: settings.TRANSIT_DAYS.get(zone or "", (0, 0)))
    return DeliveryEstimate(
        name,
        fee=sum((charge.amount for charge in charges), Decimal(0)),
        note=charges[0].note if len(charges) == 1 else "",
        days=days_text(zone, lead_days_of(product)),
        is_sample=any(method.rates[zone].is_sample for zone in method.zones if zone),
    )


def _parcels(product: Product, price: Decimal) -> list[ParcelPlan]:
    """The parcels of one piece, or of one gift box."""
    if product.is_gift_box:
        contents = contents_of(product)
        box = _OneBox(product, contents, contents.record)
        return parcels_with(pieces_for(box, 1, price, price))
    producer: Any = product.canonical.producer
    grams = chargeable_grams(product)
    return [ParcelPlan(producer, [Piece(None, product, None, 1, price, price, producer, grams)])]


def lead_days_of(product: Product) -> int:
    """Days that a gift box takes to be gathered and packed; none for anything else."""
    return contents_of(product).gift.lead_days if product.is_gift_box else 0


def days_text(zone: str, lead_days: int = 0) -> str:
    """From the order to the door: `2–4 ngày`; empty for a zone of which nobody knows."""
    if zone not in settings.TRANSIT_DAYS:
        return ""
    least, most = (
        lead_days + sum(days)
        for days in zip(settings.PREPARING_DAYS, settings.TRANSIT_DAYS[zone], strict=True)
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
