from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Trang và câu chuyện")

    def ready(self) -> None:
        from cms.signals import connect

        connect()

        from cms import lookup

        lookup.connect()

        from cms import sitemaps

        sitemaps.connect()

        from cms import share_cards

        share_cards.connect()

        from cms import promoter_sections

        promoter_sections.connect()
