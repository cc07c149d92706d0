from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonalConfig(AppConfig):
    """What the shop holds about a person: consents, all of it as a file, and erasing it."""

    name = "shop.personal"
    label = "personal"
    verbose_name = _("Dữ liệu cá nhân")
