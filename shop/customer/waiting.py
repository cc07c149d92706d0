"""Who waits for what to be in stock again. Oscar's alert, with the language of its letters."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.customer.abstract_models import AbstractProductAlert


class ProductAlertQuerySet(models.QuerySet["ProductAlert"]):
    def open(self) -> Self:
        """Not yet told, nor called off."""
        return self.filter(status__in=[ProductAlert.UNCONFIRMED, ProductAlert.ACTIVE])

    def waiting_for(self, product: Any) -> Self:
        """Confirmed, for this product or, where it is a variant, for any variant of its parent."""
        keys = [key for key in (product.pk, product.parent_id) if key]
        return self.filter(
            status=ProductAlert.ACTIVE, kind=ProductAlert.Kind.STOCK, product__in=keys
        )

    def due_in_season(self, day: date) -> Self:
        """Confirmed, of goods whose season it is on `day`, and not told yet this season."""
        return (
            self.filter(status=ProductAlert.ACTIVE, kind=ProductAlert.Kind.SEASON)
            .filter(Q(quiet_until=None) | Q(quiet_until__lte=day))
            .alias(season_bit=F("product__season_mask").bitand(1 << (day.month - 1)))
            .filter(season_bit__gt=0)
        )


class ProductAlert(AbstractProductAlert):
    """What somebody asked to be told of. `email` is lower case; `key` opens its two links.

    Of stock: one letter, then it is closed. Of the season: one letter each season, until its
    owner calls it off; `quiet_until` is the day from which the next one may be sent.
    """

    class Kind(models.TextChoices):
        STOCK = "stock", _("Khi có hàng")
        SEASON = "season", _("Khi vào mùa")

    kind = models.CharField(
        _("Báo khi nào"), max_length=10, choices=Kind.choices, default=Kind.STOCK
    )
    quiet_until = models.DateField(_("Không báo trước ngày"), null=True, blank=True)
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
                fields=["product", "email", "kind"],
                condition=Q(status__in=["Unconfirmed", "Active"]),
                name="product_alert_open_once",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Those with an account get their links by key as well: a letter is read signed out.
        if not self.key:
            self.key = self.get_random_key()
        super().save(*args, **kwargs)
