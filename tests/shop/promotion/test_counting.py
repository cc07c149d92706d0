"""Counting views: sums a day, gathered in memory, written together, off the visitor's way."""

from datetime import date

import pytest
from django.db import DatabaseError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from catalogue import tally
from shop.promotion.counting import What, waiting
from shop.promotion.models import CampaignDay, PageDay
from tests.cms.making import a_gift_page, a_story
from tests.factories import a_gift_box, a_home, a_product
from tests.shop.promotion.making import a_campaign, look_at
from tests.shop.promotion.test_links import PHONE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_waits() -> None:
    waiting.forget()


def test_a_page_is_counted_once_a_look() -> None:
    a_home()
    story = a_story()
    for _ in range(3):
        look_at(story, **PHONE)
    assert not PageDay.objects.exists()
    assert waiting.flush() == 3
    row = PageDay.objects.get()
    assert (row.page_id, row.day, row.views) == (story.pk, timezone.localdate(), 3)
    assert waiting.flush() == 0


def test_the_next_round_adds_to_the_day() -> None:
    a_home()
    story = a_story()
    for _ in range(2):
        look_at(story, **PHONE)
        waiting.flush()
    assert PageDay.objects.get().views == 2


def test_counting_asks_the_database_nothing_before_the_answer(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    a_home()
    story = a_story()
    with django_assert_num_queries(0):
        Client().get(reverse("page-view"), {"trang": str(story.pk)}, **PHONE)
    assert waiting.flush() == 1


def test_a_picture_of_ours_on_another_site_counts_nothing() -> None:
    a_home()
    asked = {"trang": str(a_story().pk)}
    Client().get(reverse("page-view"), asked, HTTP_SEC_FETCH_SITE="cross-site", **PHONE)
    assert waiting.flush() == 0


@pytest.mark.parametrize("asked", [{}, {"trang": "x"}, {"trang": "9" * 40}, {"trang": "-1"}])
def test_nonsense_is_answered_and_not_counted(asked: dict[str, str]) -> None:
    answer = Client().get(reverse("page-view"), asked, **PHONE)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert waiting.flush() == 0


def test_what_goes_into_a_basket_is_counted_for_its_page_and_campaign() -> None:
    a_home()
    box = a_gift_box(of={a_product(): 1})
    page, campaign = a_gift_page(box=box), a_campaign("Chợ Tết")
    shown = Client().get(f"{page.url}?c={campaign.slug}").content.decode()
    assert f'name="from_page" value="{page.pk}"' in shown
    assert 'name="from_campaign" value="cho-tet"' in shown
    form = {"quantity": "1", "from_page": str(page.pk), "from_campaign": campaign.slug}
    Client().post(reverse("basket:add", args=[box.pk]), form, **PHONE)
    waiting.flush()
    assert PageDay.objects.get().added == 1
    assert CampaignDay.objects.get().added == 1


def test_what_a_form_makes_up_is_counted_nowhere() -> None:
    a_home()
    product = a_product()
    for page, campaign in (("999999", "khong-co"), ("x' or 1=1", "<b>"), ("9" * 40, ""), ("²", "")):
        form = {"quantity": "1", "from_page": page, "from_campaign": campaign}
        Client().post(reverse("basket:add", args=[product.pk]), form, **PHONE)
    waiting.flush()
    assert not PageDay.objects.exists() and not CampaignDay.objects.exists()


def test_a_campaign_in_the_address_that_is_none_is_not_written_into_the_page() -> None:
    a_home()
    page = a_gift_page(box=a_gift_box(of={a_product(): 1}))
    shown = Client().get(page.url, {"c": '"><script>alert(1)</script>'}).content.decode()
    assert "from_campaign" not in shown and "alert(1)" not in shown.split("<main")[1]


def test_counts_that_cannot_be_written_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    a_home()
    story = a_story()
    look_at(story, **PHONE)

    def fail(taken: object) -> None:
        raise DatabaseError("away")

    with monkeypatch.context() as patched:
        patched.setattr(waiting, "write", fail)
        assert waiting.flush() == 0
    assert waiting.flush() == 1
    assert PageDay.objects.get().views == 1


def test_an_answer_later_than_half_a_minute_brings_the_writing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_home()
    story = a_story()
    look_at(story, **PHONE)
    waiting.flush_when_due()
    assert not PageDay.objects.exists()
    monkeypatch.setattr(tally, "FLUSH_SECONDS", 0)
    waiting.flush_when_due()
    assert PageDay.objects.get().views == 1


def test_a_preview_is_not_counted() -> None:
    a_home()
    story = a_story()
    asked = RequestFactory(**PHONE).get(f"/cms/pages/{story.pk}/edit/preview/")
    assert story.make_preview_request(asked).status_code == 200
    assert waiting.flush() == 0


def test_counts_are_told_apart_by_day() -> None:
    one = What("page", "1", date(2026, 11, 26), "views")
    other = What("page", "1", date(2026, 11, 27), "views")
    assert sorted([other, one]) == [one, other]
