from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrowseConfig(AppConfig):
    name = "catalogue.browse"
    label = "browse"
    verbose_name = _("Kệ hàng")

    def ready(self) -> None:
        from catalogue.browse import signals

        signals.connect()
