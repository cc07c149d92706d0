"""Fees by zone and weight, in a table that staff edit, each row from a day on."""

from datetime import date
from decimal import Decimal
from math import ceil

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Zone(models.TextChoices):
    """How far a parcel goes, from the province of the producers."""

    LOCAL = "local", _("Nội tỉnh")
    NORTH = "bac", _("Miền Bắc")
    CENTRE = "trung", _("Miền Trung")
    SOUTH = "nam", _("Miền Nam")


class ZoneRateQuerySet(models.QuerySet["ZoneRate"]):
    def in_force(self, zone: str, day: date) -> "ZoneRate | None":
        """The row that prices a parcel to `zone` on `day`; the newest that has begun."""
        return self.filter(zone=zone, effective_from__lte=day).order_by("-effective_from").first()


class ZoneRate(models.Model):
    """Fee of one parcel, đồng with tax: a first weight, then steps; free from an amount on."""

    zone = models.CharField(_("Vùng"), max_length=10, choices=Zone.choices)
    effective_from = models.DateField(_("Áp dụng từ"))
    first_grams = models.PositiveIntegerField(
        _("Nấc đầu, gam"), validators=[MinValueValidator(1)], default=1000
    )
    first_price = models.DecimalField(_("Giá nấc đầu, đồng"), max_digits=10, decimal_places=0)
    step_grams = models.PositiveIntegerField(
        _("Mỗi nấc thêm, gam"), validators=[MinValueValidator(1)], default=500
    )
    step_price = models.DecimalField(_("Giá mỗi nấc thêm, đồng"), max_digits=10, decimal_places=0)
    free_from = models.DecimalField(
        _("Miễn phí từ, đồng tiền hàng"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    is_sample = models.BooleanField(_("Dữ liệu mẫu"), default=False)

    objects = ZoneRateQuerySet.as_manager()

    class Meta:
        app_label = "shipping"
        verbose_name = _("Cước theo vùng")
        verbose_name_plural = _("Cước theo vùng")
        ordering = ["zone", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "effective_from"], name="one_rate_a_zone_a_day"
            ),
            models.CheckConstraint(
                name="zone_rate_not_negative",
                condition=Q(
                    first_price__gte=0, step_price__gte=0, first_grams__gt=0, step_grams__gt=0
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_zone_display()} {self.effective_from:%d/%m/%Y}"

    def price_for(self, grams: int) -> Decimal:
        """Fee of a parcel of `grams` chargeable weight, đồng, before any free delivery."""
        steps = ceil(max(0, grams - self.first_grams) / self.step_grams)
        return self.first_price + steps * self.step_price
