"""What every shop begins with."""

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Locale, Site

from catalogue.models import Category
from cms.models import BasePage, HomePage, StoryIndexPage
from cms.setting_up import set_up_shop

pytestmark = pytest.mark.django_db


def test_setting_up_twice_changes_nothing() -> None:
    set_up_shop()
    before = (BasePage.objects.count(), Category.objects.count(), Locale.objects.count())

    set_up_shop()

    assert (
        BasePage.objects.count(),
        Category.objects.count(),
        Locale.objects.count(),
    ) == before


def test_the_programme_has_six_trades_and_twenty_six_sets() -> None:
    set_up_shop()

    assert Category.objects.filter(depth=1, number__isnull=True).count() == 6
    sets = Category.objects.filter(number__isnull=False)
    assert sorted(sets.values_list("number", flat=True)) == list(range(1, 27))
    assert all(each.get_parent().depth == 1 for each in sets)


def test_an_editors_own_words_survive_setting_up() -> None:
    homes = set_up_shop()
    homes["vi"].headline = "Chợ của tôi"
    homes["vi"].save_revision().publish()

    set_up_shop()

    assert HomePage.objects.get(pk=homes["vi"].pk).headline == "Chợ của tôi"


@pytest.mark.parametrize("path", ["", "cau-chuyen/", "hop-qua/", "dia-danh/"])
def test_sections_have_the_same_address_in_both_languages(client: Client, path: str) -> None:
    set_up_shop()

    assert client.get(f"/{path}").status_code == 200
    assert client.get(f"/en/{path}").status_code == 200


def test_translations_share_their_key() -> None:
    set_up_shop()

    stories = StoryIndexPage.objects.all()
    assert {page.locale.language_code for page in stories} == {"vi", "en"}
    assert len({page.translation_key for page in stories}) == 1


def test_the_site_has_the_address_of_the_shop() -> None:
    set_up_shop()

    site = Site.objects.get(is_default_site=True)
    assert site.root_url == settings.BASE_URL
