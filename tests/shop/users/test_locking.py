"""Guessing is stopped by account and by network, and no owner is locked out for it."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from shop.two_factor.devices import MOST_COUNTED, TooOften, check
from shop.users.locking import open_again
from shop.users.models import User
from tests.factories import a_buyer
from tests.shop.two_factor.apps import an_app

pytestmark = pytest.mark.django_db

PASSWORD = "bánh mật lá chuối 88"


@pytest.fixture(autouse=True)
def _few(settings: LazySettings) -> None:
    settings.RATE_LIMITS = {
        **settings.RATE_LIMITS,
        "wrong-passwords-of-account": "6/h",
        "wrong-passwords": "8/15m",
    }


@pytest.fixture
def hoa() -> User:
    return User.objects.create_user("hoa@example.vn", PASSWORD)


def sign_in(client: Client, name: str = "hoa@example.vn", password: str = PASSWORD) -> int:
    form = {"username": name, "password": password}
    return client.post(reverse("customer:login"), form).status_code


def addresses() -> Iterator[str]:
    yield from (f"203.0.113.{number}" for number in range(1, 250))


def test_many_addresses_share_the_guesses_at_one_account(hoa: User) -> None:
    others = addresses()
    for _time in range(6):
        assert sign_in(Client(REMOTE_ADDR=next(others)), password="sai") == 200
    # The right password tells a guesser nothing any more.
    assert sign_in(Client(REMOTE_ADDR=next(others))) == 429
    assert sign_in(Client(REMOTE_ADDR=next(others)), a_buyer().email, "sai") == 200


def test_the_owners_own_browser_stays_open(hoa: User) -> None:
    own = Client(REMOTE_ADDR="198.51.100.7")
    assert sign_in(own) == 302
    own.post(reverse("customer:logout"))
    for address, _time in zip(addresses(), range(7), strict=False):
        sign_in(Client(REMOTE_ADDR=address), password="sai")
    assert sign_in(Client(REMOTE_ADDR="198.51.100.8")) == 429
    assert sign_in(own) == 302


@pytest.fixture
def own(hoa: User) -> Client:
    """Hoa's browser, signed out, in the network of whoever guesses."""
    client = Client(REMOTE_ADDR="203.0.113.5")
    assert sign_in(client) == 302
    client.post(reverse("customer:logout"))
    return client


def test_who_guesses_beside_the_owner_does_not_close_the_door_to_the_owners_browser(
    own: Client, settings: LazySettings
) -> None:
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "axes.middleware.AxesMiddleware"]
    stranger = Client(REMOTE_ADDR="203.0.113.5")
    for _time in range(3):
        sign_in(stranger, password="sai")
    assert sign_in(stranger) == 429
    assert sign_in(own) == 302


def test_who_comes_too_often_beside_the_owner_does_not_stop_the_owners_browser(
    own: Client, settings: LazySettings
) -> None:
    settings.RATE_LIMITS_ON = True
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "sign-in": "3/h"}
    stranger = Client(REMOTE_ADDR="203.0.113.5")
    for _time in range(4):
        sign_in(stranger, "ai@example.vn", "sai")
    assert sign_in(stranger) == 429
    assert sign_in(own) == 302
    own.post(reverse("customer:logout"))
    assert [sign_in(own, password="sai") for _time in range(3)] == [200, 200, 429]


@pytest.mark.usefixtures("hoa")
def test_a_known_browser_guesses_only_so_often_wherever_it_goes(
    own: Client, settings: LazySettings
) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "wrong-passwords-of-device": "3/15m"}
    elsewhere = addresses()
    for _time in range(3):
        assert sign_in(own, password="sai") == 200
        own.defaults["REMOTE_ADDR"] = next(elsewhere)
    assert sign_in(own) == 429


def test_signing_in_lets_a_known_browser_begin_from_nothing(
    own: Client, settings: LazySettings
) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "wrong-passwords-of-device": "3/15m"}
    for _time in range(3):
        assert [sign_in(own, password="sai") for _time in range(2)] == [200, 200]
        assert sign_in(own) == 302
        own.post(reverse("customer:logout"))


def test_a_browser_known_for_one_account_is_a_stranger_to_another(hoa: User) -> None:
    guesser = Client(REMOTE_ADDR="203.0.113.5")
    User.objects.create_user("ke-doan@example.vn", PASSWORD)
    assert sign_in(guesser, "ke-doan@example.vn") == 302
    guesser.post(reverse("customer:logout"))
    for _time in range(6):
        sign_in(guesser, password="sai")
    assert sign_in(guesser) == 429
    # Its own account stays open to it.
    assert sign_in(guesser, "ke-doan@example.vn") == 302


@pytest.mark.usefixtures("hoa")
def test_a_mark_that_was_made_up_opens_nothing(settings: LazySettings) -> None:
    for address, _time in zip(addresses(), range(7), strict=False):
        sign_in(Client(REMOTE_ADDR=address), password="sai")
    stranger = Client(REMOTE_ADDR="198.51.100.8")
    for mark in ("1", "device:1", "x" * 32, "\x00"):
        stranger.cookies[settings.DEVICE_COOKIE] = mark
        assert sign_in(stranger) == 429


def test_a_new_password_opens_the_owners_browser_that_guessed_too_often(
    hoa: User, own: Client
) -> None:
    for _time in range(10):
        sign_in(own, password="sai")
    assert sign_in(own) == 429
    open_again(hoa.email)
    assert sign_in(own) == 302


def test_a_new_password_by_letter_opens_the_door_everywhere(hoa: User) -> None:
    from django.contrib.auth.tokens import default_token_generator
    from django.utils.encoding import force_bytes
    from django.utils.http import urlsafe_base64_encode

    for address, _time in zip(addresses(), range(7), strict=False):
        sign_in(Client(REMOTE_ADDR=address), password="sai")
    client = Client(REMOTE_ADDR="198.51.100.8")
    assert sign_in(client) == 429
    token = default_token_generator.make_token(hoa)
    code = urlsafe_base64_encode(force_bytes(hoa.pk))
    page = client.get(reverse("customer:password-reset", args=[code, token]), follow=True)
    new = {"new_password1": "một mật khẩu mới 99", "new_password2": "một mật khẩu mới 99"}
    assert client.post(page.redirect_chain[-1][0], new).status_code == 302
    assert sign_in(client, password="một mật khẩu mới 99") == 302


def test_one_network_guesses_at_many_accounts_only_so_often(hoa: User) -> None:
    client = Client(REMOTE_ADDR="203.0.113.5")
    for number in range(8):
        assert sign_in(client, f"ai-{number}@example.vn", "sai") == 200
    assert sign_in(client) == 429
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7")) == 302


def test_addresses_of_one_ipv6_line_are_one_network(hoa: User) -> None:
    for number in range(8):
        client = Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}")
        assert sign_in(client, f"ai-{number}@example.vn", "sai") == 200
    assert sign_in(Client(REMOTE_ADDR="2001:db8:1:2:ffff::1")) == 429
    assert sign_in(Client(REMOTE_ADDR="2001:db8:1:3::1")) == 302


def test_wrong_codes_close_the_second_step_for_minutes_never_for_days(hoa: User) -> None:
    app = an_app(hoa)
    app.throttling_failure_count = 40
    from django.utils import timezone

    app.throttling_failure_timestamp = timezone.now()
    app.save()
    with pytest.raises(TooOften) as refusal:
        check(hoa, "000000")
    assert refusal.value.seconds <= 2 ** (MOST_COUNTED - 1)
