from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvoicesConfig(AppConfig):
    """Requests for an e-invoice. The invoices themselves are made elsewhere."""

    name = "shop.invoices"
    label = "invoices"
    verbose_name = _("Yêu cầu xuất hóa đơn")
