"""Stories and gift pages as other pages ask for them, and how lists stay fresh."""

import pytest
from django.test import Client
from django.utils import translation

from cms.models import StoryPage
from cms.telling import MOST_MAKERS, gift_pages_with, makers, newest_stories, stories_of, story_of
from tests.cms.making import a_gift_page, a_story, contents_of
from tests.factories import a_home, a_producer, a_product, a_spirit

pytestmark = pytest.mark.django_db


def test_a_product_has_its_story_in_the_visitors_language_only() -> None:
    a_home()
    honey = a_product()
    a_story("Chuyện mật ong", product=honey)

    assert story_of(honey).title == "Chuyện mật ong"
    with translation.override("en"):
        assert story_of(honey) is None
        a_story("A story of honey", language="en", product=honey)
        assert story_of(honey).title == "A story of honey"
        assert story_of(honey).url.startswith("/en/")


def test_a_draft_is_no_story_yet() -> None:
    a_home()
    honey = a_product()
    a_story(product=honey).unpublish()

    assert story_of(honey) is None


def test_a_producer_has_the_stories_of_its_products() -> None:
    a_home()
    ours, theirs = a_producer(), a_producer()
    a_story("Của ta", product=a_product(producer=ours))
    a_story("Của họ", product=a_product("Khác", producer=theirs))

    assert [card.title for card in stories_of(ours)] == ["Của ta"]


def test_gift_pages_with_a_product_are_those_that_hold_or_sell_it() -> None:
    a_home()
    honey, box, other = a_product(), a_product("Hộp"), a_product("Khác")
    a_gift_page("Có mật ong", contents=contents_of(honey, other))
    a_gift_page("Bán hộp", box=box)
    a_gift_page("Chẳng có gì")

    assert [card.title for card in gift_pages_with(honey)] == ["Có mật ong"]
    assert [card.title for card in gift_pages_with(box)] == ["Bán hộp"]


def test_stories_of_alcohol_are_not_promoted_on_the_home_page() -> None:
    a_home()
    a_story("Chuyện rượu", product=a_spirit())
    a_story("Chuyện mật", product=a_product())

    assert [card.title for card in newest_stories()] == ["Chuyện mật"]


def test_the_home_page_does_not_grow_with_the_producers() -> None:
    names = [f"HTX {number}" for number in range(MOST_MAKERS + 1)]
    for name in names:
        a_product(producer=a_producer(name))

    assert [maker.name for maker in makers()] == names[:MOST_MAKERS]


@pytest.mark.django_db(transaction=True)
def test_a_published_story_appears_in_lists_at_once(client: Client) -> None:
    a_home()
    assert newest_stories() == []

    page = a_story("Mới đăng")
    assert [card.title for card in newest_stories()] == ["Mới đăng"]

    page.unpublish()
    assert newest_stories() == []


def test_a_gift_page_sells_its_box(client: Client) -> None:
    a_home()
    box = a_product("Hộp Tết", price=419_000)
    page = a_gift_page(box=box, contents=contents_of(a_product("Mật ong bạc hà")))

    html = client.get(page.url).content.decode()

    assert "419.000" in html
    assert f"/gio-hang/add/{box.pk}/" in html or "Mua hộp quà" in html
    assert "Mật ong bạc hà" in html


def test_a_gift_page_whose_box_is_sold_out_says_so_and_sells_nothing(client: Client) -> None:
    a_home()
    page = a_gift_page(box=a_product("Hộp Tết", stock=0))

    html = client.get(page.url).content.decode()

    assert "Hết hàng" in html
    assert "Mua hộp quà" not in html


def test_sources_legends_and_machine_help_are_named_on_the_page(client: Client) -> None:
    from cms.demo import words

    a_home()
    sources = words.sources(
        "s",
        [{"title": "“Bánh mật của hiếm”", "publisher": "Báo Người Lao Động", "date": "2023-02-02"}],
        "vi",
    )
    page = a_gift_page(author="Ban biên tập", ai_assisted=True, tells_legend=True, sources=sources)

    html = client.get(page.url).content.decode()

    assert "“Bánh mật của hiếm”" in html
    assert "2/2/2023" in html
    assert "Truyền thuyết" in html
    assert "trí tuệ nhân tạo" in html
    assert "Nhà sản xuất chưa duyệt" in html


def test_stories_of_alcohol_stand_on_no_producers_page() -> None:
    a_home()
    spirit = a_spirit()
    a_story("Chuyện rượu", product=spirit)

    assert stories_of(spirit.producer) == []


def test_a_page_gets_a_plain_address_from_a_vietnamese_title() -> None:
    a_home()
    index = a_story("Chuyện khác").get_parent()
    page = StoryPage(title="Một buổi chợ thử")
    index.add_child(instance=page)
    page.slug = "đường-đi-chợ"
    page.full_clean()

    assert StoryPage.objects.get(pk=page.pk).slug == "mot-buoi-cho-thu"
    assert page.slug == "duong-di-cho"
