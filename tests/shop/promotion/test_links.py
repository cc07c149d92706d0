"""The link of a campaign: to its page in the reader's language, for ever, counted without names."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.models import GiftIndexPage
from shop.promotion.counting import waiting
from shop.promotion.models import CampaignDay
from tests.cms.making import a_gift_page
from tests.factories import a_home, a_staff_member, a_user, in_group, signed_in
from tests.shop.promotion.making import a_campaign

pytestmark = pytest.mark.django_db

PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130"}


@pytest.fixture(autouse=True)
def _nothing_waits() -> None:
    waiting.forget()


def visits() -> int:
    waiting.flush()
    return sum(day.views for day in CampaignDay.objects.all())


def test_it_leads_to_the_page_and_says_who_sent_the_reader() -> None:
    a_home()
    page = a_gift_page("Tết bánh mật")
    campaign = a_campaign("Chợ Tết", page=page)
    response = Client().get(f"/di/{campaign.slug}/", **PHONE)
    assert response.status_code == 302
    assert response["Location"] == f"/hop-qua/{page.slug}/?c=cho-tet"
    assert "no-store" in response["Cache-Control"] or "no-cache" in response["Cache-Control"]
    assert not response.cookies


def test_in_english_it_leads_to_the_english_page() -> None:
    home = a_home()
    page = a_gift_page("Tết bánh mật")
    english = GiftIndexPage.objects.get(locale__language_code="en")
    copy = page.copy_for_translation(english.locale)
    copy.title, copy.slug = "Honey cakes", "honey-cakes"
    copy.save_revision().publish()
    campaign = a_campaign("Chợ Tết", page=page)
    assert home
    response = Client().get(f"/en/di/{campaign.slug}/", **PHONE)
    assert response["Location"] == "/en/hop-qua/honey-cakes/?c=cho-tet"


def test_a_campaign_that_is_over_still_leads_there() -> None:
    a_home()
    past = timezone.localdate() - timedelta(days=9)
    campaign = a_campaign(page=a_gift_page(), starts_on=past, ends_on=past)
    assert "/hop-qua/" in Client().get(campaign.path, **PHONE)["Location"]


def test_when_its_page_is_gone_it_leads_home() -> None:
    a_home()
    page = a_gift_page()
    campaign = a_campaign(page=page)
    page.unpublish()
    assert Client().get(campaign.path, **PHONE)["Location"] == f"/?c={campaign.slug}"
    page.delete()
    campaign.refresh_from_db()
    assert Client().get(campaign.path, **PHONE)["Location"] == f"/?c={campaign.slug}"


def test_an_unknown_link_is_not_found_and_nothing_is_posted_to_it() -> None:
    a_home()
    assert Client().get("/di/khong-co/").status_code == 404
    assert Client().post(a_campaign().path).status_code == 405


def test_people_are_counted_robots_and_editors_are_not() -> None:
    a_home()
    campaign = a_campaign(page=a_gift_page())
    for _ in range(2):
        Client().get(campaign.path, **PHONE)
    for agent in ("Googlebot/2.1", "facebookexternalhit/1.1", "curl/8", ""):
        Client().get(campaign.path, HTTP_USER_AGENT=agent)
    Client().get(campaign.path, HTTP_SEC_PURPOSE="prefetch;prerender", **PHONE)
    Client().head(campaign.path, **PHONE)
    a_staff = signed_in(a_staff_member())
    a_staff.get(campaign.path, **PHONE)
    signed_in(a_user()).get(campaign.path, **PHONE)
    assert visits() == 3


def test_a_promoters_own_look_is_not_counted() -> None:
    from cms.setting_up import set_up_shop

    set_up_shop()
    campaign = a_campaign(page=a_gift_page())
    signed_in(in_group(a_user(), "Promoters")).get(campaign.path, **PHONE)
    assert visits() == 0


def test_two_campaigns_of_one_name_have_links_of_their_own() -> None:
    assert [a_campaign("Chợ Tết").slug for _ in range(3)] == ["cho-tet", "cho-tet-2", "cho-tet-3"]
