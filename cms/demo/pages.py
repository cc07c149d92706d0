"""The demo's pages in both languages. A page that a person has edited since stays as it is."""

from collections.abc import Callable
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Locale

from catalogue.models import Product
from catalogue.pictures.models import Picture
from cms.demo import words
from cms.demo.reading import in_language, read
from cms.models import (
    GiftIndexPage,
    GiftPage,
    HomePage,
    PlaceIndexPage,
    PlacePage,
    StandardPage,
    StoryIndexPage,
    StoryPage,
)
from cms.tree import LANGUAGES, ensure_locales, ensure_tree
from shop.places.models import FormerCommune

AUTHOR = {"vi": "Ban biên tập Phiên chợ", "en": "Phiên chợ editors"}
#: The picture that opens the home page.
HOME_PICTURE = "products/khoai-lang-yen-son"

Pictures = dict[str, Picture]
Advance = Callable[[], None]


def load_home(pictures: Pictures, advance: Advance) -> None:
    row = read("pages")["home"]
    for language, home in ensure_tree().items():

        def text(field: str, language: str = language) -> str:
            return in_language(row, field, language)

        promises = [
            {"title": in_language(each, "title", language), "text": each[language]}
            for each in row["promises"]
        ]
        blocks = [
            (
                "product_row",
                {
                    "title": text("season_title"),
                    "rule": "season",
                    "group": "",
                    "place": None,
                    "limit": 4,
                    "otherwise": text("season_empty"),
                },
            ),
            ("gift_band", _headed(text, "gifts", limit=2)),
            ("story_row", _headed(text, "stories", limit=3)),
            ("maker_row", _headed(text, "producers")),
            ("place_row", _headed(text, "places")),
            (
                "promises",
                {
                    "title": text("promise_title"),
                    "promises": words.items(f"home/{language}/promises", promises),
                },
            ),
        ]
        _keep(
            home,
            headline=text("headline"),
            lead=text("lead"),
            picture=pictures.get("pages/home") or pictures.get(HOME_PICTURE),
            body=words.stream(f"home/{language}", blocks),
            seo_title=text("meta_title"),
            search_description=text("meta_description"),
        )
        _keep(
            StoryIndexPage.objects.child_of(home).get(),
            lead=text("stories_lead"),
        )
        _keep(PlaceIndexPage.objects.child_of(home).get(), lead=text("places_lead"))
        index = read("boxes")["index"]
        _keep(
            GiftIndexPage.objects.child_of(home).get(),
            lead=in_language(index, "lead", language),
            text=words.rich(in_language(index, "text", language)),
        )
    advance()


def load_standard_pages(advance: Advance) -> None:
    file = read("pages")
    for row in file["pages"]:

        def facts(language: str, row: dict[str, Any] = row) -> dict[str, Any]:
            return {
                "lead": in_language(row, "lead", language),
                "body": words.body(f"{row['key']}/{language}", row["blocks"], language),
                "in_footer": True,
                "as_of": file["common"]["as_of"] if row["menu"] == "policy" else None,
            }

        in_both(StandardPage, home_page("vi"), row, facts)
        advance()


def load_places(pictures: Pictures, advance: Advance) -> None:
    for row in read("places")["places"]:

        def facts(language: str, row: dict[str, Any] = row) -> dict[str, Any]:
            name = f"places/{row['slug']}/{language}"
            return {
                "lead": in_language(row, "line", language),
                "body": words.stream(
                    name, [("text", words.rich(in_language(row, "text", language)))]
                ),
                "picture": pictures.get(f"places/{row['slug']}"),
                "former_commune": _former_commune(row),
                "ward_id": row["ward_code"] or None,
                "former_district": row["former_district"],
                "former_province": row["former_province"],
                **told(name, row["sources"], language),
            }

        in_both(PlacePage, PlaceIndexPage.objects.child_of(home_page("vi")).get(), row, facts)
        advance()


def load_stories(pictures: Pictures, advance: Advance) -> None:
    """Last product first: the newest page opens the list, which then follows the products."""
    for product_row in reversed(read("products")["products"]):
        slug = product_row["story"]
        row = {**read(f"stories/{slug}"), "slug": slug}

        def facts(language: str, row: dict[str, Any] = row) -> dict[str, Any]:
            name = f"stories/{row['slug']}/{language}"
            return {
                "lead": in_language(row, "lead", language),
                "season": in_language(row, "season", language),
                "product": Product.objects.get(slug=row["products"][0]),
                "place": place_page(row["place"], language),
                "picture": pictures.get(f"stories/{row['slug']}")
                or pictures.get(f"products/{row['products'][0]}-2")
                or pictures.get(f"products/{row['products'][0]}"),
                "body": words.body(name, row["blocks"], language),
                "reviewed_by_producer": row["reviewed_by_producer"],
                **told(name, row["sources"], language, ai_assisted=row["ai_assisted"]),
                "author": in_language(row, "author", language),
            }

        in_both(StoryPage, StoryIndexPage.objects.child_of(home_page("vi")).get(), row, facts)
        advance()


def load_gift_pages(pictures: Pictures, advance: Advance) -> None:
    for row in read("boxes")["boxes"]:

        def facts(language: str, row: dict[str, Any] = row) -> dict[str, Any]:
            name, page = f"gifts/{row['slug']}/{language}", row["page"]
            return {
                "box": Product.objects.get(slug=row["slug"]),
                "feast": in_language(row, "feast", language),
                "feast_date": row.get("feast_date"),
                "place": place_page(row["place"], language),
                "lead": in_language(page, "lead", language),
                "season": in_language(page, "season", language),
                "body": words.body(name, _blocks_of_gift(row), language, pictures),
                "contents": words.stream(f"{name}/contents", _contents(row, language)),
                "closing": in_language(page, "closing", language),
                "picture": pictures.get(f"boxes/{row['slug']}"),
                **told(name, row["sources"], language),
            }

        in_both(GiftPage, GiftIndexPage.objects.child_of(home_page("vi")).get(), row, facts)
        advance()


def _headed(text: Callable[[str], str], name: str, **more: Any) -> dict[str, Any]:
    return {"title": text(f"{name}_title"), "lead": text(f"{name}_lead"), **more}


def told(
    name: str, sources: list[dict[str, Any]], language: str, ai_assisted: bool = True
) -> dict[str, Any]:
    return {
        "sources": words.sources(name, sources, language),
        "author": AUTHOR[language],
        "ai_assisted": ai_assisted,
    }


def _blocks_of_gift(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The box's story, where all of it comes from, the box to buy, and what is often asked."""
    common = read("boxes")["common"]
    products = {each["slug"]: each for each in read("products")["products"]}
    places = {each["slug"]: each for each in read("places")["places"]}
    wards = [
        places[row["place"]]["ward_code"],
        *(products[each["product"]]["origin"]["ward_code"] for each in row["contents"]),
    ]
    first = products[row["rules"]["shelf_life_from"]]
    facts = {
        "first": first["title"],
        "first_en": first["title_en"],
        "keeps_days": row["sale"]["shelf_life_days"],
        "lead_days": row["packing"]["lead_days"],
    }
    questions = [
        {name: text.format(**facts) for name, text in each.items()} for each in common["questions"]
    ]
    *story, call = row["blocks"]
    return [
        *story,
        {"type": "map", "wards": sorted({*wards} - {""}), **common["map"]},
        {"type": "box", "box": row["slug"], **common["box"]},
        call,
        {"type": "questions", "items": questions, **common["asked"]},
    ]


def _contents(row: dict[str, Any], language: str) -> list[tuple[str, Any]]:
    variants = {
        variant["sku"]: variant
        for product in read("products")["products"]
        for variant in product["variants"]
    }
    notes = {note["product"]: note[language] for note in row["page"]["notes"]}
    return [
        (
            "item",
            {
                "product": Product.objects.get(slug=each["product"]).pk,
                "portion": in_language(variants[each["sku"]], "title", language),
                "quantity": each["quantity"],
                "note": notes.get(each["product"], ""),
            },
        )
        for each in row["contents"]
    ]


def place_page(slug: str, language: str) -> PlacePage | None:
    """The page of a place; None for goods of which no commune is known."""
    return PlacePage.objects.filter(slug=slug, locale__language_code=language).first()


def _former_commune(row: dict[str, Any]) -> FormerCommune | None:
    if row["kind"] != "commune":
        return None
    return FormerCommune.objects.of_district(row["former_district"], row["former_province"]).get(
        name=row["former_name"].removeprefix("Xã ")
    )


def home_page(language: str) -> HomePage:
    return HomePage.objects.get(locale__language_code=language, depth=2)


def in_both(
    model: Any, parent: Any, row: dict[str, Any], facts: Callable[[str], dict[str, Any]]
) -> None:
    """The page of a row under `parent`, and its translations, with the facts of each language."""
    locales: dict[str, Locale] = ensure_locales()
    first = None
    for language in LANGUAGES:
        title = in_language(row, "title", language)
        if first is None:
            page = model.objects.child_of(parent).filter(slug=row["slug"]).first()
            if page is None:
                page = model(title=title, slug=row["slug"], locale=locales[language], live=False)
                parent.add_child(instance=page)
            first = page
        else:
            page = first.get_translation_or_none(locales[language])
            if page is None:
                page = first.copy_for_translation(locales[language])
            page = page.specific
        _keep(page, title=title, **facts(language))


def _keep(page: Any, **facts: Any) -> None:
    """Publish a page with these facts; nothing happens when it has them, or a person's edits."""
    if page.revisions.filter(user__isnull=False).exists():
        return
    changed = False
    for name, value in facts.items():
        field = page._meta.get_field(name.removesuffix("_id"))
        if isinstance(field, StreamField):
            value = field.to_python(value)
            same = field.get_prep_value(getattr(page, name)) == field.get_prep_value(value)
        else:
            same = getattr(page, name) == value
        if not same:
            setattr(page, name, value)
            changed = True
    if changed or not page.live:
        page.save_revision().publish()
