"""A session belongs to one person: no key is taken over from before, none outlives its end."""

import pytest
from django.conf import LazySettings, settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.addresses import all_addresses
from tests.factories import PASSWORD, a_buyer, a_product, a_shop, signed_in
from tests.full_house import a_full_house
from tests.neighbour import filled

pytestmark = pytest.mark.django_db

COOKIE = settings.SESSION_COOKIE_NAME


def sign_in(client: Client, email: str) -> None:
    answer = client.post(reverse("customer:login"), {"username": email, "password": PASSWORD})
    assert answer.status_code == 302


def test_signing_in_gives_another_key() -> None:
    a_shop()
    client = Client()
    client.post(reverse("wishlists:add", args=[a_product().pk]))
    before = client.cookies[COOKIE].value
    sign_in(client, str(a_buyer().email))
    assert client.cookies[COOKIE].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_planted_key_opens_nothing() -> None:
    a_shop()
    planted = "a" * 32
    victim = Client()
    victim.cookies[COOKIE] = planted
    sign_in(victim, str(a_buyer().email))
    assert victim.cookies[COOKIE].value != planted
    thief = Client()
    thief.cookies[COOKIE] = planted
    assert thief.get(reverse("customer:summary")).status_code == 302


def test_signing_out_ends_the_session_and_not_the_cookie_only() -> None:
    client = signed_in(a_buyer())
    copied = Client()
    copied.cookies[COOKIE] = client.cookies[COOKIE].value
    assert copied.get(reverse("customer:summary")).status_code == 200
    client.post(reverse("customer:logout"))
    assert copied.get(reverse("customer:summary")).status_code == 302


def test_the_next_person_at_the_same_browser_starts_anew() -> None:
    a_shop()
    client = Client()
    sign_in(client, str(a_buyer().email))
    before = client.cookies[COOKIE].value
    client.post(reverse("customer:logout"))
    sign_in(client, str(a_buyer().email))
    assert client.cookies[COOKIE].value != before


def test_scripts_do_not_read_the_key_and_other_sites_do_not_send_it() -> None:
    a_shop()
    client = Client()
    sign_in(client, str(a_buyer().email))
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_a_message_that_waits_is_read_by_no_script_and_sent_to_us_alone(
    settings: LazySettings,
) -> None:
    settings.SESSION_COOKIE_SECURE = True  # as in production
    a_shop()
    client = Client()
    client.post(reverse("basket:add", args=[a_product(stock=3).pk]), {"quantity": "1"})
    cookie = client.cookies["messages"]
    assert cookie["httponly"] and cookie["secure"] and cookie["samesite"] == "Lax"
    assert not cookie["max-age"] and not cookie["expires"]  # ends with the browser


def test_pages_of_one_person_are_kept_by_nobody() -> None:
    """No browser's back button after signing out and no proxy shows them again."""
    house = a_full_house()
    kept = []
    client = house.client("buyer")
    for address in all_addresses():
        if not address.form.startswith(("tai-khoan/", "don-hang/", "thanh-toan/")):
            continue
        answer = client.get(filled(address.form, address.names, house.known))
        control = answer.get("Cache-Control", "")
        if answer.status_code == 200 and "no-store" not in control and "private" not in control:
            kept.append(address.form)
    assert kept == []
