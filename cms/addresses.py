"""Where pages stand."""

from typing import Any

from django.apps import apps

from cms.remembered import remembered


def page_path(page: Any) -> str:
    """Address of a page without the host; empty for one that is outside the site. No query."""
    parts = page.get_url_parts()
    return parts[2] if parts else ""


def live_path(key: int) -> str:
    """Address of the page with this key, remembered; empty when it is not live (any more)."""

    def look() -> str:
        page = apps.get_model("cms", "BasePage").objects.live().filter(pk=key).first()
        return page_path(page) if page else ""

    return remembered(f"address:{key}", look)
