"""Where pages stand."""

from typing import Any


def page_path(page: Any) -> str:
    """Address of a page without the host; empty for one that is outside the site. No query."""
    parts = page.get_url_parts()
    return parts[2] if parts else ""
