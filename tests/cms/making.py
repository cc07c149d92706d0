"""Pages to arrange tests with."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cms.demo import words
from cms.models import (
    CampaignIndexPage,
    CampaignPage,
    EventIndexPage,
    EventPage,
    GiftIndexPage,
    GiftPage,
    HomePage,
    SectionPage,
    StoryIndexPage,
    StoryPage,
)
from shop.pagecache.edition import next_edition


def _section(model: Any, language: str) -> Any:
    return model.objects.get(locale__language_code=language)


def a_page(model: Any, under: Any, title: str, *, live: bool = True, **facts: Any) -> Any:
    """A page below another one, live or a draft."""
    page = model(title=title, locale=under.locale, live=live, **facts)
    under.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
        page.refresh_from_db()
    next_edition()  # follows the commit, which a test does not make
    return page


def a_story(title: str = "Chuyện mật ong", *, language: str = "vi", **facts: Any) -> StoryPage:
    """A live story; needs the section pages (`a_home`)."""
    return a_page(StoryPage, _section(StoryIndexPage, language), title, **facts)


def a_gift_page(title: str = "Hộp quà Tết", *, language: str = "vi", **facts: Any) -> GiftPage:
    """A live gift page; needs the section pages (`a_home`)."""
    return a_page(GiftPage, _section(GiftIndexPage, language), title, **facts)


def an_event(title: str = "Phiên chợ Suối Mỡ", *, under: Any = None, **facts: Any) -> EventPage:
    """A live fair of 5 to 7 May 2027; needs the section pages (`a_home`)."""
    facts = {"starts_at": moment(2027, 5, 5, 8), "ends_at": moment(2027, 5, 7, 17), **facts}
    facts.setdefault("venue", "Sân đền Hạ")
    return a_page(EventPage, under or _section(EventIndexPage, "vi"), title, **facts)


def a_campaign(title: str = "Mùa Trung thu", *, under: Any = None, **facts: Any) -> CampaignPage:
    """A live season of 20 August to 15 September 2027; needs the section pages (`a_home`)."""
    facts = {"starts_on": date(2027, 8, 20), "ends_on": date(2027, 9, 15), **facts}
    return a_page(CampaignPage, under or _section(CampaignIndexPage, "vi"), title, **facts)


def a_section(title: str = "Bắc Lũng", **facts: Any) -> SectionPage:
    """A live section of promoters with its group; needs the home page (`a_home`)."""
    home = HomePage.objects.get(locale__language_code="vi", depth=2)
    return a_page(SectionPage, home, title, **facts)


def moment(*parts: int) -> datetime:
    """A moment of the shop's time zone."""
    return timezone.make_aware(datetime(*parts))  # type: ignore[arg-type]


def a_body(*blocks: tuple[str, Any], name: str = "body") -> str:
    """A stream of these blocks."""
    return words.stream(name, blocks)


def sources_of(*titles: str) -> str:
    """The sources of a page."""
    return a_body(*(("source", {"title": title}) for title in titles), name="sources")


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
