"""Who counts as one, for how long, and over how many processes."""

import os
import subprocess
import sys

import pytest
import time_machine
from django.conf import LazySettings
from django.core.cache import caches
from django.test import Client, RequestFactory
from django.urls import reverse

from shop.limits.counting import count, counted, forget
from shop.limits.rates import rate
from shop.network import client_network


@pytest.mark.parametrize(
    ("text", "meant"), [("60/m", (60, 60)), ("30/10m", (30, 600)), ("5/h", (5, 3600))]
)
def test_a_rate_is_read(text: str, meant: tuple[int, int]) -> None:
    assert rate(text) == meant


@pytest.mark.parametrize("text", ["", "60", "60/", "0/m", "-1/m", "60/0m", "60/x", "m/60"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no rate"):
        rate(text)


def test_counts_begin_anew_when_the_time_is_over() -> None:
    with time_machine.travel("2026-11-27 12:00:00+07:00", tick=False) as clock:
        for _time in range(60):
            usage = count("sign-up", "ai")
        assert not usage.is_over and usage.is_used_up
        assert count("sign-up", "ai").is_over
        clock.shift(usage.seconds_left)
        assert count("sign-up", "ai").count == 1


def test_what_was_forgotten_counts_no_longer() -> None:
    count("sign-up", "ai")
    count("reviews", "ai")
    forget("sign-up", "ai")
    assert counted("sign-up", "ai").count == 0 and counted("reviews", "ai").count == 1


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        # As a socket for both kinds names it: all of them lie in one /64.
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", None),
    ],
)
def test_a_line_with_ipv6_is_one_visitor_whatever_address_it_takes(
    address: str, network: str | None
) -> None:
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=address)) == network


@pytest.mark.django_db
def test_a_cache_that_is_down_does_not_close_the_shop(settings: LazySettings) -> None:
    settings.RATE_LIMITS_ON = True
    settings.CACHES = {
        **settings.CACHES,
        "limits": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        },
    }
    assert Client().get(reverse("search:search"), {"q": "mật"}).status_code == 200


def test_two_processes_share_their_counts_in_redis(redis_url: str) -> None:
    program = (
        "import django; django.setup();"
        "from shop.limits.counting import count;"
        "print([count('sign-up', 'ai').count for _time in range(3)])"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "shop.settings",
        "SHOP_MODE": "test",
        "DATABASE_URL": "sqlite://:memory:",
        "REDIS_URL": redis_url,
    }
    said = [
        subprocess.run(
            [sys.executable, "-c", program],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for _process in range(2)
    ]
    assert said == ["[1, 2, 3]", "[4, 5, 6]"]


def test_the_two_caches_do_not_mix() -> None:
    count("sign-up", "ai")
    caches["default"].clear()
    assert counted("sign-up", "ai").count == 1
