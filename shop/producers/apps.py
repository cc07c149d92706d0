from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProducersConfig(AppConfig):
    name = "shop.producers"
    label = "producers"
    verbose_name = _("Kênh sản xuất")

    def ready(self) -> None:
        from shop.producers.listings import telling

        telling.connect()
