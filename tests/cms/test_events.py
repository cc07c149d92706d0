"""Fairs and seasons: over, on or to come is decided when the page is shown."""

import json
import re
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from catalogue.lookup.models import Entry
from catalogue.lookup.search import search
from catalogue.lookup.wanted import Scope
from cms.models import EventPage
from cms.share_cards import facts_of_page
from cms.times import Span
from cms.tree import ensure_locales, translated
from tests.cms.making import a_body, a_campaign, a_gift_page, an_event, moment
from tests.factories import BAC_LUNG, a_home, a_producer, a_product

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home() -> None:
    a_home()


def html_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def data_of(html: str, kind: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [block for block in map(json.loads, found) if block["@type"] == kind]


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (moment(2027, 5, 5, 7, 59), "Sắp diễn ra"),
        (moment(2027, 5, 5, 8), "Đang diễn ra"),
        (moment(2027, 5, 7, 16, 59), "Đang diễn ra"),
        (moment(2027, 5, 7, 17), "Đã qua"),
    ],
)
def test_a_fair_says_whether_it_is_over(client: Client, now: Any, words: str) -> None:
    page = an_event()
    with time_machine.travel(now):
        html = html_of(client, page.url)
        assert words in html
        assert words in html_of(client, "/su-kien/")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (moment(2027, 8, 19, 23, 59), "Sắp diễn ra"),
        (moment(2027, 8, 20), "Đang diễn ra"),
        (moment(2027, 9, 15, 23, 59), "Đang diễn ra"),
        (moment(2027, 9, 16), "Đã qua"),
    ],
)
def test_the_last_day_of_a_season_belongs_to_it(client: Client, now: Any, words: str) -> None:
    page = a_campaign(feast="Trung thu")
    with time_machine.travel(now):
        html = html_of(client, page.url)
        assert f">{words}<" in html
        assert ("Mùa này đã qua." in html) == (words == "Đã qua")


def test_a_fair_names_its_days_place_and_makers(client: Client) -> None:
    comes, hidden = a_producer("HTX Trường Sơn"), a_producer("Nhà ẩn", is_public=False)
    makers = a_body(*(("maker", {"maker": each.pk, "note": ""}) for each in (comes, hidden)))
    page = an_event(ward_id=BAC_LUNG, organiser="Hội Phụ nữ xã", makers=makers)

    html = html_of(client, page.url)

    for words in ("08:00, 05/05/2027 – 17:00, 07/05/2027", "Sân đền Hạ, xã Bắc Lũng", "Hội Phụ nữ"):
        assert words in html
    assert "HTX Trường Sơn" in html
    assert "Nhà ẩn" not in html


def test_search_engines_read_the_fair_as_an_event(client: Client) -> None:
    page = an_event(ward_id=BAC_LUNG, organiser="Hội Phụ nữ xã", lead="Phiên chợ đầu hạ.")

    (event,) = data_of(html_of(client, page.url), "Event")

    assert event["startDate"] == "2027-05-05T08:00:00+07:00"
    assert event["endDate"] == "2027-05-07T17:00:00+07:00"
    assert event["location"]["address"]["addressLocality"] == "xã Bắc Lũng"
    assert event["organizer"]["name"] == "Hội Phụ nữ xã"
    assert f"<loc>http://127.0.0.1:8000{page.url}</loc>" in html_of(client, "/sitemap-trang.xml")


def test_the_list_of_fairs_puts_what_comes_first_and_what_is_over_last(client: Client) -> None:
    an_event("Chợ đã qua", starts_at=moment(2020, 1, 1, 8), ends_at=moment(2020, 1, 1, 9))
    an_event("Chợ sau", starts_at=moment(2027, 6, 1, 8), ends_at=moment(2027, 6, 1, 17))
    an_event("Chợ trước")

    with time_machine.travel(moment(2027, 1, 1)):
        html = html_of(client, "/su-kien/")

    assert html.index("Chợ trước") < html.index("Chợ sau") < html.index("Chợ đã qua")


def test_a_fair_cannot_end_before_it_begins() -> None:
    page = EventPage(
        title="Ngược", venue="x", starts_at=moment(2027, 5, 5), ends_at=moment(2027, 5, 4)
    )
    with pytest.raises(ValidationError) as refusal:
        page.clean()
    assert "ends_at" in refusal.value.message_dict


def test_a_season_shows_its_gifts_and_goods_with_their_prices(client: Client) -> None:
    box = a_product("Hộp Trung thu", price=419_000)
    gift = a_gift_page("Trăng Lục Sơn", box=box)
    honey, gone = a_product("Mật ong", price=150_000), a_product("Hết bán", live=False)
    goods = a_body(
        ("gift", {"page": gift.pk}),
        ("product", {"product": honey.pk, "note": ""}),
        ("product", {"product": gone.pk, "note": ""}),
    )

    html = html_of(client, a_campaign(goods=goods).url)

    for words in ("Trăng Lục Sơn", "419.000", "Mật ong", "150.000"):
        assert words in html
    assert "Hết bán" not in html
    gift.unpublish()
    assert "Trăng Lục Sơn" not in html_of(client, "/mua-qua/mua-trung-thu/")


def test_the_gift_index_leads_to_the_season_that_is_on(client: Client) -> None:
    a_campaign()
    with time_machine.travel(moment(2027, 9, 1)):
        assert "Mùa Trung thu" in html_of(client, "/hop-qua/")
    with time_machine.travel(moment(2027, 9, 16)):
        assert "Mùa Trung thu" not in html_of(client, "/hop-qua/")


def test_fairs_and_seasons_are_found_and_have_english_copies(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        fair = an_event(ward_id=BAC_LUNG)
        a_campaign()
        english = translated(fair, ensure_locales()["en"], title="Fair at Suối Mỡ")
    assert [hit.name for hit in search("suoi mo", Scope("vi")).hits] == ["Phiên chợ Suối Mỡ"]
    assert [hit.name for hit in search("trung thu", Scope("vi")).hits] == ["Mùa Trung thu"]
    assert [hit.name for hit in search("suoi mo", Scope("en")).hits] == ["Fair at Suối Mỡ"]
    assert english.url == f"/en{fair.url}"
    assert "Coming up" in html_of(client, english.url) or "Sắp diễn ra" in html_of(
        client, english.url
    )
    with django_capture_on_commit_callbacks(execute=True):
        fair.unpublish()
    assert not Entry.objects.filter(source="event", language="vi").exists()


def test_a_share_card_names_the_days_and_the_place() -> None:
    fair, season = an_event(ward_id=BAC_LUNG), a_campaign(feast="Trung thu")

    assert facts_of_page(fair).place.startswith("08:00, 05/05/2027 – 17:00, 07/05/2027 · Sân đền")
    assert facts_of_page(season).place == "Trung thu · 20/08/2027 – 15/09/2027"


def test_lists_of_fairs_and_seasons_cost_the_same_however_long(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        an_event(f"Chợ {number}", ward_id=BAC_LUNG)
        a_campaign(f"Mùa {number}")
    for url in ("/su-kien/", "/mua-qua/"):
        client.get(url)
        with django_assert_max_num_queries(12):
            client.get(url)


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (moment(2027, 5, 8, 0), "05/05/2027 – 07/05/2027"),
        (moment(2027, 5, 7, 17), "00:00, 05/05/2027 – 17:00, 07/05/2027"),
    ],
)
def test_a_fair_from_midnight_to_midnight_names_no_hours(ends: Any, words: str) -> None:
    assert Span.between(moment(2027, 5, 5, 0), ends).words == words
