"""Pages about one's own data, the invoice profiles and the letters."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shop.communication.models import Letter
from shop.invoices.models import TaxProfile
from shop.personal.models import Consent
from shop.users.models import User
from tests.factories import (
    a_basket_with,
    a_buyer,
    a_product,
    a_received_order,
    an_order,
    signed_in,
    zone_rates,
)
from tests.shop.buying import a_guest_with, buy, only_order

pytestmark = pytest.mark.django_db

PASSWORD = "bánh mật lá chuối 88"
PROFILE = {
    "company_name": "Công ty Hoa",
    "tax_code": "0100233488",
    "address": "12 Lý Thái Tổ",
    "email": "ketoan@example.vn",
}


@pytest.fixture
def hoa() -> User:
    return User.objects.create_user("hoa@example.vn", PASSWORD, first_name="Hoa")


@pytest.mark.parametrize(
    "name", ["privacy", "erase", "letters", "tax-profiles", "claims", "devices", "email-change"]
)
def test_a_visitor_is_asked_to_sign_in(client: Client, name: str) -> None:
    response = client.get(reverse(f"customer:{name}"))
    assert response.headers["Location"].startswith(reverse("customer:login"))


def test_an_account_is_erased_with_its_password_and_the_visitor_is_signed_out(hoa: User) -> None:
    client = signed_in(hoa)
    url = reverse("customer:erase")
    assert "Mất ngay" in client.get(url).content.decode()
    assert client.post(url, {"understood": "on", "password": "sai"}).status_code == 422
    assert client.post(url, {"password": PASSWORD}).status_code == 422
    assert User.objects.exists()
    client.post(url, {"understood": "on", "password": PASSWORD})
    assert not User.objects.exists()
    assert client.get(reverse("customer:summary")).status_code == 302


def test_an_order_under_way_says_so_and_where_to_ask_and_nothing_is_erased(hoa: User) -> None:
    order = an_order(a_product(), buyer=hoa)
    response = signed_in(hoa).post(
        reverse("customer:erase"), {"understood": "on", "password": PASSWORD}
    )
    assert response.status_code == 409
    text = response.content.decode()
    assert order.number in text
    assert f'<a href="{reverse("customer:order-list")}">đơn đó</a>' in text
    assert "gọi cho chúng tôi" not in text
    assert User.objects.filter(pk=hoa.pk).exists()


def test_the_command_says_first_and_erases_then(hoa: User) -> None:
    out = StringIO()
    call_command("erase_person", "HOA@example.vn", "--dry-run", stdout=out)
    assert "Chạy thử" in out.getvalue() and User.objects.exists()
    call_command("erase_person", "hoa@example.vn", stdout=out)
    assert not User.objects.exists()


def test_the_command_refuses_while_something_is_under_way(hoa: User) -> None:
    an_order(a_product(), buyer=hoa)
    with pytest.raises(CommandError, match="chưa xong"):
        call_command("erase_person", "hoa@example.vn", stdout=StringIO())


def test_letters_are_listed_without_those_that_open_the_account(hoa: User) -> None:
    order = a_received_order(a_product(), buyer=hoa)
    Letter.objects.create(event_code="PASSWORD_RESET", to=hoa.email, subject="Đặt lại", text="x")
    client = signed_in(hoa)
    page = client.get(reverse("customer:letters")).content.decode()
    assert order.number in page and "Đặt lại" not in page
    mine = Letter.objects.filter(to=hoa.email, order=order).first()
    assert client.get(reverse("customer:letter", args=[mine.pk])).status_code == 200
    other = signed_in(a_buyer())
    assert other.get(reverse("customer:letter", args=[mine.pk])).status_code == 404


def test_letters_to_a_guest_are_not_read_by_whoever_signs_up_with_the_address() -> None:
    order = an_order(a_product(), email="hoa@example.vn")
    thief = a_buyer(email="hoa@example.vn")
    page = signed_in(thief).get(reverse("customer:letters")).content.decode()
    assert order.number not in page
    User.objects.filter(pk=thief.pk).update(email_verified_at=timezone.now())
    assert order.number in signed_in(thief).get(reverse("customer:letters")).content.decode()


def test_a_quote_to_an_address_is_not_read_by_whoever_signs_up_with_it() -> None:
    thief = a_buyer(email="hoa@example.vn")
    Letter.objects.create(event_code="QUOTE_SENT", to=thief.email, subject="Báo giá", text="x")
    Letter.objects.create(event_code="NEW_DEVICE", to=thief.email, subject="Máy lạ", text="x")
    page = signed_in(thief).get(reverse("customer:letters")).content.decode()
    assert "Máy lạ" in page and "Báo giá" not in page.split("</h1>")[1].split("<footer")[0]


def test_queries_do_not_grow_with_letters(hoa: User, django_assert_max_num_queries: Any) -> None:
    client = signed_in(hoa)

    def write(how_many: int) -> None:
        for number in range(how_many):
            Letter.objects.create(
                event_code="NEW_DEVICE", to=hoa.email, subject=f"{number}", text="x"
            )

    write(2)
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("customer:letters"))
    write(12)
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("customer:letters"))


def test_invoice_data_is_kept_checked_and_only_ones_own(hoa: User) -> None:
    client = signed_in(hoa)
    wrong = client.post(reverse("customer:tax-profile-add"), {**PROFILE, "tax_code": "123"})
    assert wrong.status_code == 200 and not TaxProfile.objects.exists()
    assert 'value="Công ty Hoa"' in wrong.content.decode()
    client.post(reverse("customer:tax-profile-add"), PROFILE)
    profile = TaxProfile.objects.get()
    assert (profile.user, profile.tax_code) == (hoa, "0100233488")
    twice = client.post(reverse("customer:tax-profile-add"), PROFILE)
    assert "đã có trong danh sách" in twice.content.decode()
    stranger = signed_in(a_buyer())
    for name in ("tax-profile", "tax-profile-delete"):
        url = reverse(f"customer:{name}", args=[profile.pk])
        assert stranger.post(url, PROFILE).status_code == 404
    client.post(reverse("customer:tax-profile-delete", args=[profile.pk]))
    assert not TaxProfile.objects.exists()


def test_checkout_fills_the_invoice_from_a_profile_and_keeps_a_new_one(hoa: User) -> None:
    zone_rates()
    profile = TaxProfile.objects.create(user=hoa, **PROFILE)
    a_basket_with(a_product(), owner=hoa)
    client = signed_in(hoa)
    page = client.post(reverse("checkout:index"), {"use_tax_profile": profile.pk})
    assert 'value="0100233488"' in page.content.decode()
    stranger = signed_in(a_buyer())
    a_basket_with(a_product(), owner=User.objects.latest("pk"))
    page = stranger.post(reverse("checkout:index"), {"use_tax_profile": profile.pk})
    assert "0100233488" not in page.content.decode()
    asked = {
        "invoice_wanted": "on",
        "invoice_company": "Công ty Hoa Hoa",
        "invoice_tax_code": "0100233488",
        "invoice_address": "13 Lý Thái Tổ",
        "invoice_email": "ketoan@example.vn",
        "save_invoice": "on",
    }
    assert buy(client, **asked).status_code == 302
    profile.refresh_from_db()
    assert (profile.company_name, profile.address) == ("Công ty Hoa Hoa", "13 Lý Thái Tổ")


def test_a_guest_who_ticks_the_box_at_checkout_agrees_and_one_who_does_not_does_not() -> None:
    zone_rates()
    product = a_product(stock=5)
    buy(a_guest_with(product))
    only_order()
    assert not Consent.objects.exists()
    buy(a_guest_with(product), consent_news="on", email="moi@example.com")
    row = Consent.objects.get()
    assert (row.email, row.source, row.user) == ("moi@example.com", "checkout", None)


def test_an_order_stands_even_when_the_tick_cannot_be_kept(monkeypatch: Any) -> None:
    zone_rates()
    monkeypatch.setattr("shop.personal.fields.give", lambda *args, **kwargs: 1 / 0)
    assert buy(a_guest_with(a_product()), consent_news="on").status_code == 302
    only_order()
