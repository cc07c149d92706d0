"""Which terms an order was placed under: the policy pages as they were published then."""

from hashlib import sha256

from django.apps import apps
from django.utils import timezone

NO_TERMS = "none"


def terms_in_force(language: str) -> list[dict[str, str]]:
    """The policy pages in `language`: title, path, and the revision that is live."""
    pages = (
        apps.get_model("cms", "StandardPage")
        .objects.live()
        .filter(in_footer=True, locale__language_code=language)
        .order_by("path")
        .only("title", "url_path", "live_revision_id", "last_published_at")
    )
    return [
        {
            "title": page.title,
            "path": page.url_path,
            "revision": str(page.live_revision_id or ""),
            "published_at": timezone.localtime(published).isoformat(timespec="seconds")
            if (published := page.last_published_at)
            else "",
        }
        for page in pages
    ]


def version_of(terms: list[dict[str, str]]) -> str:
    """`2026-11-23 · 1f0c9a2b`: day of the latest change, and a mark that any change alters."""
    if not terms:
        return NO_TERMS
    told = "\n".join(f"{page['path']} {page['revision']} {page['published_at']}" for page in terms)
    latest = max(page["published_at"] for page in terms)[:10]
    return f"{latest} · {sha256(told.encode()).hexdigest()[:8]}".lstrip(" ·")
