from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CarriersConfig(AppConfig):
    """Who takes parcels to the buyer's door; one folder each, asked through one small interface."""

    name = "shop.carriers"
    label = "carriers"
    verbose_name = _("Bên vận chuyển")
