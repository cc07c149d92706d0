"""What delivery of one piece to the visitor's province costs and how long it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.boxes.contents import Contents, contents_of
from catalogue.models import Product
from catalogue.money import format_dong
from catalogue.prices import price_of
from shop.places.choices import province_choices
from shop.shipping.keeping import lots_at_hand
from shop.shipping.methods import ZoneDelivery
from shop.shipping.parcels import ParcelPlan, parcels_with
from shop.shipping.pieces import Piece, chargeable_grams, pieces_for
from shop.shipping.promise import span_text
from shop.shipping.provinces import places_text
from shop.shipping.rules import DeliveryRules
from shop.shipping.terms import terms_at
from shop.shipping.weekdays import weekdays_text

PROVINCE_COOKIE = "tinh"
PROVINCE_COOKIE_SECONDS = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class DeliveryEstimate:
    """One piece to one province: a fee and days, or why it does not go there.

    `extras` name what is in the fee beside the way; `days` are `02/12–04/12`.
    """

    province: str
    fee: Decimal | None = None
    note: str = ""
    extras: Sequence[str] = ()
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
    return code if code and is_province(code) else ""


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
    if not province_code:
        return None
    price = price_of(product)
    producer = product.canonical.producer
    if price is None or producer is None:
        return None
    name = dict(province_choices()).get(province_code, "")
    parcels = _parcels(product, price.amount)
    terms = terms_at()
    method = ZoneDelivery(parcels, province_code, terms, lots_at_hand(parcels))
    if method.refusal is not None:
        return DeliveryEstimate(name, refusal=next(words for words in method.refusals if words))
    charges = method.charges()
    return DeliveryEstimate(
        name,
        fee=sum((charge.amount for charge in charges), Decimal(0)),
        note=charges[0].note if len(charges) == 1 else "",
        extras=[extra.label for charge in charges for extra in charge.extras],
        days=span_text(
            min(each.earliest for each in method.promises),
            max(each.latest for each in method.promises),
        ),
        is_sample=terms.rules.is_sample
        or any(terms.rates[zone].is_sample for zone in method.zones if zone),
    )


def _parcels(product: Product, price: Decimal) -> list[ParcelPlan]:
    """The parcels of one piece, or of one gift box."""
    if product.is_gift_box:
        contents = contents_of(product)
        box = _OneBox(product, contents, contents.record)
        return parcels_with(pieces_for(box, 1, price, price))
    producer: Any = product.canonical.producer
    grams = chargeable_grams(product)
    return parcels_with([Piece(None, product, None, 1, price, price, producer, grams)])


def chilled_rule(product: Product) -> str:
    """Where chilled goods go at all, and on which days; empty for others."""
    if not product.is_chilled:
        return ""
    rules = DeliveryRules.objects.in_force(timezone.localdate())
    return _("Hàng giữ lạnh, đi kiện riêng; chỉ giao tận nơi ở: %(places)s. Gửi đi %(days)s.") % {
        "places": places_text(rules.chilled_provinces),
        "days": weekdays_text(rules.chilled_days & rules.dispatch_days),
    }
