"""A company, its request, a quote: what the tests of companies' orders arrange with."""

from decimal import Decimal
from typing import Any

from django.test import Client

from catalogue.models import Product
from shop.corporate.models import Quote, QuoteRequest
from shop.corporate.quoting import OfferedLine, draft_for, save_draft, send_quote
from shop.corporate.requesting import ask_for_quote
from shop.giving.addresses import COLUMNS
from shop.staff import STAFF, ensure_staff_group
from tests.factories import (
    a_bank_account,
    a_gift_box,
    a_product,
    a_staff_member,
    a_ward,
    in_group,
    signed_in,
)

TAX_CODE = "0100233488"
#: A row of the list of addresses, as a company types it.
ROW = ("Nguyễn Thị Hoa", "0912 345 678", "Bắc Ninh", "Bắc Lũng", "Thôn Nội Chùa", "2", "Chúc Tết")


def a_box(title: str = "Hộp Tết", *, price: int = 500_000, stock: int = 100) -> Product:
    """A box of one honey, in plenty unless said otherwise."""
    return a_gift_box(title, of={a_product(stock=stock): 1}, price=price, stock=1_000)


def a_request(wanted: dict[Product, int], **facts: Any) -> QuoteRequest:
    facts = {
        "company": "Công ty Khoai Lang",
        "contact": "Trần Văn Bình",
        "phone": "+84912345678",
        "email": "binh@khoai.example",
        "ward": a_ward(),
        "street": "12 đường Tân An",
        "delivery": QuoteRequest.Delivery.ONE,
        **facts,
    }
    addresses = facts.pop("addresses", None)
    return ask_for_quote(facts, wanted, addresses)


def a_quote(wanted: dict[Product, int] | None = None, **facts: Any) -> Quote:
    """A quote that was sent: 50 boxes at 450.000 ₫, 30 % deposit, free delivery."""
    a_bank_account()
    wanted = wanted or {a_box(): 50}
    asked = facts.pop("asked", None) or a_request(wanted)
    price = Decimal(facts.pop("price", 450_000))
    staff = a_staff_member()
    lines = [OfferedLine(product, quantity, price) for product, quantity in wanted.items()]
    facts = {"deposit_percent": 30, "discount_reason": "Mua nhiều", **facts}
    draft = save_draft(draft_for(asked, by=staff), facts, lines)
    return send_quote(draft, by=staff)


def a_quoter() -> Client:
    """One of the shop's staff, signed in."""
    ensure_staff_group()
    return signed_in(in_group(a_staff_member(), STAFF))


def a_sheet(*rows: tuple[Any, ...], head: tuple[str, ...] = COLUMNS) -> bytes:
    """A list of addresses as CSV."""
    lines = [",".join(head), *(",".join(str(cell) for cell in row) for row in rows)]
    return "\n".join(lines).encode()
