import oscar.apps.wishlists.apps as apps
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _


class WishlistsConfig(apps.WishlistsConfig):
    """One list a person, kept and shared by pages of ours: Oscar's ask for many lists."""

    name = "shop.wishlists"
    verbose_name = _("Món đã lưu")

    def ready(self) -> None:
        """None of Oscar's views is looked up."""

    def get_urls(self) -> list[URLPattern]:
        return self.post_process_urls([])
