from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromotionConfig(AppConfig):
    name = "shop.promotion"
    label = "promotion"
    verbose_name = _("Quảng bá")

    def ready(self) -> None:
        from shop.promotion.counting import connect

        connect()
