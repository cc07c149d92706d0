"""The receipt of money: what was received and given back for one order. It is no tax document.

The shop's invoices are written by the tax authority's system (NĐ 254/2026/NĐ-CP): a paper of our
own never bears that name.
"""

import json
from pathlib import Path
from typing import Any

import typst
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.money import format_dong
from shop.order.models import Order
from shop.payment.models import MoneyReceived, Payment, Refund
from shop.payment.registry import method_of
from shop.phone import display_phone
from shop.printing import fonts
from shop.seller import default_seller

HERE = Path(__file__).parent


def receipt_pdf(order: Order) -> bytes:
    """All sums that came for `order` and that went back, in its language.

    Raises ValueError when nothing has come.
    """
    if not order.payment.received:
        raise ValueError(f"no money came for order {order.number}")
    with override(order.language):
        told = json.dumps(_told(order), ensure_ascii=False)
    return typst.compile(
        HERE / "receipt.typ",
        root=HERE,
        font_paths=fonts(),
        sys_inputs={"told": told},
        format="pdf",
        timestamp=0,
    )


def _told(order: Order) -> dict[str, Any]:
    payment, seller, address = order.payment, default_seller(), order.shipping_address
    method = method_of(order.payment_method)
    came = payment.money.filter(state=MoneyReceived.State.APPLIED).order_by("booked_at", "pk")
    went = payment.refunds.filter(state=Refund.State.DONE).order_by("done_at", "pk")
    return {
        "language": order.language,
        "title": _("Biên nhận thanh toán"),
        "number": order.number,
        "order": _("Đơn %(number)s, đặt ngày %(day)s")
        % {"number": order.number, "day": _day(order.date_placed)},
        "written": _("In ngày %(day)s") % {"day": _day(timezone.now())},
        "seller": [
            _("Người bán"),
            *[
                each
                for each in (seller.display_name, seller.address, seller.phone, seller.email)
                if each
            ],
            *([_("Mã số thuế: %(code)s") % {"code": seller.tax_code}] if seller.tax_code else []),
            *([_("dữ liệu mẫu")] if seller.sample else []),
        ],
        "buyer": [
            _("Bên mua"),
            address.first_name,
            display_phone(str(address.phone_number or "")),
            ", ".join(address.place_lines),
        ],
        "head": [_("Ngày"), _("Nội dung"), _("Mã giao dịch"), _("Số tiền")],
        "rows": [
            *(
                [_day(row.booked_at), _("Nhận tiền"), row.reference, _sum(row.amount)]
                for row in came
            ),
            *(
                [
                    _day(row.done_at),
                    _("Hoàn: %(why)s") % {"why": row.reason},
                    row.reference,
                    f"−{_sum(row.amount)}",
                ]
                for row in went
            ),
        ],
        "sums": [
            [_("Tổng đơn hàng"), _sum(order.total_incl_tax)],
            [_("Đã nhận"), _sum(payment.received)],
            *(_after_refunds(payment) if payment.refunded else []),
        ],
        "method": _("Cách trả tiền: %(method)s")
        % {"method": str(method.label) if method else order.payment_method},
        "tax": _("Giá đã gồm thuế GTGT."),
        "foot": _("Biên nhận này ghi các khoản tiền đã nhận. Nó không phải là chứng từ thuế."),
    }


def _day(moment: Any) -> str:
    return formats.date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")


def _sum(amount: Any) -> str:
    return str(format_dong(amount))


def _after_refunds(payment: Payment) -> list[list[str]]:
    return [
        [_("Đã hoàn"), f"−{_sum(payment.refunded)}"],
        [_("Còn lại ở cửa hàng"), _sum(payment.received - payment.refunded)],
    ]
