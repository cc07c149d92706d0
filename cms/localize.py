"""Tell wagtail-localize which model our pages are.

It imports `wagtail.models.Page` by name; with WAGTAIL_PAGE_MODEL set that class is swapped out, has
no manager, and is no parent of our pages. Every page's editor then failed on `Page.objects`.
"""

from importlib import import_module

from wagtail.models import Page

from cms.models import BasePage

USERS_OF_PAGE = (
    "fields",
    "locales.utils",
    "models",
    "operations",
    "segments.extract",
    "synctree",
    "views.convert",
    "views.edit_translation",
    "views.submit_translations",
    "views.update_translations",
    "wagtail_hooks",
)


def teach_page_model() -> None:
    """Give wagtail-localize's modules our page model where they hold Wagtail's own."""
    for name in USERS_OF_PAGE:
        module = import_module(f"wagtail_localize.{name}")
        if getattr(module, "Page", None) is Page:
            module.Page = BasePage  # type: ignore[attr-defined]
