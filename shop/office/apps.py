from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    """The staff's pages that belong to no other room: home, orders, people, numbers."""

    name = "shop.office"
    label = "office"
    verbose_name = _("Quản lý")
