from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    """The OCOP programme's own view of the shop: certificates, the year's plan, sales."""

    name = "shop.programme"
    label = "programme"
    verbose_name = _("Chương trình OCOP")
