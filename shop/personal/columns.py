"""What is in an export, in words for people: names of its tables and of their columns."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Field, Model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from shop.personal.registry import Room

#: Tables by their key in `data.json`, where the model's own name says less.
TABLES = {
    "profile": _("Thông tin tài khoản"),
    "devices": _("Thiết bị đã đăng nhập"),
    "sign_ins": _("Các lần đăng nhập"),
    "baskets": _("Giỏ hàng"),
    "recipients": _("Người nhận quà"),
    "own_boxes": _("Hộp tự xếp"),
    "own_box_contents": _("Món trong hộp tự xếp"),
    "lines": _("Món hàng"),
    "orders": _("Đơn hàng"),
    "addresses": _("Địa chỉ"),
    "discounts": _("Giảm giá"),
    "surcharges": _("Phụ phí"),
    "votes": _("Đánh giá bạn thấy có ích"),
    "lists": _("Danh sách đã lưu"),
    "shared_with": _("Người được chia sẻ danh sách"),
    "events": _("Diễn biến"),
}
#: Columns of Django, Oscar and other libraries, and those that carry no words of their own.
COLUMNS = {
    "product__title": _("Sản phẩm"),
    "box__title": _("Hộp quà"),
    "producer__name": _("Nhà sản xuất"),
    "created_at": _("Ghi lúc"),
    "updated_at": _("Sửa lúc"),
    "date_created": _("Ghi lúc"),
    "date_joined": _("Mở tài khoản lúc"),
    "date_placed": _("Đặt lúc"),
    "date_submitted": _("Ghi lúc"),
    "date_merged": _("Gộp lúc"),
    "date_updated": _("Sửa lúc"),
    "last_login": _("Đăng nhập lần cuối"),
    "attempt_time": _("Lúc"),
    "logout_time": _("Đăng xuất lúc"),
    "ip_address": _("Địa chỉ mạng (IP)"),
    "user_agent": _("Trình duyệt"),
    "path_info": _("Trang"),
    "failures_since_start": _("Số lần sai"),
    "email": _("Email"),
    "guest_email": _("Email khi mua"),
    "first_name": _("Họ và tên"),
    "phone_number": _("Điện thoại"),
    "line1": _("Số nhà, đường, thôn"),
    "line3": _("Xã, phường"),
    "line4": _("Tỉnh, thành phố"),
    "number": _("Số"),
    "status": _("Trạng thái"),
    "quantity": _("Số lượng"),
    "currency": _("Loại tiền"),
    "total_incl_tax": _("Tổng tiền, đồng"),
    "shipping_incl_tax": _("Phí giao, đồng"),
    "line_price_incl_tax": _("Tiền hàng sau giảm, đồng"),
    "line_price_before_discounts_incl_tax": _("Tiền hàng, đồng"),
    "unit_price_incl_tax": _("Giá mỗi món, đồng"),
    "title": _("Tên"),
    "name": _("Tên"),
    "body": _("Lời"),
    "score": _("Số sao"),
}


def heading_of(room: Room, table: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """What a table of a room is called; empty for the only one of its room."""
    if not table:
        return ""
    if table in TABLES:
        return str(TABLES[table])
    return capfirst(str(_likest(room, rows)._meta.verbose_name_plural))


def words_of(room: Room, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Each column that these rows tell, with its words."""
    fields = _fields(room, rows)
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: _word(name, fields.get(name)) for name in names}


def keys_among(room: Room, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """Columns that only tie rows to each other: for machines, not for people."""
    return {
        name
        for name, field in _fields(room, rows).items()
        if field.is_relation or field.primary_key
    }


def _word(name: str, field: Field | None) -> str:
    if name in COLUMNS:
        return str(COLUMNS[name])
    return capfirst(str(field.verbose_name if field else name.replace("_", " ")))


def _fields(room: Room, rows: Sequence[Mapping[str, Any]]) -> dict[str, Field]:
    """By column: those of the model that the rows are of, then of the room's others."""
    likest = _likest(room, rows)
    found: dict[str, Field] = {}
    for model in (likest, *_models(room)):
        for field in model._meta.concrete_fields:
            found.setdefault(field.attname, field)
    return found


def _likest(room: Room, rows: Sequence[Mapping[str, Any]]) -> type[Model]:
    """The model whose columns these rows have the most of; of equals the narrowest."""
    told = {name for row in rows[:1] for name in row}

    def likeness(model: type[Model]) -> tuple[int, int]:
        columns = {field.attname for field in model._meta.concrete_fields}
        return len(columns & told), -len(columns)

    return max(_models(room), key=likeness)


def _models(room: Room) -> Iterable[type[Model]]:
    return [apps.get_model(label) for label in room.holds]
