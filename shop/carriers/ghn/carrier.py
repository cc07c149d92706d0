"""Giao Hàng Nhanh. Off until its token, its shop and its webhook's secret are set."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from shop.carriers.base import Carrier, CarrierFailed, Garbled, Made, Message
from shop.carriers.ghn import client
from shop.carriers.ghn.asking import fee_payload, order_payload
from shop.carriers.ghn.finding import code_of, name_of, places_that_were, values_of
from shop.carriers.ghn.statuses import MEANING
from shop.order.models import Parcel
from shop.places.models import Ward

if TYPE_CHECKING:
    from shop.carriers.models import Shipment

#: Heavier ones need each thing's sizes (GHN's service for heavy goods), grams.
MOST_GRAMS = 20_000
#: Kinds of message that are about where the parcel is; others tell of weights and sums.
ABOUT_THE_WAY = ("create", "switch_status")
FIRST_YEAR = 2020


class GHN(Carrier):
    """Fetches light parcels from the producer's door. Takes nothing that must be kept cold."""

    code = "ghn"
    label = "GHN"
    comes_when_called = True

    def is_set_up(self) -> bool:
        return bool(settings.GHN_TOKEN and settings.GHN_SHOP_ID and settings.GHN_WEBHOOK_SECRET)

    def refusal(self, parcel: Parcel) -> str:
        if parcel.is_chilled:
            return _("GHN không nhận hàng cần giữ lạnh.")
        if parcel.weight_grams > MOST_GRAMS:
            return _("GHN chỉ đến lấy kiện đến 20 kg.")
        if parcel.producer.ward_id is None:
            return _("Nhà sản xuất chưa có địa chỉ để GHN đến lấy.")
        return ""

    def tracking_url(self, number: str) -> str:
        return f"https://donhang.ghn.vn/?order_code={number}" if number else ""

    def quote(self, parcel: Parcel, places: Mapping[str, Any] | None = None) -> Decimal:
        try:
            return Decimal(int(client.fee(fee_payload(parcel, places or {}))["total"]))
        except client.GhnError as error:
            raise _failed(error) from error
        except (KeyError, ValueError, TypeError) as error:
            raise CarrierFailed(_("GHN trả lời không rõ, xin thử lại sau ít phút.")) from error

    def create(self, shipment: "Shipment", *, is_again: bool = False) -> Made:
        try:
            known = client.detail_of(shipment.reference) if is_again else None
            if known is None:
                try:
                    known = client.create(order_payload(shipment))
                except client.GhnRefused:
                    # Made before under this code, by a call whose answer was lost.
                    known = client.detail_of(shipment.reference)
                    if known is None:
                        raise
            return _made(known)
        except client.GhnError as error:
            raise _failed(error) from error

    def cancel(self, shipment: "Shipment") -> None:
        try:
            client.cancel(shipment.tracking_number)
        except client.GhnError as error:
            raise _failed(error) from error

    def places_of(self, ward: Ward) -> list[tuple[str, str]]:
        try:
            return [(code_of(each), name_of(each)) for each in places_that_were(ward)]
        except client.GhnError as error:
            raise _failed(error) from error

    def told_place(self, ward: Ward, code: str) -> dict[str, Any] | None:
        """`1451/20308`: district and ward, as GHN's own pages write them."""
        district, _slash, own = code.replace(" ", "").partition("/")
        if not (district.isascii() and district.isdigit() and len(district) < 8):
            return None
        if not (own.isascii() and own.isalnum() and len(own) <= 20):
            return None
        known = next((each for each in places_that_were(ward) if code_of(each) == code), None)
        if known is not None:
            return values_of(known)
        return {"district_id": int(district), "ward_code": own}

    def label_url(self, shipment: "Shipment") -> str:
        try:
            return client.label_address(shipment.tracking_number)
        except client.GhnError as error:
            raise _failed(error) from error
        except (KeyError, ValueError, TypeError) as error:
            raise CarrierFailed(_("GHN trả lời không rõ, xin thử lại sau ít phút.")) from error

    def is_theirs(self, request: HttpRequest) -> bool:
        """GHN signs nothing and calls the address it was given: the secret is in it."""
        told = request.GET.get("khoa", "") or request.headers.get("X-Webhook-Key", "")
        return constant_time_compare(told, settings.GHN_WEBHOOK_SECRET)

    def read(self, body: bytes) -> Message | None:
        try:
            told = json.loads(body)
            kind, raw = str(told["Type"]).lower(), str(told["Status"])
            number = str(told["OrderCode"])
            moment = parse_datetime(str(told["Time"]))
            shop = str(told.get("ShopID") or settings.GHN_SHOP_ID)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Garbled(type(error).__name__) from error
        if moment is None or not number or "\x00" in number:
            raise Garbled("no time or no order")
        if kind not in ABOUT_THE_WAY or raw not in MEANING or shop != str(settings.GHN_SHOP_ID):
            return None
        if moment.year < FIRST_YEAR:
            # A clock that was never set, as `0001-01-01T00:00:00Z`.
            moment = timezone.now()
        elif timezone.is_naive(moment):
            moment = timezone.make_aware(moment)
        return Message(
            tracking_number=number[:100],
            reference=_text(told.get("ClientOrderCode"), 50),
            raw=raw,
            status=MEANING[raw],
            happened_at=moment,
            words=_text(told.get("Reason") or told.get("Description"), 300),
            place=_text(told.get("Warehouse"), 200),
        )


def _made(told: Mapping[str, Any]) -> Made:
    number = str(told.get("order_code") or "")
    if not number:
        raise client.GhnUnreachable("no order_code")
    fee = told.get("total_fee")
    return Made(
        tracking_number=number[:100],
        fee=Decimal(int(fee)) if isinstance(fee, int | float) else None,
        expected_on=_day(told.get("expected_delivery_time") or told.get("leadtime")),
    )


def _day(told: Any) -> date | None:
    try:
        moment: datetime | None = parse_datetime(str(told)) if told else None
    except ValueError:
        return None
    if moment is None:
        return None
    return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()


def _text(told: Any, length: int) -> str:
    return str(told or "").replace("\x00", "")[:length]


def _failed(error: client.GhnError) -> CarrierFailed:
    if isinstance(error, client.GhnUnreachable):
        return CarrierFailed(
            _("Chưa gọi được GHN. Xin thử lại sau ít phút; gọi lại không tạo hai đơn.")
        )
    return CarrierFailed(_("GHN không nhận: %(words)s") % {"words": str(error)[:300]})
