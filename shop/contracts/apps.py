from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContractsConfig(AppConfig):
    """What buyer and seller agreed on, kept as it was read."""

    name = "shop.contracts"
    label = "contracts"
    verbose_name = _("Tóm tắt đơn hàng")
