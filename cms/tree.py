"""The pages that every shop has: a home page in each language and the sections under it."""

from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from wagtail.models import Locale, Site

from cms.context import CAMPAIGNS, EVENTS, GIFTS, PLACES, STORIES
from cms.models import (
    BasePage,
    CampaignIndexPage,
    EventIndexPage,
    GiftIndexPage,
    HomePage,
    PlaceIndexPage,
    StoryIndexPage,
)

LANGUAGES = ("vi", "en")
#: Section pages: model, slug, title by language.
SECTIONS: tuple[tuple[Any, str, dict[str, str]], ...] = (
    (StoryIndexPage, STORIES, {"vi": "Câu chuyện", "en": "Stories"}),
    (GiftIndexPage, GIFTS, {"vi": "Hộp quà", "en": "Gift boxes"}),
    (PlaceIndexPage, PLACES, {"vi": "Địa danh", "en": "Places"}),
    (EventIndexPage, EVENTS, {"vi": "Sự kiện", "en": "Events"}),
    (CampaignIndexPage, CAMPAIGNS, {"vi": "Mùa quà", "en": "Gift seasons"}),
)


def ensure_locales() -> dict[str, Locale]:
    """Vietnamese and English, by language code."""
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}


def ensure_tree() -> dict[str, HomePage]:
    """Home and section pages in both languages, published; existing ones stay as they are."""
    locales = ensure_locales()
    homes = {"vi": _ensure_home(locales["vi"])}
    homes["en"] = translated(homes["vi"], locales["en"], title="Home")
    for model, slug, titles in SECTIONS:
        section = model.objects.child_of(homes["vi"]).first()
        if section is None:
            section = model(title=titles["vi"], slug=slug, locale=locales["vi"])
            homes["vi"].add_child(instance=section)
            section.save_revision().publish()
        translated(section, locales["en"], title=titles["en"])
    _ensure_addresses(homes["vi"])
    return homes


def translated(page: Any, locale: Locale, **changes: Any) -> Any:
    """The page in another language: as it is where it exists, else a published copy of it."""
    found = page.get_translation_or_none(locale)
    if found is None:
        found = page.copy_for_translation(locale)
        for name, value in changes.items():
            setattr(found, name, value)
        found.save_revision().publish()
        found.refresh_from_db()
    return found.specific


def _ensure_home(locale: Locale) -> HomePage:
    home = HomePage.objects.filter(locale=locale, depth=2).first()
    if home is not None:
        return home
    root = BasePage.get_first_root_node()
    home = HomePage(title="Trang chủ", slug="trang-chu", locale=locale)
    root.add_child(instance=home)
    home.save_revision().publish()
    site = Site.objects.filter(is_default_site=True).first()
    welcome = site.root_page if site else None
    if site is None:
        site = Site(is_default_site=True)
    site.root_page = home
    site.save()
    if welcome is not None and welcome.specific_class is BasePage and not welcome.numchild:
        # Wagtail's own greeting, which a fresh database comes with.
        welcome.delete()
    return home


def _ensure_addresses(home: HomePage) -> None:
    """The shop's address in Wagtail's and Django's tables, where nobody has set one yet."""
    address = urlsplit(settings.BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    wagtail_site = Site.objects.get(root_page=home)
    if (wagtail_site.hostname, wagtail_site.port) == ("localhost", 80):
        wagtail_site.hostname, wagtail_site.port = address.hostname or "localhost", port
    wagtail_site.site_name = wagtail_site.site_name or settings.WAGTAIL_SITE_NAME
    wagtail_site.save()
    # Oscar's letters ask Django's table of sites.
    DjangoSite = apps.get_model("sites", "Site")
    DjangoSite.objects.filter(pk=settings.SITE_ID, domain="example.com").update(
        domain=address.netloc, name=settings.WAGTAIL_SITE_NAME
    )
