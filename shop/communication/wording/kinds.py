"""Letters whose words staff may change, and what is known of each.

None of those that open an account (`shop.communication.letters.SECRET_EVENTS`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.template import TemplateDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.communication.wording.engine import variables_in
from shop.communication.wording.originals import original

PARTS = ("subject", "text", "html")
#: Facts without which a letter leads nowhere.
LINKS = ("link", "confirm_link", "cancel_link", "stop_link")
#: Facts that every letter has.
COMMON = frozenset({"shop_name", "base_url"})


@dataclass(frozen=True)
class Kind:
    """One letter to buyers. `is_of_order` sorts it on the page of staff."""

    code: str
    name: Promise
    is_of_order: bool = True


KINDS = {
    kind.code: kind
    for kind in (
        Kind("ORDER_PLACED", _("Đã nhận đơn")),
        Kind("PAYMENT_DUE", _("Nhắc trả tiền")),
        Kind("ORDER_PAID", _("Đã nhận tiền")),
        Kind("DEPOSIT_RECEIVED", _("Đã nhận tiền cọc")),
        Kind("REST_RECEIVED", _("Đã trả đủ phần còn lại")),
        Kind("PARCEL_SENT", _("Kiện đã gửi")),
        Kind("PARCEL_DELIVERED", _("Kiện đã giao")),
        Kind("PARCEL_MESSAGE", _("Nhà sản xuất nhắn về kiện")),
        Kind("ORDER_REFUNDED", _("Đã hoàn tiền")),
        Kind("RETURN_RECEIVED", _("Đã nhận báo lỗi hàng")),
        Kind("RETURN_APPROVED", _("Đồng ý với báo lỗi hàng")),
        Kind("RETURN_REFUSED", _("Không đồng ý với báo lỗi hàng")),
        Kind("ORDER_ANSWER", _("Cửa hàng nhắn về đơn")),
        Kind("ADDRESS_DECIDED", _("Trả lời về đổi địa chỉ")),
        Kind("ORDER_CANCELLED", _("Đơn đã hủy")),
        Kind("LOT_RECALLED", _("Thu hồi lô hàng")),
        Kind("REVIEW_INVITATION", _("Mời đánh giá")),
        Kind("PRODUCT_ALERT", _("Có hàng trở lại"), is_of_order=False),
        Kind("SEASON_ALERT", _("Vào mùa"), is_of_order=False),
        Kind("PRODUCT_ALERT_CONFIRMATION", _("Xác nhận lời nhắn khi có hàng"), is_of_order=False),
        Kind("SEASON_ALERT_CONFIRMATION", _("Xác nhận lời nhắn khi vào mùa"), is_of_order=False),
        Kind("QUESTION_CONFIRMATION", _("Xác nhận câu hỏi"), is_of_order=False),
        Kind("QUESTION_ANSWERED", _("Câu hỏi đã được trả lời"), is_of_order=False),
        Kind("QUOTE_REQUESTED", _("Đã nhận yêu cầu báo giá"), is_of_order=False),
        Kind("QUOTE_SENT", _("Báo giá"), is_of_order=False),
    )
}


@cache
def variables_of(code: str) -> frozenset[str]:
    """Facts that the letter has: all that the shop's own template names, and the common ones."""
    found = set(COMMON)
    for words in _originals(code):
        found |= variables_in(words)
    return frozenset(name for name in found if not name.startswith("forloop."))


@cache
def needed_in(code: str, part: str) -> tuple[str, ...]:
    """Links that this part of the letter must have."""
    if part == "subject":
        return ()
    named = variables_in(original(code, part, "vi"))
    return tuple(name for name in LINKS if name in named)


def _originals(code: str) -> Iterator[str]:
    for part in PARTS:
        try:
            yield original(code, part, "vi")
        except TemplateDoesNotExist:  # a letter of text only
            continue
