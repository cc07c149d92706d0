"""Guessing is stopped by account and by network, and no owner is locked out for it."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from shop.two_factor.devices import MOST_COUNTED, TooOften, check
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
