"""The address that asks, with and without proxies of ours in front."""

import pytest
from django.conf import LazySettings
from django.test import Client, RequestFactory
from django.urls import reverse

from shop.network import client_address
from shop.users.models import User

PROXY = "10.0.0.2"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, PROXY),
        (0, "203.0.113.7", PROXY),  # no proxy of ours: the visitor wrote it
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # a spoofed entry on the left
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.9", "203.0.113.7"),
        (2, "203.0.113.7", PROXY),  # it came past one of the proxies
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "::ffff:203.0.113.7", "203.0.113.7"),
        (1, "not an address", PROXY),
        (1, "", PROXY),
        (1, None, PROXY),
    ],
)
def test_only_what_our_proxies_wrote_counts(
    settings: LazySettings, proxies: int, forwarded: str | None, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=PROXY)
    assert client_address(request) == address


@pytest.mark.django_db
def test_the_lock_behind_a_proxy_closes_for_the_guesser_alone(settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = 1
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "axes.middleware.AxesMiddleware"]
    password = "bánh mật lá chuối 88"
    User.objects.create_user("hoa@example.vn", password)

    def sign_in(forwarded: str, typed: str) -> int:
        response = Client().post(
            reverse("customer:login"),
            {"username": "hoa@example.vn", "password": typed},
            headers={"X-Forwarded-For": forwarded},
            REMOTE_ADDR=PROXY,
        )
        return int(response.status_code)

    for number in range(3):  # another invented address each time helps nothing
        last = sign_in(f"192.0.2.{number}, 203.0.113.7", "sai")
    assert last == 429
    assert sign_in("203.0.113.7", password) == 429
    assert sign_in("198.51.100.4", password) == 302
