from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorporateConfig(AppConfig):
    """Companies ask for a price, staff quote, the quote becomes an order with a deposit."""

    name = "shop.corporate"
    label = "corporate"
    verbose_name = _("Đơn doanh nghiệp")
