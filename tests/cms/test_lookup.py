"""Pages as entries of the search: they follow publishing, moving and what they tell of."""

from decimal import Decimal
from typing import Any

import pytest

from catalogue.lookup.models import Entry
from catalogue.lookup.search import search
from catalogue.lookup.wanted import Scope
from cms.models import PlaceIndexPage, PlacePage
from tests.cms.making import a_gift_page, a_story
from tests.factories import a_home, a_product, a_ward

pytestmark = pytest.mark.django_db
VI = Scope("vi")


@pytest.fixture(autouse=True)
def _home() -> None:
    a_home()


def names(query: str, scope: Scope = VI) -> list[str]:
    return [hit.name for hit in search(query, scope).hits]


def a_place(title: str, **facts: Any) -> PlacePage:
    section = PlaceIndexPage.objects.get(locale__language_code="vi")
    page = PlacePage(title=title, locale=section.locale, **facts)
    section.add_child(instance=page)
    page.save_revision().publish()
    return page


def test_a_page_is_found_once_it_is_published(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        story = a_story("Chuyện củ khoai", lead="Một củ khoai mang tên xã cũ.")
    assert names("cu khoai") == ["Chuyện củ khoai"]
    with django_capture_on_commit_callbacks(execute=True):
        story.unpublish()
    assert names("cu khoai") == []


def test_a_draft_that_is_saved_changes_nothing(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        story = a_story("Chuyện củ khoai")
    with django_capture_on_commit_callbacks() as callbacks:
        story.title = "Chuyện sửa dở"
        story.save_revision()
    assert callbacks == []


def test_a_deleted_page_leaves(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        story = a_story("Chuyện củ khoai")
    with django_capture_on_commit_callbacks(execute=True):
        story.delete()
    assert names("cu khoai") == []


def test_pages_below_one_with_a_new_address_lead_there(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        story = a_story("Chuyện củ khoai")
    with django_capture_on_commit_callbacks(execute=True):
        section = story.get_parent().specific
        section.slug = "ke-chuyen"
        section.save_revision().publish()
    (hit,) = search("cu khoai", VI).hits
    assert hit.address == f"/ke-chuyen/{story.slug}/"


def test_what_is_told_of_a_drink_is_hidden_once_it_is_one(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        product = a_product("Nước đông trùng", licence_number="01/GP-UBND")
        a_story("Chuyện đông trùng", product=product)
        a_gift_page("Hộp đông trùng", box=product)
    assert len(names("dong trung")) == 3
    with django_capture_on_commit_callbacks(execute=True):
        product.abv = Decimal(12)
        product.save()
    assert names("dong trung") == []
    assert len(names("dong trung", Scope("vi", shows_alcohol=True))) == 3


def test_a_story_is_found_by_the_names_of_its_place(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        place = a_place("Yên Sơn", ward=a_ward(), former_district="Lục Nam")
        a_story("Chuyện củ khoai", place=place)
    assert names("yen son") == ["Yên Sơn", "Chuyện củ khoai"]
    assert names("luc nam bac lung") == ["Yên Sơn", "Chuyện củ khoai"]
    with django_capture_on_commit_callbacks(execute=True):
        place.title = "Núi Huyền Đinh"
        place.save_revision().publish()
    assert names("huyen dinh") == ["Núi Huyền Đinh", "Chuyện củ khoai"]
    assert {entry.kind for entry in Entry.objects.filter(source__in=["story", "place"])} == {
        "story",
        "place",
    }
