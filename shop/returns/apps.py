from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReturnsConfig(AppConfig):
    """Goods that were not right: reported by buyers, decided by staff, given back."""

    name = "shop.returns"
    label = "returns"
    verbose_name = _("Trả hàng")
