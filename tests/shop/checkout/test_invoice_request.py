"""Asking for an invoice at the till."""

import pytest
from django.urls import reverse

from shop.invoices.models import InvoiceRequest
from shop.order.models import Order
from tests.factories import a_product, zone_rates
from tests.shop.buying import a_guest_with, buy, form_of, look, only_order, press

pytestmark = pytest.mark.django_db
WANTED = {
    "invoice_wanted": "on",
    "invoice_company": "Công ty TNHH Trà Lục Nam",
    "invoice_tax_code": "0100 047 516-001",
    "invoice_address": "12 Tràng Tiền, Hà Nội",
    "invoice_email": "ketoan@example.com",
}


@pytest.fixture
def guest():
    zone_rates()
    return a_guest_with(a_product())


def test_request_is_frozen_on_the_order(guest, client) -> None:
    buy(guest, **WANTED)
    asked = only_order().invoice_request
    assert asked.company_name == "Công ty TNHH Trà Lục Nam"
    assert asked.tax_code == "0100047516-001"
    assert asked.address == "12 Tràng Tiền, Hà Nội"
    assert asked.email == "ketoan@example.com"
    assert asked.status == InvoiceRequest.Status.REQUESTED
    page = client.get(only_order().get_absolute_url(), follow=True).content.decode()
    assert "0100047516-001" in page
    assert "Chờ xuất" in page


def test_nothing_is_asked_without_the_tick(guest) -> None:
    buy(guest, **{**WANTED, "invoice_wanted": None, "invoice_tax_code": "rác"})
    assert only_order() and not InvoiceRequest.objects.exists()


def test_email_of_the_buyer_serves_for_the_invoice(guest) -> None:
    buy(guest, **{**WANTED, "invoice_email": ""}, email="hoa@example.com")
    assert InvoiceRequest.objects.get().email == "hoa@example.com"


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("invoice_company", "", "Hãy nhập tên ghi trên hóa đơn."),
        ("invoice_tax_code", "", "Hãy nhập mã số thuế."),
        ("invoice_tax_code", "0100047517", "chữ số kiểm tra không khớp"),
        ("invoice_address", " ", "Hãy nhập địa chỉ ghi trên hóa đơn."),
        ("invoice_email", "khong-phai", "email"),
    ],
)
def test_fault_stands_beside_its_field_and_the_rest_is_kept(guest, name, typed, words) -> None:
    response = buy(guest, **{**WANTED, name: typed})
    assert response.status_code == 422
    assert Order.objects.count() == 0
    form = response.context["form"]
    assert list(form.errors) == [name]
    assert words in form.errors[name][0]
    body = response.content.decode()
    assert f'id="id_{name}_error"' in body
    assert "checked" in str(form["invoice_wanted"])
    for other in set(WANTED) - {name, "invoice_wanted"}:
        assert WANTED[other] in body


def test_no_email_at_all_is_said_beside_the_field(guest) -> None:
    response = buy(guest, **{**WANTED, "invoice_email": ""}, email="")
    assert list(response.context["form"].errors) == ["invoice_email"]


def test_what_was_typed_outlives_leaving_the_page(guest) -> None:
    look(guest, **WANTED)
    body = guest.get(reverse("checkout:index")).content.decode()
    assert "Công ty TNHH Trà Lục Nam" in body
    assert "checked" in str(guest.get(reverse("checkout:index")).context["form"]["invoice_wanted"])


def test_same_form_twice_is_one_request(guest) -> None:
    hidden = form_of(look(guest, **WANTED))
    press(guest, hidden, **WANTED)
    press(guest, hidden, **WANTED)
    assert InvoiceRequest.objects.count() == 1
