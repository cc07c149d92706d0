"""Pages to arrange tests with."""

from typing import Any

from cms.demo import words
from cms.models import GiftIndexPage, GiftPage, StoryIndexPage, StoryPage
from cms.remembered import forget


def _section(model: Any, language: str) -> Any:
    return model.objects.get(locale__language_code=language)


def a_story(title: str = "Chuyện mật ong", *, language: str = "vi", **facts: Any) -> StoryPage:
    """A live story; needs the section pages (`a_home`)."""
    section = _section(StoryIndexPage, language)
    page = StoryPage(title=title, locale=section.locale, **facts)
    section.add_child(instance=page)
    page.save_revision().publish()
    forget()  # follows the commit, which a test does not make
    return page


def a_gift_page(title: str = "Hộp quà Tết", *, language: str = "vi", **facts: Any) -> GiftPage:
    """A live gift page; needs the section pages (`a_home`)."""
    section = _section(GiftIndexPage, language)
    page = GiftPage(title=title, locale=section.locale, **facts)
    section.add_child(instance=page)
    page.save_revision().publish()
    forget()  # follows the commit, which a test does not make
    return page


def cards_of(*products: Any) -> str:
    """A stream with a card of each product."""
    return words.stream(
        "cards", [("product_card", {"product": each.pk, "note": ""}) for each in products]
    )


def contents_of(*products: Any) -> str:
    return words.stream(
        "contents",
        [
            ("item", {"product": each.pk, "portion": "500 g", "quantity": 1, "note": ""})
            for each in products
        ],
    )


def a_row(rule: str, **more: Any) -> str:
    """A stream with one row of products that fills itself by `rule`."""
    value = {"title": "Đang vào mùa", "rule": rule, "group": "", "place": None, "limit": 4}
    return words.stream("row", [("product_row", {**value, "otherwise": "", **more})])
