"""The demo's event and its season of gifts, both languages, with days that we computed."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from catalogue.models import Product
from cms.demo import words
from cms.demo.pages import Advance, Pictures, home_page, in_both, place_page, told
from cms.demo.reading import in_language, read
from cms.models import CampaignIndexPage, CampaignPage, EventIndexPage, EventPage, GiftPage


def count() -> int:
    return len(read("seasons")["events"]) + len(read("seasons")["campaigns"])


def load_seasons(pictures: Pictures, advance: Advance) -> None:
    for row in read("seasons")["events"]:

        def facts(language: str, row: dict[str, Any] = row) -> dict[str, Any]:
            name = f"events/{row['slug']}/{language}"
            return {
                "lead": in_language(row, "lead", language),
                "place": place_page(row["place"], language),
                "ward_id": row["ward_code"],
                "venue": in_language(row, "venue", language),
                "starts_at": _midnight(row["first_day"]),
                "ends_at": _midnight(row["last_day"] + timedelta(days=1)),
                **_common(name, row, language, pictures),
            }

        in_both(EventPage, EventIndexPage.objects.child_of(home_page("vi")).get(), row, facts)
        advance()
    for row in read("seasons")["campaigns"]:

        def campaign(language: str, row: dict[str, Any] = row) -> dict[str, Any]:
            name = f"campaigns/{row['slug']}/{language}"
            return {
                "lead": in_language(row, "lead", language),
                "feast": in_language(row, "feast", language),
                "starts_on": row["starts_on"],
                "ends_on": row["ends_on"],
                "goods": words.stream(f"{name}/goods", _goods(row, language)),
                **_common(name, row, language, pictures),
            }

        parent = CampaignIndexPage.objects.child_of(home_page("vi")).get()
        in_both(CampaignPage, parent, row, campaign)
        advance()


def _common(name: str, row: dict[str, Any], language: str, pictures: Pictures) -> dict[str, Any]:
    return {
        "season": in_language(row, "season", language),
        "picture": pictures.get(row["picture"]),
        "body": words.body(name, row["blocks"], language, pictures),
        **told(name, row["sources"], language),
    }


def _goods(row: dict[str, Any], language: str) -> list[tuple[str, Any]]:
    gifts = GiftPage.objects.filter(locale__language_code=language)
    return [
        *(("gift", {"page": gifts.get(slug=slug).pk}) for slug in row["gifts"]),
        *(
            (
                "product",
                {
                    "product": Product.objects.get(slug=each["product"]).pk,
                    "note": each[language],
                },
            )
            for each in row["products"]
        ),
    ]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
