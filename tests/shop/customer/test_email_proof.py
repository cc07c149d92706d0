"""Proving an email address, changing it, and changing the password."""

import re
import time
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shop.communication.models import Letter
from shop.communication.personal import letters_to
from shop.communication.writing import write_letter
from shop.customer.letters import write_password_changed_letter
from shop.customer.proving import write_change_letter, write_confirm_letter
from shop.personal.erasing import erase_person
from shop.personal.exporting import data_of
from shop.personal.registry import Person
from shop.users.models import User
from tests.factories import a_buyer, a_product, an_order, signed_in

pytestmark = pytest.mark.django_db

PASSWORD = "bánh mật lá chuối 88"


@pytest.fixture
def hoa() -> User:
    return User.objects.create_user("hoa@example.vn", PASSWORD, first_name="Hoa")


def link_in(letter: Letter) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", letter.text)
    assert found is not None
    return found.group(1)


def letter_of(event_code: str) -> Letter:
    return Letter.objects.get(event_code=event_code)


def test_signing_up_sends_a_link_that_proves_the_address(client: Client) -> None:
    form = {"first_name": "Lục", "email": "Luc@example.vn", "phone": ""}
    client.post(
        reverse("customer:register"), {**form, "password1": PASSWORD, "password2": PASSWORD}
    )
    user = User.objects.get()
    assert user.email_verified_at is None
    link = link_in(letter_of("EMAIL_CONFIRM"))
    assert "Xác nhận email này" in client.get(link).content.decode()
    assert User.objects.get().email_verified_at is None  # a program that only looks proves nothing
    client.post(link)
    assert User.objects.get().email_verified_at is not None


def test_the_link_proves_nothing_for_a_stranger_or_another_account(hoa: User) -> None:
    write_confirm_letter(hoa)
    link = link_in(letter_of("EMAIL_CONFIRM"))
    assert Client().post(link).headers["Location"].startswith(reverse("customer:login"))
    other = a_buyer()
    signed_in(other).post(link)
    hoa.refresh_from_db()
    other.refresh_from_db()
    assert hoa.email_verified_at is None and other.email_verified_at is None


def test_the_link_ends_after_three_days(hoa: User) -> None:
    write_confirm_letter(hoa)
    link = link_in(letter_of("EMAIL_CONFIRM"))
    later = time.time() + 3 * 24 * 60 * 60 + 60
    with patch("django.core.signing.time.time", return_value=later):
        page = signed_in(hoa).post(link, follow=True)
    hoa.refresh_from_db()
    assert hoa.email_verified_at is None
    assert "quá hạn" in page.content.decode()


def test_another_email_needs_the_password_and_its_own_letter(hoa: User) -> None:
    client = signed_in(hoa)
    url = reverse("customer:email-change")
    wrong = client.post(url, {"email": "moi@example.vn", "password": "sai"})
    assert wrong.status_code == 422 and "Mật khẩu chưa đúng" in wrong.content.decode()
    assert 'value="moi@example.vn"' in wrong.content.decode()
    client.post(url, {"email": "Moi@example.vn", "password": PASSWORD})
    hoa.refresh_from_db()
    assert hoa.email == "hoa@example.vn"
    letter = letter_of("EMAIL_CHANGE")
    assert letter.to == "moi@example.vn"
    link = link_in(letter)
    client.post(link)
    hoa.refresh_from_db()
    assert hoa.email == "moi@example.vn" and hoa.email_verified_at
    assert letter_of("EMAIL_CHANGED").to == "hoa@example.vn"
    # Opened once more it says so and does nothing: the address that it names is the old one.
    client.post(link)
    assert Letter.objects.filter(event_code="EMAIL_CHANGED").count() == 1


def test_an_address_that_somebody_else_took_meanwhile_is_refused(hoa: User) -> None:
    client = signed_in(hoa)
    client.post(reverse("customer:email-change"), {"email": "moi@example.vn", "password": PASSWORD})
    a_buyer(email="moi@example.vn")
    page = client.post(link_in(letter_of("EMAIL_CHANGE")), follow=True).content.decode()
    assert "đã có tài khoản khác" in page
    hoa.refresh_from_db()
    assert hoa.email == "hoa@example.vn"


def test_a_new_password_ends_every_other_session_and_sends_a_letter(hoa: User) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.post(reverse("customer:login"), {"username": hoa.email, "password": PASSWORD})
    new = {"new_password1": "một mật khẩu mới 99", "new_password2": "một mật khẩu mới 99"}
    here.post(reverse("customer:change-password"), {"old_password": PASSWORD, **new})
    assert here.get(reverse("customer:summary")).status_code == 200
    assert elsewhere.get(reverse("customer:summary")).status_code == 302
    assert letter_of("PASSWORD_CHANGED").to == "hoa@example.vn"
    assert len(here.get(reverse("customer:devices")).context["devices"]) == 1


def test_guessing_the_password_in_an_open_browser_ends(hoa: User) -> None:
    client = signed_in(hoa)
    url = reverse("customer:email-change")
    for _try in range(10):
        client.post(url, {"email": "moi@example.vn", "password": "sai"})
    page = client.post(url, {"email": "moi@example.vn", "password": PASSWORD})
    assert "Sai nhiều lần quá" in page.content.decode()
    assert not Letter.objects.filter(event_code="EMAIL_CHANGE").exists()


def changed_address(user: User, email: str) -> User:
    write_change_letter(user, email)
    signed_in(user).post(link_in(letter_of("EMAIL_CHANGE")))
    return User.objects.get(pk=user.pk)


def seen_by(user: User) -> set[str]:
    return {letter.event_code for letter in letters_to(Person.of(user))}


def test_letters_to_the_former_address_stay_the_accounts() -> None:
    hoa = a_buyer(email="cu@example.vn")
    order = an_order(a_product(), buyer=hoa)
    write_password_changed_letter(hoa)
    write_letter("PASSWORD_CHANGED", to="cu@example.vn", context={"user": hoa}, language="vi")
    before = letters_to(Person.of(hoa)).count()
    hoa = changed_address(hoa, "moi@example.vn")
    assert hoa.email == "moi@example.vn"
    assert seen_by(hoa) >= {"ORDER_PLACED", "PASSWORD_CHANGED", "EMAIL_CHANGED"}
    assert letters_to(Person.of(hoa)).count() == before + 1
    assert order.number in signed_in(hoa).get(reverse("customer:letters")).content.decode()
    told = data_of(Person.of(hoa))["letters"]
    assert {row["to"] for row in told} == {"cu@example.vn"}


def test_who_gets_the_former_address_later_reads_none_of_them() -> None:
    hoa = a_buyer(email="cu@example.vn")
    write_password_changed_letter(hoa)
    changed_address(hoa, "moi@example.vn")
    assert seen_by(a_buyer(email="cu@example.vn")) == set()
    assert not letters_to(Person("cu@example.vn", None, owns_email=True)).exists()


def test_what_a_stranger_asked_for_at_an_unproved_address_is_not_taken_along(hoa: User) -> None:
    write_letter("PASSWORD_CHANGED", to=hoa.email, context={"user": hoa}, language="vi")
    Letter.objects.create(event_code="QUOTE_SENT", to=hoa.email, subject="s", text="t")
    hoa = changed_address(hoa, "moi@example.vn")
    assert seen_by(hoa) == {"PASSWORD_CHANGED", "EMAIL_CHANGED"}


def test_erasing_takes_letters_to_every_address_the_account_had() -> None:
    hoa = a_buyer(email="cu@example.vn")
    User.objects.filter(pk=hoa.pk).update(email_verified_at=timezone.now())
    write_password_changed_letter(hoa)
    Letter.objects.create(event_code="PRODUCT_BACK", to="Cu@example.vn", subject="s", text="t")
    write_change_letter(hoa, "khong-bao-gio@example.vn")
    Letter.objects.filter(event_code="EMAIL_CHANGE").update(event_code="EMAIL_CHANGE_UNUSED")
    hoa = changed_address(hoa, "moi@example.vn")
    write_confirm_letter(hoa)
    other = a_buyer(email="khac@example.vn")
    write_password_changed_letter(other)
    erase_person(Person.of(hoa))
    assert [letter.to for letter in Letter.objects.all()] == ["khac@example.vn"]
