"""Invented facts with which staff see a letter before anybody gets it. All of it is sample data."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import override

_LINK = settings.BASE_URL + "/mau/"


def sample_facts(language: str) -> dict[str, Any]:
    """Every fact that any letter names, in one dictionary; dictionaries in place of models."""
    with override(language):
        return {
            "base_url": settings.BASE_URL,
            "shop_name": settings.OSCAR_SHOP_NAME,
            "language": language,
            **{name: f"{_LINK}{name}" for name in ("link", "confirm_link", "cancel_link")},
            "stop_link": f"{_LINK}stop_link",
            **_of_order(),
            **_of_report(),
            **_of_product(),
            **_of_quote(),
            "user": {"get_full_name": "Nguyễn Thị Lan"},
        }


def _of_order() -> dict[str, Any]:
    line = {
        "title": _("Mật ong rừng (mẫu)"),
        "net_note": "500 ml",
        "quantity": 2,
        "line_price_before_discounts_incl_tax": Decimal(90_000),
        "box": None,
        "is_wrapping": False,
    }
    parcel = {
        "position": 1,
        "producer": {"display_name": _("Hợp tác xã mẫu")},
        "lines": {"all": [line]},
        "carrier": _("Bưu điện (mẫu)"),
        "tracking_number": "EB123456789VN",
        "delivered_at": make_aware(datetime(2026, 12, 4, 15, 30)),
    }
    order = {
        "number": "PC-MAU-01",
        "shipping_address": {
            "full_name": "Nguyễn Thị Lan",
            "first_name": "Nguyễn Thị Lan",
            "active_address_fields": ["12 ngõ 68", "Phường Cầu Giấy", "Thành phố Hà Nội"],
            "phone_text": "0912 345 678",
        },
        "payment": {
            "held_until": make_aware(datetime(2026, 12, 1, 20, 0)),
            "due": Decimal(120_000),
            "received": Decimal(50_000),
            "outstanding": Decimal(70_000),
            "deposit": Decimal(50_000),
            "rest": Decimal(70_000),
            "rest_due_on": date(2026, 12, 10),
        },
        "discounts": {"all": []},
        "surcharges": {"all": []},
        "shipping_incl_tax": Decimal(30_000),
        "total_incl_tax": Decimal(120_000),
    }
    return {
        "order": order,
        "parcel": parcel,
        "parcels": [parcel],
        "lines": [line],
        "recipient": "Trần Văn Bình",
        "tracking_link": f"{_LINK}tracking_link",
        "arrives_from": date(2026, 12, 3),
        "arrives_to": date(2026, 12, 5),
        "others": True,
        "text": _("Mẻ mới ra chiều nay, mai nhà gửi. (mẫu)"),
        "refund": {"amount": Decimal(45_000), "reason": _("Thiếu một chai (mẫu)")},
        "lot": {
            "code": "L-2611",
            "recall_reason": _("Nắp hở (mẫu)"),
            "get_absolute_url": "/lo/mau/",
        },
    }


def _of_report() -> dict[str, Any]:
    return {
        "report": {
            "parcel": {"position": 1},
            "get_reason_display": _("Vỡ, móp, hư hại"),
            "answer": _("Xin lỗi bạn, chúng tôi hoàn tiền món bị vỡ. (mẫu)"),
            "refund": {"amount": Decimal(45_000)},
            "outcome": "refund",
            "goods": "awaited",
            "needs_account": True,
        },
        "rows": [{"line": {"title": _("Mật ong rừng (mẫu)")}, "quantity": 1, "agreed": 1}],
        "message": {"text": _("Mai kiện được gửi đi. (mẫu)")},
        "change": {
            "state": "done",
            "new": {"active_address_fields": ["Trần Văn Bình", "Xã Bắc Lũng", "Tỉnh Bắc Ninh"]},
        },
    }


def _of_product() -> dict[str, Any]:
    title = _("Mật ong rừng (mẫu)")
    return {
        "title": title,
        "season": _("Mùa: tháng 9, tháng 10, tháng 11"),
        "goods": [{"title": title, "link": f"{_LINK}goods"}],
        "question": _("Mật này lấy vào tháng mấy? (mẫu)"),
        "answer": _("Nhà lấy mật vào tháng 11. (mẫu)"),
        "who": _("Hợp tác xã mẫu"),
    }


def _of_quote() -> dict[str, Any]:
    return {
        "asked": {
            "contact": "Nguyễn Thị Lan",
            "company": _("Công ty mẫu"),
            "needed_on": date(2027, 1, 20),
        },
        "boxes": [{"product": {"display_title": _("Hộp quà mẫu")}, "quantity": 30}],
        "quote": {
            "code": "BG-MAU-01",
            "total": Decimal(11_670_000),
            "valid_until": date(2026, 12, 15),
            "words": _("Giá đã gồm tay áo hộp in tên công ty. (mẫu)"),
        },
    }
