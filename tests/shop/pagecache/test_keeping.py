"""Who gets a kept page, and that nothing of anybody is in it."""

import gzip
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from prometheus_client import REGISTRY
from pytest_django import DjangoAssertNumQueries

from shop.pagecache.asking import asked_for, take_off
from shop.pagecache.counting import figures
from shop.pagecache.drawing import why_not_kept
from shop.pagecache.keeping import memory
from shop.partner.models import StockRecord
from tests.cms.making import a_story
from tests.factories import (
    a_buyer,
    a_category,
    a_certificate,
    a_home,
    a_lot,
    a_producer,
    a_product,
    a_shop,
    a_spirit,
    signed_in,
)
from tests.shop.pagecache.conftest import Written

pytestmark = pytest.mark.django_db


def text_of(url: str, client: Client | None = None, **headers: Any) -> str:
    response = (client or Client()).get(url, **headers)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_the_second_visitor_costs_no_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    url = a_product("Mật ong", stock=9).get_absolute_url()
    first = text_of(url)
    with django_assert_num_queries(0):
        assert text_of(url) == first


def test_public_pages_of_every_kind_are_kept() -> None:
    a_shop()
    product = a_product("Mật ong", producer=a_producer("Hợp tác xã"), category=a_category("Mật"))
    lot = a_lot(product)
    urls = [
        "/",
        a_story().url,
        "/san-pham/",
        "/en/san-pham/",
        product.get_absolute_url(),
        product.categories.get().get_absolute_url(),
        product.producer.get_absolute_url(),
        reverse("catalogue:trace", args=[lot.code]),
        reverse("partner:index"),
        reverse("reviews:of-product", args=[product.slug]),
        reverse("questions:of-product", args=[product.slug]),
        reverse("programme-progress"),
        reverse("catalogue:box-index"),
    ]
    for url in urls:
        before = figures()["hits"]
        text_of(url)
        text_of(url)
        assert figures()["hits"] == before + 1, url


@pytest.mark.parametrize(
    "name", ["basket:summary", "basket:count", "customer:login", "search:search", "corporate:index"]
)
def test_other_pages_never_are(name: str) -> None:
    a_home()
    for _ in range(2):
        text_of(reverse(name))
    assert memory.facts["pages"] == 0


def test_who_is_signed_in_gets_a_page_of_their_own_and_leaves_none_behind() -> None:
    product = a_product("Mật ong", stock=0)
    url = product.get_absolute_url()
    buyer = a_buyer("mai@example.com")
    assert "mai@example.com" in text_of(url, signed_in(buyer))
    assert "mai@example.com" not in text_of(url)
    assert "mai@example.com" in text_of(url, signed_in(buyer))
    assert "mai@example.com" not in text_of(url)


def test_a_message_that_waits_is_shown_to_the_one_it_is_for() -> None:
    product = a_product("Mật ong", stock=9)
    text_of(product.get_absolute_url())
    buyer = Client()
    buyer.post(reverse("basket:add", args=[product.pk]), {"quantity": "1"})
    assert 'id="messages"' in text_of(product.get_absolute_url(), buyer)
    assert 'id="messages"' not in text_of(product.get_absolute_url())
    assert 'id="messages"' not in text_of(product.get_absolute_url(), buyer)


def test_a_page_with_a_message_is_kept_for_nobody() -> None:
    """Neither for strangers nor for others with a basket, though nobody drew the page before."""
    url = (product := a_product("Mật ong", stock=9)).get_absolute_url()
    buyer, other = Client(), Client()
    for each in (buyer, other):
        each.post(reverse("basket:add", args=[product.pk]), {"quantity": "1"})
    del other.cookies["messages"]
    shown = buyer.get(url)
    assert 'id="messages"' in shown.content.decode() and memory.facts["pages"] == 0
    assert "Cookie" in shown["Vary"] and "X-Accel-Expires" not in shown
    for visitor in (other, Client(), buyer):
        assert 'id="messages"' not in text_of(url, visitor)


def test_who_saw_what_was_added_gets_kept_pages_again_with_the_right_count() -> None:
    url = (product := a_product("Mật ong", stock=9)).get_absolute_url()
    buyer = Client()
    buyer.post(reverse("basket:add", args=[product.pk]), {"quantity": "2"})
    text_of(url, buyer)  # the message
    text_of(url, buyer)  # drawn for all who have a basket
    before = figures()["hits"]
    assert 'data-hx-trigger="load, basket-changed' in text_of(url, buyer)
    assert figures()["hits"] == before + 1
    assert "2" in text_of(reverse("basket:count"), buyer)


def test_a_forged_message_is_not_shown() -> None:
    url = a_product("Mật ong", stock=9).get_absolute_url()
    forger = Client()
    forger.cookies["messages"] = "W1siX19qc29uX21lc3NhZ2UiLDAsMjUsIngiXV0:1:x"
    assert 'id="messages"' not in text_of(url, forger)
    assert memory.facts["pages"] == 0


def test_the_count_is_asked_for_by_browsers_with_a_basket_only() -> None:
    product = a_product("Mật ong", stock=9)
    url = product.get_absolute_url()
    buyer = Client()
    buyer.post(reverse("basket:add", args=[product.pk]), {"quantity": "1"})
    text_of(url, buyer)
    for _ in range(2):
        assert 'data-hx-trigger="load, basket-changed' in text_of(url, buyer)
        assert 'data-hx-trigger="basket-changed' in text_of(url)


def test_a_kept_page_holds_no_token_and_sets_no_cookie() -> None:
    url = a_product("Mật ong", stock=9).get_absolute_url()
    for _ in range(2):
        response = Client().get(url)
        assert not response.cookies
        assert b"csrfmiddlewaretoken" not in response.content
        assert b"nonce=" not in response.content


def test_who_has_a_session_gets_a_token() -> None:
    url = a_product("Mật ong", stock=9).get_absolute_url()
    assert "csrfmiddlewaretoken" in text_of(url, signed_in(a_buyer()))


# --- What is part of the key ------------------------------------------------------------------


def test_drinks_are_kept_apart_for_who_is_of_age() -> None:
    a_spirit("Rượu đông trùng")
    grown = Client()
    grown.post(reverse("catalogue:confirm-age"))
    for _ in range(2):
        assert "Rượu đông trùng" in text_of("/san-pham/", grown)
        assert "Rượu đông trùng" not in text_of("/san-pham/")


def test_delivery_is_told_to_each_province_by_itself() -> None:
    url = a_product("Mật ong", stock=9).get_absolute_url()
    there = Client()
    there.post(reverse("delivery:choose-province"), {"tinh": "24"})
    for _ in range(2):
        assert re.search(r'value="24"\s+selected', text_of(url, there))
        assert not re.search(r'value="24"\s+selected', text_of(url))


def test_each_language_is_a_page() -> None:
    for _ in range(2):
        assert 'lang="en"' in text_of("/en/san-pham/")[:200]
        assert 'lang="vi"' in text_of("/san-pham/")[:200]


def test_marks_of_networks_lead_to_the_one_page() -> None:
    plain = text_of("/san-pham/?trang=1")
    before = figures()["hits"]
    assert text_of("/san-pham/?fbclid=x&trang=1&utm_source=zalo") == plain
    assert figures()["hits"] == before + 1


def test_a_campaign_stays_in_the_forms_of_its_page() -> None:
    url = a_product("Mật ong", stock=9).get_absolute_url()
    for _ in range(2):
        assert 'name="from_campaign" value="tet"' in text_of(f"{url}?c=tet")
        assert "from_campaign" not in text_of(url)


def test_an_address_with_anything_else_in_it_is_drawn_and_not_kept() -> None:
    for number in range(5):
        text_of(f"/san-pham/?x={number}")
    text_of(f"/san-pham/?nsx={'x' * 500}")
    assert memory.facts["pages"] == 0


def test_memory_has_a_bound(settings: LazySettings) -> None:
    settings.PAGE_CACHE_MEGABYTES = 0.2
    for number in range(1, 60):
        text_of(f"/san-pham/?trang={number}")
    assert 0 < memory.facts["bytes"] <= 0.2 * 1024 * 1024
    assert memory.facts["pages"] < 59


# --- What an attacker may say -----------------------------------------------------------------

SAID = {
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_HOST": "evil.example",
    "HTTP_X_ORIGINAL_URL": "/tai-khoan/",
    "HTTP_X_REWRITE_URL": "/tai-khoan/",
    "HTTP_X_HTTP_METHOD_OVERRIDE": "POST",
    "HTTP_X_FORWARDED_PREFIX": "/evil",
    "HTTP_ACCEPT_LANGUAGE": "en",
    "HTTP_REFERER": "https://evil.example/",
    "HTTP_USER_AGENT": "<script>alert(1)</script>",
    "HTTP_ACCEPT": "application/json",
    "HTTP_COOKIE": "django_language=en; oscar_history=[1]; x=<script>; du-18-tuoi=evil; tinh=evil",
}


def told(response: Any) -> dict[str, list[str]]:
    """Headers but for the number of the request; directives of policies have no order."""
    headers = {name: sorted(value.split("; ")) for name, value in response.headers.items()}
    return {name: value for name, value in headers.items() if name != "X-Request-ID"}


@pytest.mark.parametrize("header", SAID)
def test_no_header_of_one_visitor_reaches_the_next(header: str) -> None:
    url = a_product("Mật ong", stock=9).get_absolute_url()
    clean = Client().get(url)
    memory.clear()
    Client().get(url, **{header: SAID[header]})
    after = Client().get(url)
    assert after.content == clean.content
    assert told(after) == told(clean)


def test_what_was_read_before_is_taken_off_too() -> None:
    said = {"HTTP_ACCEPT_LANGUAGE": "en", "HTTP_COOKIE": "sessionids=x; du-18-tuoi=1"}
    request: Any = RequestFactory().get("/san-pham/?b=1&utm_source=x&a=2", **said)
    assert request.headers["Accept-Language"] and request.GET["utm_source"] and request.COOKIES
    asked = asked_for(request)
    assert asked is not None
    take_off(request, asked)
    assert "Accept-Language" not in request.headers and "Cookie" not in request.headers
    assert request.GET.urlencode() == "a=2&b=1"
    assert request.COOKIES == {"du-18-tuoi": "1"}


def test_another_host_is_refused_and_kept_nowhere() -> None:
    assert Client().get("/san-pham/", HTTP_HOST="evil.example").status_code == 400
    assert memory.facts["pages"] == 0


def test_each_host_of_ours_has_its_own_pages(settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]
    text_of("/san-pham/", HTTP_HOST="a.example")
    before = figures()["misses"]
    text_of("/san-pham/", HTTP_HOST="b.example")
    assert figures()["misses"] == before + 1


def test_a_page_that_is_not_there_is_not_kept() -> None:
    for _ in range(2):
        assert Client().get("/san-pham/khong-co/").status_code == 404
    assert memory.facts["pages"] == 0


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("status", {"status_code": 404}),
        ("form", {"Content-Encoding": "gzip"}),
        ("private", {"Cache-Control": "private"}),
        ("private", {"Cache-Control": "no-store"}),
        ("nonce", {"Content-Security-Policy": "script-src 'nonce-abc'"}),
    ],
)
def test_an_answer_for_one_is_not_kept(reason: str, change: dict[str, Any]) -> None:
    response = HttpResponse("x")
    for name, value in change.items():
        if name == "status_code":
            response.status_code = value
        else:
            response[name] = value
    assert why_not_kept(RequestFactory().get("/"), response) == reason


def test_an_answer_with_a_cookie_or_a_stream_is_not_kept() -> None:
    request = RequestFactory().get("/")
    response = HttpResponse("x")
    response.set_cookie("a", "b")
    assert why_not_kept(request, response) == "cookie"
    assert why_not_kept(request, StreamingHttpResponse(["x"])) == "form"
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    assert why_not_kept(request, HttpResponse("x")) == "token"
    assert why_not_kept(RequestFactory().get("/"), HttpResponse("x")) == ""


def test_why_an_answer_was_not_kept_is_told_to_who_watches_the_shop() -> None:
    def told() -> float:
        return REGISTRY.get_sample_value("shop_page_not_kept_total", {"reason": "status"}) or 0

    before = told()
    assert Client().get("/san-pham/khong-co-mon-nay/").status_code == 404
    assert told() == before + 1


# --- How it is answered -----------------------------------------------------------------------


def test_a_browser_that_has_the_page_is_told_so() -> None:
    url = a_product("Mật ong").get_absolute_url()
    etag = Client().get(url)["ETag"]
    again = Client().get(url, HTTP_IF_NONE_MATCH=etag)
    assert again.status_code == 304 and not again.content
    assert again["Cache-Control"] == "no-cache" and "Cookie" in again["Vary"]
    assert Client().get(url, HTTP_IF_NONE_MATCH='"other"').status_code == 200


def test_pages_travel_packed_to_who_takes_it() -> None:
    plain = Client().get("/san-pham/")
    packed = Client().get("/san-pham/", HTTP_ACCEPT_ENCODING="br, gzip")
    assert packed["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)


def test_a_head_is_answered_from_the_same_page() -> None:
    shown = Client().get("/san-pham/")
    head = Client().head("/san-pham/")
    assert head["ETag"] == shown["ETag"] and head["Content-Length"] == shown["Content-Length"]


def test_only_pages_for_nobody_in_particular_may_be_given_on_by_a_proxy() -> None:
    grown = Client()
    grown.post(reverse("catalogue:confirm-age"))
    for _ in range(2):
        assert Client().get("/san-pham/")["X-Accel-Expires"] == "1"
        assert "X-Accel-Expires" not in grown.get("/san-pham/")
        assert "X-Accel-Expires" not in signed_in(a_buyer()).get("/san-pham/")
        assert "X-Accel-Expires" not in Client().get("/gio-hang/")


def test_a_kept_page_has_the_headers_of_a_drawn_one(settings: LazySettings) -> None:
    drawn, kept = Client().get("/san-pham/"), Client().get("/san-pham/")
    assert told(drawn) == told(kept)
    settings.PAGE_CACHE_SECONDS = 0
    without = Client().get("/san-pham/")
    for name in ("Content-Security-Policy", "X-Frame-Options", "Referrer-Policy", "Content-Type"):
        assert told(kept)[name] == told(without)[name]


def test_with_nought_seconds_nothing_is_kept(settings: LazySettings) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    for _ in range(2):
        assert "ETag" not in Client().get("/san-pham/")
    assert memory.facts["pages"] == 0


# --- The clock ---------------------------------------------------------------------------------


def test_a_page_lives_for_a_minute() -> None:
    start = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
    misses = figures()["misses"]
    for seconds, drawn in ((0, 1), (59, 1), (61, 2), (100, 2)):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            text_of("/san-pham/")
        assert figures()["misses"] == misses + drawn


def test_stars_fall_off_at_midnight_and_not_a_minute_later(written: Written) -> None:
    product = a_product("Mật ong")
    with time_machine.travel(datetime(2026, 11, 27, 16, 59, 50, tzinfo=UTC), tick=False):
        a_certificate(product, stars=4, expires_on=timezone.localdate() + timedelta(days=1))
        assert "OCOP 4 sao" in text_of(product.get_absolute_url())
    with time_machine.travel(datetime(2026, 11, 27, 17, 0, 1, tzinfo=UTC), tick=False):
        assert "OCOP 4 sao" not in text_of(product.get_absolute_url())


def test_a_sale_that_was_just_set_begins_on_the_second_on_pages_without_a_list(
    written: Written,
) -> None:
    """Nobody asked for a list of products since: its shelf does not know of the sale yet."""
    product = a_product("Mật ong", price=100_000, producer=a_producer("Hợp tác xã"))
    url = product.producer.get_absolute_url()
    start = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
    record = product.stockrecords.get()
    record.sale_price, record.sale_starts_at = 81_000, start + timedelta(seconds=20)
    with time_machine.travel(start, tick=False):
        text_of("/san-pham/")
        with written():
            record.save()
        assert "81.000" not in text_of(url)
    with time_machine.travel(start + timedelta(seconds=21), tick=False):
        assert "81.000" in text_of(url)


def test_a_sale_begins_on_the_second() -> None:
    product = a_product("Mật ong", price=100_000)
    start = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
    StockRecord.objects.filter(product=product).update(
        sale_price=81_000, sale_starts_at=start + timedelta(seconds=20)
    )
    with time_machine.travel(start, tick=False):
        text_of("/san-pham/")
        assert "81.000" not in text_of(product.get_absolute_url())
    with time_machine.travel(start + timedelta(seconds=21), tick=False):
        assert "81.000" in text_of(product.get_absolute_url())
