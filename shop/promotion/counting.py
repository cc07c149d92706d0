"""Counting what is looked at, without watching anybody.

What is written is a number per page (or campaign) and day. No cookie is set, nothing about the
visitor is kept: not an address, not a device, not a time, not what else they looked at. So nobody
has to be asked first (Luật 91/2025/QH15, NĐ 356/2025/NĐ-CP: personal data needs consent, and
a sum is none), and two visits of one person are two views.

Counts gather in memory and are written together (`catalogue.tally`). Robots that say who they are,
previews and the editors' own visits are not counted.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from oscar.apps.basket.signals import basket_addition

from catalogue.tally import Tally

#: Programs that say what they are. Link previews of chats are programs too.
ROBOTS = re.compile(
    r"bot|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|zalo(?!app)|telegram|skype|"
    r"headless|lighthouse|monitor|uptime|curl|wget|python|java/|go-http|okhttp|libwww|httpclient|"
    r"scrapy|archiver|validator|axios|node",
    re.IGNORECASE,
)
CAMPAIGN_SLUG = re.compile(r"\A[-a-z0-9]{1,50}\Z")
#: In the session: whether its owner belongs to the staff or the editors.
WORKS_HERE = "works_here"
PAGE, CAMPAIGN = "page", "campaign"


@dataclass(frozen=True, order=True)
class What:
    """A count of one thing on one day: `key` is a page's key or a campaign's slug."""

    kind: str
    key: str
    day: date
    column: str


def count_page_view(request: HttpRequest, pk: int) -> None:
    if is_person(request):
        waiting.add(What(PAGE, str(pk), timezone.localdate(), "views"))


def count_visit(request: HttpRequest, slug: str) -> None:
    """A campaign's link was followed."""
    if is_person(request):
        waiting.add(What(CAMPAIGN, slug, timezone.localdate(), "views"))


def count_addition(request: HttpRequest, page: str, campaign: str) -> None:
    """Something went into a basket from this page, by this campaign; both as they were typed."""
    if not is_person(request):
        return
    today = timezone.localdate()
    if key := page_key(page):
        waiting.add(What(PAGE, str(key), today, "added"))
    if campaign := campaign_slug(campaign):
        waiting.add(What(CAMPAIGN, campaign, today, "added"))


def page_key(typed: str) -> int | None:
    """The key of a page as an address or a form gave it; None when it is none."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


def campaign_slug(typed: str) -> str:
    """The slug of a campaign as an address or a form gave it; empty when it is none."""
    return typed if CAMPAIGN_SLUG.match(typed) else ""


def is_person(request: HttpRequest) -> bool:
    """Neither a robot by its own word, nor a browser reading ahead, nor an editor at work."""
    if getattr(request, "is_preview", False):
        return False
    agent = request.headers.get("User-Agent", "")
    if not agent or ROBOTS.search(agent):
        return False
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return False
    # Whoever never signed in is not asked for: that would cost everybody a query.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return True
    if WORKS_HERE in request.session:
        return not request.session[WORKS_HERE]
    return not _works_here(request.user)


def note_who_works_here(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """At sign-in, so that a buyer's pages need not ask for permissions each time."""
    request.session[WORKS_HERE] = _works_here(user)


def _works_here(user: Any) -> bool:
    return bool(
        user.is_authenticated and (user.is_staff or user.has_perm("wagtailadmin.access_admin"))
    )


def _write(taken: dict[What, int]) -> None:
    """Rows in one order, so that two processes wait for each other and never for ever."""
    from shop.promotion.models import CampaignDay, PageDay

    pages = _existing_pages(what.key for what in taken if what.kind == PAGE)
    campaigns = _existing_campaigns(what.key for what in taken if what.kind == CAMPAIGN)
    for what, times in sorted(taken.items()):
        if what.kind == PAGE and what.key in pages:
            _add(PageDay, {"page_id": pages[what.key], "day": what.day}, what.column, times)
        elif what.kind == CAMPAIGN and what.key in campaigns:
            row = {"campaign_id": campaigns[what.key], "day": what.day}
            _add(CampaignDay, row, what.column, times)


def _add(model: Any, row: dict[str, Any], column: str, times: int) -> None:
    if not model.objects.filter(**row).update(**{column: F(column) + times}):
        model.objects.bulk_create([model(**row)], ignore_conflicts=True)
        model.objects.filter(**row).update(**{column: F(column) + times})


def _existing_pages(keys: Iterable[str]) -> dict[str, int]:
    """What a form sends as a page need not be one."""
    found = apps.get_model("cms", "BasePage").objects.filter(pk__in={int(key) for key in keys})
    return {str(pk): pk for pk in found.values_list("pk", flat=True)}


def _existing_campaigns(slugs: Iterable[str]) -> dict[str, int]:
    from shop.promotion.models import Campaign

    return dict(Campaign.objects.filter(slug__in=set(slugs)).values_list("slug", "pk"))


waiting = Tally("promotion", _write)


def added_to_basket(request: Any = None, **kwargs: Any) -> None:
    if request is not None:
        posted = request.POST
        count_addition(request, posted.get("from_page", ""), posted.get("from_campaign", ""))


def connect() -> None:
    waiting.connect()
    user_logged_in.connect(note_who_works_here, dispatch_uid="promotion.works_here")
    basket_addition.connect(added_to_basket, dispatch_uid="promotion.added")
