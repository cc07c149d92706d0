"""Staff answer requests for invoices and take them to the accountant."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from shop.invoices.export import safe_text
from shop.invoices.models import InvoiceRequest
from shop.order.cancelling import cancel_order
from shop.staff import ACCOUNTS, ensure_staff_group
from tests.factories import a_product, a_staff_member, a_user, an_order

pytestmark = pytest.mark.django_db
Status = InvoiceRequest.Status


def a_request(**facts: Any) -> InvoiceRequest:
    facts = {
        "company_name": "Công ty Trà",
        "tax_code": "0100047516",
        "address": "12 Tràng Tiền",
        "email": "ketoan@example.com",
        **facts,
    }
    return InvoiceRequest.objects.create(order=an_order(a_product()), **facts)


@pytest.fixture
def accountant(client) -> Client:
    staff = a_staff_member("ketoan@phiencho.example")
    ensure_staff_group()
    staff.groups.add(Group.objects.get(name=ACCOUNTS))
    client.force_login(staff)
    return client


def sheet_of(response: Any) -> list[list[Any]]:
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def today() -> str:
    return timezone.localdate().isoformat()


def test_list_shows_who_waits_and_filters(accountant) -> None:
    tea, honey = a_request(), a_request(company_name="HTX Mật", tax_code="024087001234")
    InvoiceRequest.objects.filter(pk=honey.pk).update(status=Status.DECLINED, note="Sai tên")
    body = accountant.get(reverse("invoices:index")).content.decode()
    assert "Công ty Trà" in body and "HTX Mật" in body
    assert "1 yêu cầu chờ xuất" in body
    for query, found in [
        ({"status": "declined"}, [honey]),
        ({"q": tea.order.number}, [tea]),
        ({"q": "htx"}, [honey]),
        ({"q": "0240"}, [honey]),
        ({"since": today()}, [honey, tea]),
        ({"until": str(timezone.localdate() - timedelta(days=1))}, []),
        ({"since": "hôm qua", "status": "nope"}, [honey, tea]),
    ]:
        page = accountant.get(reverse("invoices:index"), query).context["page"]
        assert list(page) == found, query


def test_request_of_a_cancelled_order_does_not_wait(accountant) -> None:
    cancel_order(a_request().order)
    response = accountant.get(reverse("invoices:index"))
    assert response.context["waiting"] == 0
    assert "đơn đã hủy" in response.content.decode()


def test_number_and_day_are_written_and_the_buyer_reads_them(accountant) -> None:
    asked = a_request()
    url = reverse("invoices:issued", args=[asked.pk])
    accountant.post(url, {"number": "1C26TPC 00000123", "issued_on": today()})
    asked.refresh_from_db()
    assert (asked.status, asked.number) == (Status.ISSUED, "1C26TPC 00000123")
    assert asked.handled_by.email == "ketoan@phiencho.example"
    assert asked.handled_at is not None
    buyer = Client().get(asked.order.get_absolute_url(), follow=True)
    page = Client().get(asked.order.get_absolute_url())
    assert page.status_code == 302 and buyer.status_code == 200
    assert "1C26TPC 00000123" in buyer.content.decode()


@pytest.mark.parametrize(
    "answer",
    [
        {"number": "", "issued_on": "2026-11-24"},
        {"number": "1C26TPC 1", "issued_on": ""},
        {"number": "1C26TPC 1", "issued_on": "1999-01-01"},
        {"number": "1C26TPC 1", "issued_on": "2999-01-01"},
        {"number": "9" * 61, "issued_on": "2026-11-24"},
    ],
)
def test_half_an_answer_is_refused(accountant, answer) -> None:
    asked = a_request()
    response = accountant.post(reverse("invoices:issued", args=[asked.pk]), answer)
    assert response.status_code == 422
    assert response.context["issued_form"].errors
    asked.refresh_from_db()
    assert asked.status == Status.REQUESTED


def test_one_number_is_not_given_to_two_orders(accountant) -> None:
    first, second = a_request(), a_request()
    answer = {"number": "1C26TPC 00000123", "issued_on": today()}
    accountant.post(reverse("invoices:issued", args=[first.pk]), answer)
    response = accountant.post(reverse("invoices:issued", args=[second.pk]), answer)
    assert "đã ghi cho đơn khác" in response.content.decode()
    second.refresh_from_db()
    assert second.status == Status.REQUESTED


def test_declining_needs_a_reason_and_can_be_taken_back(accountant) -> None:
    asked = a_request()
    url = reverse("invoices:declined", args=[asked.pk])
    assert accountant.post(url, {"note": " "}).status_code == 422
    accountant.post(url, {"note": "Mã số thuế đã đóng"})
    asked.refresh_from_db()
    assert (asked.status, asked.note) == (Status.DECLINED, "Mã số thuế đã đóng")
    accountant.post(reverse("invoices:reopen", args=[asked.pk]))
    asked.refresh_from_db()
    assert (asked.status, asked.note) == (Status.REQUESTED, "")


def test_database_refuses_an_issued_request_without_its_number() -> None:
    asked = a_request()
    with pytest.raises(IntegrityError), transaction.atomic():
        InvoiceRequest.objects.filter(pk=asked.pk).update(status=Status.ISSUED)


def test_sheet_holds_what_the_filters_show(accountant) -> None:
    a_request(company_name="HTX Mật")
    asked = a_request()
    query = {"q": asked.order.number}
    response = accountant.get(reverse("invoices:export"), query)
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    header, row = sheet_of(response)
    assert header[0] == "Đơn hàng"
    assert row[0] == asked.order.number
    assert row[2] == int(asked.order.total_incl_tax)
    assert row[3:7] == ["Công ty Trà", "0100047516", "12 Tràng Tiền", "ketoan@example.com"]


@pytest.mark.parametrize("bad", ["=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "=HYPERLINK(A1)\x07"])
def test_sheet_never_computes_what_a_buyer_typed(accountant, bad) -> None:
    asked = a_request(company_name=bad)
    response = accountant.get(reverse("invoices:export"))
    sheet: Any = load_workbook(BytesIO(response.content)).active
    cell = sheet.cell(row=2, column=4)
    assert cell.data_type == "s"
    assert cell.value == safe_text(asked.company_name)
    assert cell.value.startswith("'")


@pytest.mark.parametrize("who", ["nobody", "buyer", "staff without the right"])
def test_others_see_no_request(client, who) -> None:
    asked = a_request()
    if who != "nobody":
        client.force_login(a_user() if who == "buyer" else a_staff_member())
    expected = 302 if who == "nobody" else 403
    for url in (
        reverse("invoices:index"),
        reverse("invoices:export"),
        reverse("invoices:detail", args=[asked.pk]),
    ):
        assert client.get(url).status_code == expected
    for name in ("invoices:issued", "invoices:declined", "invoices:reopen"):
        assert client.post(reverse(name, args=[asked.pk])).status_code == expected
    asked.refresh_from_db()
    assert asked.status == Status.REQUESTED
