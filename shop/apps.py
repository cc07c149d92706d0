from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ShopConfig(AppConfig):
    name = "shop"
    verbose_name = _("Cửa hàng")

    def ready(self) -> None:
        from shop import binding
        from shop.migrating import limit_waiting, wait_as_usual

        binding.connect()
        pre_migrate.connect(limit_waiting, sender=self)
        post_migrate.connect(wait_as_usual, sender=self)
