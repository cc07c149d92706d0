"""The second step also holds for sessions that are older than it."""

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from shop.users.models import User
from tests.factories import PASSWORD, a_buyer, a_producer, a_shop, a_user, signed_in
from tests.shop.two_factor.apps import an_app, code_of

pytestmark = pytest.mark.django_db

ASK, SETUP = "/tai-khoan/hai-buoc/ma/", "/tai-khoan/hai-buoc/cai-dat/"


def set_up(client: Client, user: User) -> TOTPDevice:
    client.get(SETUP)
    device: TOTPDevice = TOTPDevice.objects.get(user=user)
    assert client.post(SETUP, {"code": code_of(device)}).status_code == 200
    return device


def test_setting_up_the_app_ends_every_other_session() -> None:
    a_shop()
    member = a_user()
    a_producer(members=[member])
    older, here = signed_in(member), signed_in(member)
    assert older.get("/kenh-san-xuat/").status_code == 200
    set_up(here, member)
    assert here.get("/kenh-san-xuat/").status_code == 200
    assert older.get("/kenh-san-xuat/")["Location"].startswith(reverse("customer:login"))
    # Signed in again, it is asked.
    member.refresh_from_db()
    assert signed_in(member).get("/kenh-san-xuat/")["Location"].startswith(ASK)


GUARDED = (
    "email-change",
    "email-send",
    "change-password",
    "profile-update",
    "devices",
    "devices-end-others",
    "privacy",
    "consents",
    "data-ask",
    "erase",
)


@pytest.mark.parametrize("name", [f"customer:{name}" for name in GUARDED])
def test_the_password_alone_does_not_open_what_guards_the_account(name: str) -> None:
    user = a_buyer()
    device = an_app(user)
    client = signed_in(user)
    url = reverse(name)
    for response in (client.get(url), client.post(url, {"password": PASSWORD})):
        assert response.status_code == 302
        assert response["Location"].startswith(ASK)
    client.post(ASK, {"code": code_of(device)})
    assert client.get(url).status_code in (200, 405)


@pytest.mark.parametrize(
    ("name", "argument"),
    [("device-end", 1), ("data-download", 1), ("email-confirm", "x")],
)
def test_nor_do_the_links_that_name_something(name: str, argument: object) -> None:
    user = a_buyer()
    an_app(user)
    client = signed_in(user)
    url = reverse(f"customer:{name}", args=[argument])
    assert client.get(url)["Location"].startswith(ASK)
    assert client.post(url)["Location"].startswith(ASK)


def test_who_gave_it_up_is_not_asked_any_more() -> None:
    user = a_buyer()
    client = signed_in(user)
    set_up(client, user)
    client.post("/tai-khoan/hai-buoc/bo/")
    assert client.get(reverse("customer:profile-update")).status_code == 200


def test_who_has_none_pays_no_query_for_it(django_assert_num_queries) -> None:
    client = signed_in(a_buyer())
    client.get(reverse("customer:profile-update"))
    with django_assert_num_queries(2) as seen:  # the account, and the profile's own copy
        client.get(reverse("customer:profile-update"))
    assert not any("otp_" in query["sql"] for query in seen)
