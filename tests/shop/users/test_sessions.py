"""Sessions that somebody else knows end when their person says so (more in tests/security)."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from shop.users.devices import end_all_sessions
from shop.users.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "bánh mật lá chuối 88"
SESSION = settings.SESSION_COOKIE_NAME


@pytest.fixture
def hoa() -> User:
    return User.objects.create_user("hoa@example.vn", PASSWORD)


def sign_in(client: Client) -> None:
    form = {"username": "hoa@example.vn", "password": PASSWORD}
    assert client.post(reverse("customer:login"), form).status_code == 302


def is_inside(client: Client) -> bool:
    return client.get(reverse("customer:summary")).status_code == 200


def with_session(key: str) -> Client:
    client = Client()
    client.cookies[SESSION] = key
    return client


def test_an_invented_session_is_never_taken_over(hoa: User) -> None:
    victim = with_session("invented0invented0invented0invent")
    sign_in(victim)
    assert victim.cookies[SESSION].value != "invented0invented0invented0invent"


def test_signing_out_everywhere_ends_every_session(hoa: User) -> None:
    browsers = [Client(), Client()]
    for browser in browsers:
        sign_in(browser)
    end_all_sessions(hoa)
    assert not any(map(is_inside, browsers))


def test_another_password_ends_the_other_sessions_and_renews_this_one(hoa: User) -> None:
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        sign_in(browser)
    before = here.cookies[SESSION].value
    form = {
        "old_password": PASSWORD,
        "new_password1": "một mật khẩu mới 99",
        "new_password2": "một mật khẩu mới 99",
    }
    assert here.post(reverse("customer:change-password"), form).status_code == 302
    assert here.cookies[SESSION].value != before
    assert is_inside(here) and not is_inside(elsewhere) and not is_inside(with_session(before))
