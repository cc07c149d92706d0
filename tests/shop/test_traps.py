"""Every form that strangers may send knows programs from people, and people lose nothing."""

import re

import pytest
import time_machine
from django.conf import LazySettings
from django.core import signing
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from shop.communication.models import Letter
from shop.users.models import User
from tests.factories import a_buyer, a_product, a_shop

pytestmark = pytest.mark.django_db

PASSWORD = "bánh mật lá chuối 88"
DRAWN = re.compile(r'name="drawn" value="([^"]+)"')


@pytest.fixture(autouse=True)
def _as_in_production(settings: LazySettings) -> None:
    settings.FORM_LEAST_SECONDS = 2


@pytest.fixture
def forms() -> dict[str, tuple[str, dict[str, str]]]:
    """Each form open to strangers: its address and what a person fills in."""
    a_shop()
    product: Product = a_product("Nem chua", stock=0)
    a_buyer("lan@example.vn")
    words = {"text": "Mật này lấy vào tháng mấy?", "name": "Lan", "email": "lan@example.vn"}
    person = {"first_name": "Lan", "email": "moi@example.vn", "phone": ""}
    return {
        "alert": (
            reverse("customer:alerts-create", args=[product.pk]),
            {"email": "lan@example.vn"},
        ),
        "question": (reverse("questions:of-product", args=[product.slug]), words),
        "sign-up": (
            reverse("customer:register"),
            {**person, "password1": PASSWORD, "password2": PASSWORD},
        ),
        "password": (reverse("customer:password-forgot"), {"email": "lan@example.vn"}),
    }


NAMES = ["alert", "question", "sign-up", "password"]


def drawn_at(client: Client, address: str) -> str:
    found = DRAWN.search(client.get(address).content.decode())
    assert found is not None, f"no trap at {address}"
    return found[1]


@pytest.mark.parametrize("name", NAMES)
def test_a_person_sends_the_form(name: str, forms: dict) -> None:
    address, typed = forms[name]
    with time_machine.travel("2026-11-27 12:00:00+07:00", tick=False) as clock:
        client = Client()
        drawn = drawn_at(client, address)
        clock.shift(3)
        answer = client.post(address, {**typed, "website": "", "drawn": drawn})
    assert answer.status_code == 302
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_program_that_fills_everything_in_is_thanked_and_forgotten(
    name: str, forms: dict
) -> None:
    address, typed = forms[name]
    people = User.objects.count()
    answer = Client().post(address, {**typed, "website": "http://spam.example"})
    assert answer.status_code == 302
    assert not Letter.objects.exists() and User.objects.count() == people


@pytest.mark.parametrize("name", NAMES)
def test_who_is_too_quick_is_asked_once_more_and_keeps_what_was_typed(
    name: str, forms: dict
) -> None:
    address, typed = forms[name]
    with time_machine.travel("2026-11-27 12:00:00+07:00", tick=False) as clock:
        client = Client()
        drawn = drawn_at(client, address)
        clock.shift(1)
        page = client.post(address, {**typed, "drawn": drawn}).content.decode()
        assert "Bạn gửi nhanh quá" in page
        assert f'value="{typed["email"]}"' in page
        # The page holds the first moment: pressing again is enough.
        found = DRAWN.search(page)
        assert found is not None and found[1] == drawn
        clock.shift(2)
        assert client.post(address, {**typed, "drawn": found[1]}).status_code == 302


def test_a_moment_that_we_did_not_sign_is_none(forms: dict) -> None:
    address, typed = forms["sign-up"]
    for drawn in ("", "tomorrow", "1:x:y", signing.dumps(0, salt="another")):
        answer = Client().post(address, {**typed, "drawn": drawn})
        assert "Bạn gửi nhanh quá" in answer.content.decode()
    assert not User.objects.filter(email="moi@example.vn").exists()


def test_a_form_of_a_kept_page_may_be_old(forms: dict) -> None:
    address, typed = forms["alert"]
    with time_machine.travel("2026-11-27 12:00:00+07:00", tick=False) as clock:
        drawn = drawn_at(Client(), address)
        clock.shift(24 * 60 * 60)
        assert Client().post(address, {**typed, "drawn": drawn}).status_code == 302


def test_the_page_for_companies_has_the_trap_too(forms: dict) -> None:
    page = Client().get(reverse("corporate:index")).content.decode()
    assert DRAWN.search(page)


def test_screen_readers_and_password_keepers_pass_it_by(forms: dict) -> None:
    page = Client().get(reverse("customer:register")).content.decode()
    trap = page[page.index('aria-hidden="true"><label for="trap"') :][:400]
    for mark in ('tabindex="-1"', 'autocomplete="off"', "data-1p-ignore", "data-lpignore"):
        assert mark in trap
