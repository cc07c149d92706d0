from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LookupConfig(AppConfig):
    name = "catalogue.lookup"
    label = "lookup"
    verbose_name = _("Tìm kiếm")

    def ready(self) -> None:
        from catalogue.lookup import signals
        from catalogue.lookup.counting import searches
        from catalogue.lookup.products import PRODUCTS
        from catalogue.lookup.sources import register

        register(PRODUCTS)
        signals.connect()
        searches.connect()
