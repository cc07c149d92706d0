"""Fees and days by zone, in a table that staff edit, each row from a day on."""

from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shop.shipping.effective import EffectiveFrom, EffectiveQuerySet


class Zone(models.TextChoices):
    """How far a parcel goes, from the province of the producers."""

    LOCAL = "local", _("Nội tỉnh")
    NORTH = "bac", _("Miền Bắc")
    CENTRE = "trung", _("Miền Trung")
    SOUTH = "nam", _("Miền Nam")


#: Days on the way, least and most, of a zone that nobody entered any for. Samples.
USUAL_DAYS = {Zone.LOCAL: (1, 2), Zone.NORTH: (2, 4), Zone.CENTRE: (3, 6), Zone.SOUTH: (3, 6)}


class ZoneRateQuerySet(EffectiveQuerySet["ZoneRate"]):
    def in_force(self, day: date) -> dict[str, "ZoneRate"]:
        """The row of each zone that prices a parcel on `day`, the newest that has begun."""
        rates: dict[str, ZoneRate] = {}
        for rate in self.begun_by(day).order_by("zone", "-effective_from"):
            rates.setdefault(rate.zone, rate)
        return rates

    def longest_days(self, zone: str, day: date) -> int:
        """Days on the way to a zone, at most. Raises KeyError for a zone that is none."""
        usual = USUAL_DAYS[Zone(zone)] if zone in Zone.values else None
        if usual is None:
            raise KeyError(zone)
        rate = self.begun_by(day).filter(zone=zone).order_by("-effective_from").first()
        return rate.most_days if rate else usual[1]


class ZoneRate(EffectiveFrom):
    """Fee of one parcel, đồng with tax: a first weight, then steps; free from an amount on.

    `least_days` and `most_days` are on the way, from the day it is handed over.
    """

    zone = models.CharField(_("Vùng"), max_length=10, choices=Zone.choices)
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
    least_days = models.PositiveSmallIntegerField(_("Đi đường ít nhất, ngày"), default=2)
    most_days = models.PositiveSmallIntegerField(_("Đi đường nhiều nhất, ngày"), default=4)

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
            models.CheckConstraint(
                name="zone_rate_days_are_a_span", condition=Q(most_days__gte=F("least_days"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_zone_display()} {self.effective_from:%d/%m/%Y}"

    def priced(self) -> dict[str, Any]:
        return {"zone": self.zone, "rate_from": self.effective_from.isoformat()}

    @property
    def days(self) -> tuple[int, int]:
        return self.least_days, self.most_days

    def price_for(self, grams: int) -> Decimal:
        """Fee of a parcel of `grams` chargeable weight, đồng, before any free delivery."""
        steps = ceil(max(0, grams - self.first_grams) / self.step_grams)
        return self.first_price + steps * self.step_price
