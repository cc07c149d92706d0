from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PageCacheConfig(AppConfig):
    name = "shop.pagecache"
    label = "pagecache"
    verbose_name = _("Trang giữ sẵn")

    def ready(self) -> None:
        from shop.pagecache import watching

        watching.connect()
