"""Counting what is looked at, without watching anybody.

What is written is a number per page (or campaign) and day. No cookie is set, nothing about the
visitor is kept: not an address, not a device, not a time, not what else they looked at. So nobody
has to be asked first (Luật 91/2025/QH15, NĐ 356/2025/NĐ-CP: personal data needs consent, and
a sum is none), and two visits of one person are two views.

Counts gather in the memory of the process and are written together after an answer has been sent,
every half minute at most; a process that dies loses less than that. Robots that say who they are,
previews and the editors' own visits are not counted.
"""

import atexit
import logging
import re
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.signals import request_finished
from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from oscar.apps.basket.signals import basket_addition

logger = logging.getLogger(__name__)

FLUSH_SECONDS = 30
#: More different counts than this are written at once.
MOST_WAITING = 500
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


_waiting: Counter[What] = Counter()
_lock = threading.Lock()
_since = 0.0


def count_page_view(request: HttpRequest, pk: int) -> None:
    if is_person(request):
        _count(What(PAGE, str(pk), timezone.localdate(), "views"))


def count_visit(request: HttpRequest, slug: str) -> None:
    """A campaign's link was followed."""
    if is_person(request):
        _count(What(CAMPAIGN, slug, timezone.localdate(), "views"))


def count_addition(request: HttpRequest, page: str, campaign: str) -> None:
    """Something went into a basket from this page, by this campaign; both as they were typed."""
    if not is_person(request):
        return
    today = timezone.localdate()
    if key := page_key(page):
        _count(What(PAGE, str(key), today, "added"))
    if campaign := campaign_slug(campaign):
        _count(What(CAMPAIGN, campaign, today, "added"))


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


def _count(what: What) -> None:
    global _since
    with _lock:
        if not _waiting:
            _since = time.monotonic()
        _waiting[what] += 1


def flush() -> int:
    """Write what waits in this process; how many counts that were."""
    with _lock:
        taken = dict(_waiting)
        _waiting.clear()
    if not taken:
        return 0
    try:
        with transaction.atomic():
            _write(taken)
    except DatabaseError:
        logger.exception("counts were not written; they wait")
        with _lock:
            _waiting.update(taken)
        return 0
    return sum(taken.values())


def forget() -> None:
    """Drop what waits; for tests."""
    with _lock:
        _waiting.clear()


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


# --- When ---------------------------------------------------------------------------------------


def flush_when_due(**kwargs: Any) -> None:
    """After an answer has been sent."""
    if _waiting and (len(_waiting) > MOST_WAITING or time.monotonic() - _since >= FLUSH_SECONDS):
        flush()


def added_to_basket(request: Any = None, **kwargs: Any) -> None:
    if request is not None:
        posted = request.POST
        count_addition(request, posted.get("from_page", ""), posted.get("from_campaign", ""))


def connect() -> None:
    request_finished.connect(flush_when_due, dispatch_uid="promotion.flush")
    user_logged_in.connect(note_who_works_here, dispatch_uid="promotion.works_here")
    basket_addition.connect(added_to_basket, dispatch_uid="promotion.added")
    atexit.register(_flush_at_exit)


def _flush_at_exit() -> None:
    try:
        flush()
    except Exception:  # the database is gone already, or was never there
        logger.debug("counts lost at exit", exc_info=True)
