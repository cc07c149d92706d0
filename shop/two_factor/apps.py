from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TwoFactorConfig(AppConfig):
    """The second step of signing in: django-otp's devices behind our pages."""

    name = "shop.two_factor"
    label = "two_factor"
    verbose_name = _("Đăng nhập hai bước")

    def ready(self) -> None:
        from shop.two_factor.signing import connect

        connect()
