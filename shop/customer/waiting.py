"""Who waits for what to be in stock again. Oscar's alert, with the language of its letters."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.customer.abstract_models import AbstractProductAlert


class ProductAlertQuerySet(models.QuerySet["ProductAlert"]):
    def open(self) -> Self:
        """Not yet told, nor called off."""
        return self.filter(status__in=[ProductAlert.UNCONFIRMED, ProductAlert.ACTIVE])

    def waiting_for(self, product: Any) -> Self:
        """Confirmed, for this product or, where it is a variant, for any variant of its parent."""
        keys = [key for key in (product.pk, product.parent_id) if key]
        return self.filter(status=ProductAlert.ACTIVE, product__in=keys)


class ProductAlert(AbstractProductAlert):
    """One letter that somebody asked for. `email` is lower case; `key` opens its two links."""

    language = models.CharField(
        _("Ngôn ngữ"), max_length=5, choices=settings.LANGUAGES, default="vi"
    )
    asked_at = models.DateTimeField(_("Gửi thư xác nhận lúc"), null=True, blank=True)

    if TYPE_CHECKING:  # Oscar's
        key: str

    objects = ProductAlertQuerySet.as_manager()

    class Meta(AbstractProductAlert.Meta):
        verbose_name = _("Lời nhắn khi có hàng")
        verbose_name_plural = _("Lời nhắn khi có hàng")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "email"],
                condition=Q(status__in=["Unconfirmed", "Active"]),
                name="product_alert_open_once",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Those with an account get their links by key as well: a letter is read signed out.
        if not self.key:
            self.key = self.get_random_key()
        super().save(*args, **kwargs)
