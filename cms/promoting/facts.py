"""What posters and the gift catalogue say: the facts of pages and boxes as they are today."""

import re
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.cards import Card, cards_by_key
from catalogue.classes import GIFT_BOX
from catalogue.models import BoxItem, Product
from cms.addresses import page_path
from cms.models import BasePage, GiftPage
from cms.pictures import pictures_by_key
from cms.templatetags.cms_tags import source_date
from shop.promotion.models import Campaign, Lookbook
from shop.promotion.printing.papers import BoxPage, Content, Sheet

#: Letters of a story in the gift catalogue: what a page has room for.
STORY_LETTERS = 520
#: Sources named under a story.
MOST_SOURCES = 2
_SENTENCE_END = re.compile(r"(?<=[.!?…”])\s+")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:k?g|m?l|lít|chiếc|hộp|gói|túi|chai|hũ)\b)")


def printed_link(campaign: Campaign) -> str:
    """What the code on paper opens, whole: the Vietnamese link, which knows the way."""
    with override("vi"):
        return settings.BASE_URL + campaign.path


def sheet_of(campaign: Campaign, title: str, line: str) -> Sheet:
    return Sheet(
        title=title, line=line, link=printed_link(campaign), picture=_picture_of(campaign.page)
    )


def words_of(campaign: Campaign) -> dict[str, str]:
    """Title and line to begin a poster with: those of the page."""
    page: Any = campaign.page.specific if campaign.page is not None else None
    if page is None:
        return {"title": campaign.name, "line": ""}
    return {"title": page.title[:80], "line": _cut(getattr(page, "lead", ""), 160)}


def _picture_of(page: BasePage | None) -> Any:
    if page is None:
        return None
    specific: Any = page.specific
    field = specific.lead_picture_field()
    key = (getattr(specific, f"{field}_id") if field else None) or specific.share_image_id
    return pictures_by_key([key]).get(key) if key else None


# --- Boxes --------------------------------------------------------------------------------------


def sellable_boxes(keys: list[int] | None = None) -> list[Card]:
    """Gift boxes that may be sold today, none of them with alcohol in it; by title, or as asked."""
    found = (
        Product.objects.listed()
        .without_alcohol()
        .filter(product_class__slug=GIFT_BOX)
        .exclude(box_items__product__abv__gt=0)
        .exclude(box_items__product__parent__abv__gt=0)
        # What its buyer fills cannot be printed beforehand.
        .exclude(gift_box__slots__gt=0)
        .order_by("title")
    )
    allowed = list(found.values_list("pk", flat=True))
    if keys is not None:
        allowed = [key for key in keys if key in allowed]
    return [card for card in cards_by_key(allowed) if card.is_available]


def box_pages(lookbook: Lookbook) -> list[BoxPage]:
    """The pages of a gift catalogue, in its order. As many queries for ten boxes as for one."""
    with override("vi"):
        cards = sellable_boxes(list(lookbook.boxes))
        keys = [card.product.pk for card in cards]
        contents = _contents_of(keys)
        told = _gift_pages_of(keys)
        texts = Product.objects.only("summary", "description").in_bulk(keys)
        return [
            _box_page(card, texts[key], contents.get(key, []), told.get(key), lookbook)
            for key, card in zip(keys, cards, strict=True)
        ]


def _box_page(
    card: Card, texts: Product, contents: list[Content], page: Any, lookbook: Lookbook
) -> BoxPage:
    sources = list(page.sources) if page is not None else []
    # What is told of a place or a feast is printed with where it was published, or not at all.
    story = texts.description if sources else texts.summary
    images = list(card.product.images.all())
    return BoxPage(
        title=card.title,
        place=_place_of(page) or card.place,
        story=_whole_sentences(story, STORY_LETTERS),
        source="; ".join(_source_words(each.value) for each in sources[:MOST_SOURCES]),
        contents=contents,
        link=settings.BASE_URL + (page_path(page) if page is not None else card.url),
        price=card.price.text if lookbook.shows_prices and card.price else "",
        note=_("Dữ liệu mẫu") if card.product.is_sample else "",
        picture=images[0].picture if images else None,
    )


def _contents_of(keys: list[int]) -> dict[int, list[Content]]:
    items = (
        BoxItem.objects.filter(box__in=keys)
        .select_related(
            "product__product_class",
            "product__parent__product_class",
            "product__producer",
            "product__parent__producer",
        )
        .prefetch_related("product__certificates", "product__parent__certificates")
        .order_by("box", "display_order", "pk")
    )
    found: dict[int, list[Content]] = {}
    for item in items:
        product = item.product.canonical
        maker = item.product.producer or product.producer
        title = item.product.display_title
        found.setdefault(item.box_id, []).append(
            Content(
                title=_BEFORE_UNIT.sub("\u00a0", title),
                maker=maker.display_name if maker is not None else "",
                quantity=item.quantity,
                stars=product.stars_on(),
            )
        )
    return found


def _gift_pages_of(keys: list[int]) -> dict[int, Any]:
    pages = GiftPage.objects.live().filter(box__in=keys, locale__language_code="vi")
    return {page.box_id: page for page in pages.select_related("place").order_by("-pk")}


def _place_of(page: Any) -> str:
    if page is None:
        return ""
    said = (page.feast, page.place.title if page.place is not None else "")
    return " · ".join(part for part in said if part)


def _source_words(source: Any) -> str:
    day = source.get("date")
    said = (source.get("title"), source.get("publisher"), source_date(day) if day else "")
    return ", ".join(part for part in said if part)


def _whole_sentences(text: str, most: int) -> str:
    """As many sentences from the start as have room; never half of one, but for a very long one."""
    text = " ".join(text.split())
    kept = ""
    for sentence in _SENTENCE_END.split(text):
        if kept and len(kept) + 1 + len(sentence) > most:
            break
        kept = f"{kept} {sentence}".strip()
    return _cut(kept, most)


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
