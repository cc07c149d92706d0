from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Who changed what: which models django-auditlog watches, and the page that shows it."""

    name = "shop.audit"
    label = "audit"
    verbose_name = _("Nhật ký thay đổi")

    def ready(self) -> None:
        from shop.audit.watching import watch_models

        watch_models()
