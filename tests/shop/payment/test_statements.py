"""Statements of banks, as they come: the orders are found, once, and nothing breaks the page."""

import io
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from shop.order.models import Order
from shop.payment import statements
from shop.payment.books import what_is_wrong
from shop.payment.models import MoneyReceived, StatementMapping
from shop.payment.statements import (
    Unreadable,
    columns_for,
    guess,
    import_rows,
    plan,
    read_amount,
    read_moment,
    read_table,
)
from shop.staff import ACCOUNTS, ensure_staff_group
from tests.factories import a_staff_member
from tests.shop.payment.paying import a_prepaid_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("prepaid")]


@pytest.fixture(autouse=True)
def _books_close(monkeypatch: Any) -> Iterator[None]:
    # The waiting orders of these tests are of the tests' own method.
    monkeypatch.setattr(statements, "METHODS", ("prepaid",))
    yield
    assert what_is_wrong() == []


def a_csv(*rows: str) -> bytes:
    above = ["NGÂN HÀNG TMCP", "Từ ngày 01/11/2026", ""]
    header = "Ngày giao dịch;Phát sinh nợ;Phát sinh có;Diễn giải;Số bút toán"
    return "\n".join([*above, header, *rows]).encode("utf-8-sig")


def an_xlsx(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["Sao kê tài khoản"])
    sheet.append(["Date", "Description", "Credit", "Reference"])
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def imported(content: bytes, name: str = "saoke.csv") -> statements.Report:
    table = read_table(name, content)
    return import_rows(plan(table, columns_for(table)), by=a_staff_member())


def test_order_of_a_csv_row_is_paid() -> None:
    order = a_prepaid_order(100_000)
    total = f"{order.total_incl_tax:,}".replace(",", ".")
    imported(
        a_csv(
            f"24/11/2026 09:10:11;;{total};MBVCB.{order.number}.ck;FT1",
            "24/11/2026;50.000;;RUT TIEN;FT2",
            ";;9.999.999;;",
        )
    )
    assert Order.objects.get().status == "placed"
    money = MoneyReceived.objects.get()
    assert (money.reference, money.amount) == ("FT1", order.total_incl_tax)


def test_order_of_an_xlsx_row_is_paid() -> None:
    order = a_prepaid_order()
    row = (datetime(2026, 11, 24, 9, 10), f"ck {order.number}", float(order.total_incl_tax), "R1")
    imported(an_xlsx(row), "saoke.xlsx")
    assert Order.objects.get().status == "placed"


def test_same_file_again_changes_nothing() -> None:
    order = a_prepaid_order()
    content = a_csv(f"24/11/2026;;{order.total_incl_tax};{order.number};")
    assert len(imported(content).money) == 1
    again = imported(content)
    assert (len(again.money), again.known) == (0, 1)
    assert MoneyReceived.objects.count() == 1


def test_two_equal_transfers_of_one_day_are_two() -> None:
    row = "24/11/2026;;50.000;ung ho;"
    imported(a_csv(row, row))
    imported(a_csv(row, row))
    assert MoneyReceived.objects.count() == 2


def test_row_that_cannot_be_read_is_named_and_stops_no_other() -> None:
    order = a_prepaid_order()
    report = imported(
        a_csv("hôm qua;;50.000;ck;A", f"24/11/2026;;{order.total_incl_tax};{order.number};B")
    )
    [trouble] = report.troubled
    assert (trouble.number, "hôm qua" in trouble.trouble) == (5, True)
    assert Order.objects.get().status == "placed"


def test_columns_once_chosen_are_remembered() -> None:
    content = "Khi nào,Bao nhiêu,Ghi gì\n24/11/2026,50000,x\n".encode()
    with pytest.raises(Unreadable, match="tên cột"):
        read_table("a.csv", content)
    content = "Ngày,Bao nhiêu,Nội dung\n24/11/2026,50000,x\n".encode()
    table = read_table("a.csv", content)
    with pytest.raises(Unreadable, match="Tiền vào"):
        plan(table, columns_for(table))
    statements.remember_columns(table, {"date": 0, "amount": 1, "note": 2})
    assert len(plan(table, columns_for(table)).new) == 1


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.250.000", 1_250_000),
        ("1,250,000.00", 1_250_000),
        ("1250000 VND", 1_250_000),
        ("+50.000đ", 50_000),
        ("-5.000", -5_000),
        ("50000.0", 50_000),
    ],
)
def test_amounts_are_read_as_banks_write_them(text: str, amount: int) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "x", "5,5", "1.2.3", "12a", "٣", "1e5", "=1+1"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="không phải số tiền"):
        read_amount(text)


@given(amount=st.integers(1, 10**12))
def test_amount_written_the_vietnamese_way_is_read_back(amount: int) -> None:
    assert read_amount(f"{amount:,}".replace(",", ".")) == amount
    assert read_amount(f"{amount:,}.00") == amount


def test_days_come_first_and_times_are_viet_nams() -> None:
    assert read_moment("05/11/2026").isoformat() == "2026-11-05T00:00:00+07:00"
    assert read_moment("5-11-2026 14:02:37").isoformat() == "2026-11-05T14:02:37+07:00"
    with pytest.raises(ValueError, match="không phải ngày"):
        read_moment("31/02/2026")


def test_columns_of_usual_headers_are_guessed() -> None:
    header = ["STT", "Ngày hiệu lực", "Số CT", "Ghi nợ", "Ghi có", "Số dư", "Nội dung chi tiết"]
    assert guess(header) == {"date": 1, "amount": 4, "note": 6, "reference": 2}


@given(content=st.binary(max_size=300))
def test_no_file_whatever_breaks_the_reader(content: bytes) -> None:
    for name in ("a.csv", "a.xlsx"):
        try:
            table = read_table(name, content)
            plan(table, columns_for(table))
        except Unreadable:
            pass


def test_packed_bomb_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(statements, "MOST_UNPACKED", 1000)
    with pytest.raises(Unreadable, match="quá lớn"):
        read_table("a.xlsx", an_xlsx(("24/11/2026", "x", 5, "y")))


def test_a_small_file_that_claims_wide_rows_is_read_as_far_as_banks_go() -> None:
    book = openpyxl.Workbook()
    for _row in range(50):
        book.active.append(["Ngày", "Số tiền", "Nội dung"])
    book.active["XFD1"] = "xa"
    out = io.BytesIO()
    book.save(out)
    assert max(map(len, statements._xlsx_lines(out.getvalue()))) <= statements.MOST_COLUMNS


# --- The page -----------------------------------------------------------------------------------


@pytest.fixture
def accountant() -> Client:
    ensure_staff_group()
    person = a_staff_member()
    person.groups.add(Group.objects.get(name=ACCOUNTS))
    client = Client()
    client.force_login(person, backend="shop.users.backends.EmailBackend")
    return client


PAGE = "payments:statement"


def test_clerk_sees_what_would_happen_before_it_does(accountant: Client) -> None:
    order = a_prepaid_order()
    content = a_csv(f"24/11/2026;;{order.total_incl_tax};{order.number};F1")
    upload = SimpleUploadedFile("saoke.csv", content)
    page = accountant.post(reverse(PAGE), {"file": upload, "action": "look"})
    assert "1 khoản mới" in page.content.decode()
    assert Order.objects.get().status == "pending-payment"
    columns = {f"column_{each['kind']}": each["chosen"] for each in page.context["choices"]}
    form = {"sealed": page.context["sealed"], "action": "import", **columns}
    for _twice in range(2):
        done = accountant.post(reverse(PAGE), form, follow=True).content.decode()
    assert "Đã ghi 0 khoản" in done
    assert Order.objects.get().status == "placed"
    assert StatementMapping.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x01", b"PK\x03\x04broken", b"a,b\n1,2"])
def test_wrong_file_is_refused_in_words(accountant: Client, content: bytes) -> None:
    upload = SimpleUploadedFile("x.csv", content or b" ")
    page = accountant.post(reverse(PAGE), {"file": upload, "action": "look"})
    assert page.status_code == 422
    assert "field__error" in page.content.decode()


def test_file_that_was_tampered_with_is_refused(accountant: Client) -> None:
    assert accountant.post(reverse(PAGE), {"sealed": "x", "action": "import"}).status_code == 422
    assert accountant.post(reverse(PAGE)).status_code == 422


def test_only_who_settles_money_imports(client: Client) -> None:
    person = a_staff_member()
    person.groups.add(ensure_staff_group())
    client.force_login(person, backend="shop.users.backends.EmailBackend")
    assert client.get(reverse(PAGE)).status_code == 403
