"""A quote set on paper, in the company's language. The same quote gives the same bytes."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import typst
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.money import format_dong
from shop.corporate.models import Quote, QuoteRequest
from shop.printing import fonts
from shop.seller import SellerIdentity

HERE = Path(__file__).parent
TEMPLATE = HERE / "quote.typ"


def pdf_of(quote: Quote) -> bytes:
    """The quote as PDF. Reads its request with ward and province, and its lines."""
    with override(quote.request.language):
        facts = json.dumps({**_facts(quote), "words": _words()}, ensure_ascii=False)
    # Neither the machine's fonts nor its clock have a say.
    return typst.compile(
        TEMPLATE,
        root=HERE,
        font_paths=fonts(),
        sys_inputs={"facts": facts},
        format="pdf",
        timestamp=0,
    )


def _facts(quote: Quote) -> dict[str, Any]:
    sent = timezone.localdate(quote.sent_at) if quote.sent_at else None
    sums = [(_("Tiền hàng"), quote.goods_total)]
    if quote.logo_fee:
        sums.append((_("In logo lên vỏ hộp"), quote.logo_fee))
    sums.append((_("Phí giao hàng"), quote.delivery))
    return {
        "language": quote.request.language,
        "code": quote.code,
        "day": _day(sent) if sent else _("bản nháp"),
        "valid": _("Giá giữ đến hết ngày %(day)s.") % {"day": _day(quote.valid_until)},
        "seller": _seller(),
        "company": _company(quote.request),
        "lines": [
            {
                "title": line.title,
                "note": line.note,
                "quantity": str(line.quantity),
                "unit_price": format_dong(line.unit_price),
                "total": format_dong(line.total),
            }
            for line in quote.lines.all()
        ],
        "sums": [[name, format_dong(amount)] for name, amount in sums],
        "total": format_dong(quote.total),
        "terms": terms_of(quote),
        "message": quote.words,
    }


def terms_of(quote: Quote) -> list[str]:
    """Deposit, times and reasons of a quote in sentences, for its page and its PDF."""
    terms = []
    if quote.discount_reason:
        terms.append(_("Giá đã bớt: %(why)s") % {"why": quote.discount_reason})
    if quote.rest and quote.deposit:
        told = {
            "percent": quote.deposit_percent,
            "deposit": format_dong(quote.deposit),
            "rest": format_dong(quote.rest),
        }
        terms.append(
            _("Đặt cọc %(percent)s %%: %(deposit)s; còn lại %(rest)s trả trước khi hàng gửi đi.")
            % told
        )
        if quote.rest_due_on:
            terms.append(
                _("Phần còn lại trả trước ngày %(day)s.") % {"day": _day(quote.rest_due_on)}
            )
    else:
        terms.append(_("Trả đủ khi đặt: %(sum)s.") % {"sum": format_dong(quote.total)})
    if quote.lead_days:
        terms.append(
            _("Làm xong trong %(n)s ngày làm việc từ khi nhận tiền.") % {"n": quote.lead_days}
        )
    if quote.request.delivery == QuoteRequest.Delivery.LIST:
        terms.append(_("Giao theo danh sách người nhận đã gửi."))
    return terms


def _day(day: date) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT")


def _seller() -> dict[str, Any]:
    seller = SellerIdentity.objects.filter(site__is_default_site=True).first() or SellerIdentity()
    rows = [
        (_("Tên"), seller.display_name),
        (_("Địa chỉ"), seller.address),
        (_("Người đại diện"), seller.representative),
        (_("Mã số thuế"), seller.tax_code),
        (_("Điện thoại"), seller.phone),
        (_("Email"), seller.email),
    ]
    return {"rows": [row for row in rows if row[1]], "sample": seller.sample}


def _company(asked: QuoteRequest) -> list[tuple[str, str]]:
    rows = [
        (_("Tên"), asked.company),
        (_("Người liên hệ"), asked.contact),
        (_("Địa chỉ"), ", ".join(asked.place_lines)),
        (_("Mã số thuế"), asked.tax_code),
        (_("Điện thoại"), asked.phone_text),
        (_("Email"), asked.email),
    ]
    return [row for row in rows if row[1]]


def _words() -> dict[str, str]:
    return {
        "title": _("Báo giá"),
        "sample": _("dữ liệu mẫu"),
        "seller": _("Người bán"),
        "company": _("Khách hàng"),
        "goods": _("Hàng"),
        "quantity": _("Số lượng"),
        "unit_price": _("Đơn giá"),
        "line_total": _("Thành tiền"),
        "total": _("Tổng"),
        "tax_included": _("Giá đã gồm thuế GTGT."),
        "terms": _("Điều kiện"),
        "message": _("Lời nhắn"),
        "not_an_invoice": _("Báo giá này không phải là chứng từ thuế."),
    }
