from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class ObservabilityConfig(AppConfig):
    name = "shop.observability"
    label = "observability"
    verbose_name = _("Theo dõi vận hành")

    def ready(self) -> None:
        from shop.observability import listening

        listening.connect()
        if settings.SENTRY_DSN:
            from shop.observability import sentry

            sentry.start()
