"""Every view of the table stops who comes too often, and the table names views that exist."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.conf import settings as shop_settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from shop.limits.rules import RULES, Rule
from tests.factories import a_buyer, a_product, an_order, signed_in

pytestmark = pytest.mark.django_db

LIMIT = 3
CASES = [
    pytest.param(rule, view, id=f"{rule.name}-{view}")
    for rule in RULES
    for view in sorted(rule.views)
]
#: What makes the answer one that the rule counts, where an invented address is not enough.
TYPED: dict[str, dict[str, str]] = {"placing": {"action": "place"}, "coupons": {"code": "KHÔNG-CÓ"}}

#: Views that only take what is posted, though their rule counts both; that ask who one is first.
POST_ONLY = {"quote:accept", "quote:decline", "customer:claim"}
SIGNED_IN = {"customer:claim", "producers:invitation"}


def _named(resolver: Any, spaces: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _named(each, f"{spaces}{each.namespace}:" if each.namespace else spaces)
        elif each.name:
            yield f"{spaces}{each.name}", each


PATTERNS = dict(_named(get_resolver()))


def address_of(view: str) -> str:
    """An address of this view, of nothing that there is."""
    converters = PATTERNS[view].pattern.converters
    return reverse(
        view,
        kwargs={
            name: 987654 if isinstance(converter, IntConverter) else "khong-co"
            for name, converter in converters.items()
        },
    )


@pytest.fixture
def strict(settings: LazySettings) -> None:
    settings.RATE_LIMITS_ON = True
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, f"{LIMIT}/h")


def knock(client: Client, rule: Rule, view: str, **headers: str) -> Any:
    posts = "GET" not in rule.methods or view in POST_ONLY
    return (client.post if posts else client.get)(
        address_of(view), TYPED.get(rule.name, {}), headers=headers
    )


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize(("rule", "view"), CASES)
def test_who_comes_once_too_often_is_asked_to_wait(rule: Rule, view: str) -> None:
    client = signed_in(a_buyer()) if rule.by_account or view in SIGNED_IN else Client()
    for _time in range(LIMIT):
        answer = knock(client, rule, view)
        assert answer.status_code != 429
        if rule.statuses:
            assert answer.status_code in rule.statuses, answer.status_code
    stopped = knock(client, rule, view)
    assert stopped.status_code == 429
    assert 0 < int(stopped["Retry-After"]) <= 3600
    assert "no-store" in stopped["Cache-Control"]
    assert "bạn có thể thử lại" in stopped.content.decode()
    # Somebody else, elsewhere, is not stopped for it.
    other = signed_in(a_buyer()) if rule.by_account else Client(REMOTE_ADDR="198.51.100.9")
    assert knock(other, rule, view).status_code != 429


@pytest.mark.usefixtures("strict")
def test_who_has_the_right_link_is_not_stopped_for_what_others_behind_the_address_tried() -> None:
    order = an_order(a_product("Mật ong"))
    without_key = reverse("order:detail", args=[order.number])
    for _time in range(LIMIT):
        assert Client().get(without_key).status_code == 404
    buyer = Client()
    assert buyer.get(order.get_absolute_url(), follow=True).status_code == 200
    assert Client().get(without_key).status_code == 429


def test_each_rule_names_a_rate_and_each_rate_is_used() -> None:
    in_views = {"wrong-passwords", "wrong-passwords-of-account", "password-again"}
    in_views |= {"wrong-passwords-of-device", "letters-to-mailbox"}
    assert {rule.name for rule in RULES} | in_views == set(shop_settings.RATE_LIMITS)


@pytest.mark.parametrize("view", sorted({view for rule in RULES for view in rule.views}))
def test_a_name_in_the_table_is_a_view(view: str) -> None:
    assert view in PATTERNS
