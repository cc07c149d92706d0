"""The summary set on paper. The same summary gives the same bytes, always."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import typst
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.money import format_dong
from shop.contracts.models import OrderSummary
from shop.printing import fonts

HERE = Path(__file__).parent
TEMPLATE = HERE / "summary.typ"
#: Keys whose numbers are đồng, wherever they stand in the facts.
SUMS = frozenset({"charge", "unit_price", "total", "goods_total", "shipping", "amount", "rest"})


def pdf_of(summary: OrderSummary) -> bytes:
    """The summary as PDF, in the order's language."""
    facts = summary.facts
    with override(facts["language"]):
        inputs = {
            "facts": json.dumps(_with_sums_written(facts), ensure_ascii=False),
            "words": json.dumps(_words(), ensure_ascii=False),
            "placed": _when(facts["placed_at"]),
            "age_said": _when(facts["age_confirmed_at"]),
            "version": summary.terms_version,
            "rest_until": _rest_until(facts.get("deposit")),
        }
    # Neither the machine's fonts nor its clock have a say.
    return typst.compile(
        TEMPLATE, root=HERE, font_paths=fonts(), sys_inputs=inputs, format="pdf", timestamp=0
    )


def _with_sums_written(value: Any, key: str = "") -> Any:
    """The same facts with every sum as people read it."""
    if isinstance(value, dict):
        return {name: _with_sums_written(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_with_sums_written(each) for each in value]
    return format_dong(value) if key in SUMS else value


def _when(text: str) -> str:
    """`2026-11-24T09:05:00+07:00` as the language writes it."""
    if not text:
        return ""
    return formats.date_format(datetime.fromisoformat(text), "SHORT_DATETIME_FORMAT")


def _rest_until(deposit: dict[str, Any] | None) -> str:
    """When the rest after a deposit is due; summaries from before there were any have none."""
    if not deposit:
        return ""
    if not deposit["until"]:
        return _("Phần còn lại trả trước khi hàng gửi đi.")
    day = date.fromisoformat(deposit["until"])
    return _("Phần còn lại trả trước ngày %(day)s và trước khi hàng gửi đi.") % {
        "day": formats.date_format(day, "SHORT_DATE_FORMAT")
    }


def _words() -> dict[str, str]:
    return {
        "title": _("Tóm tắt đơn hàng"),
        "placed": _("Đặt lúc"),
        "sample": _("dữ liệu mẫu"),
        "seller": _("Người bán"),
        "buyer": _("Người mua, người nhận"),
        "name": _("Tên"),
        "address": _("Địa chỉ"),
        "representative": _("Người đại diện"),
        "tax_code": _("Mã số thuế"),
        "issued": _("Ngày cấp, nơi cấp"),
        "phone": _("Điện thoại"),
        "email": _("Email"),
        "note": _("Lời nhắn"),
        "parcel": _("Kiện"),
        "goods": _("Hàng"),
        "quantity": _("Số lượng"),
        "unit_price": _("Đơn giá"),
        "line_total": _("Thành tiền"),
        "sums": _("Tiền"),
        "goods_total": _("Tiền hàng"),
        "shipping": _("Phí giao hàng"),
        "total": _("Tổng"),
        "tax_included": _("Giá đã gồm thuế GTGT."),
        "payment": _("Cách trả tiền"),
        "deposit": _("Đặt cọc"),
        "rest": _("Phần còn lại"),
        "age": _("Tuổi"),
        "age_said": _("Người mua xác nhận mình và người nhận đủ 18 tuổi lúc"),
        "invoice": _("Yêu cầu xuất hóa đơn"),
        "company": _("Tên đơn vị hoặc người mua"),
        "terms": _("Điều khoản áp dụng"),
        "version": _("Phiên bản"),
        "not_an_invoice": _(
            "Bản tóm tắt này ghi lại điều hai bên đã thỏa thuận khi đặt hàng. "
            "Nó không phải là chứng từ thuế."
        ),
    }
