from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Trang và câu chuyện")

    def ready(self) -> None:
        from cms.signals import connect

        connect()

        from catalogue.lookup.entries import register
        from cms.lookup import gift_entries, place_entries, story_entries

        register("story", story_entries)
        register("gift", gift_entries)
        register("place", place_entries)
