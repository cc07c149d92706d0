"""Rows of a table that count from a day on, and stay as they were once they priced an order."""

from datetime import date
from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row", bound=models.Model)


class EffectiveQuerySet(models.QuerySet[Row]):
    def begun_by(self, day: date) -> Self:
        return self.filter(effective_from__lte=day)


class EffectiveFrom(models.Model):
    """A row in force from `effective_from` until the next one begins.

    A mistake in a row by which parcels were priced is mended by a new row: what an order was
    charged must stay explained.
    """

    effective_from = models.DateField(_("Áp dụng từ"))
    is_sample = models.BooleanField(_("Dữ liệu mẫu"), default=False)

    class Meta:
        abstract = True

    @property
    def has_begun(self) -> bool:
        return self.effective_from <= timezone.localdate()

    def priced(self) -> dict[str, Any]:
        """What the breakdown of a parcel priced by this row says, as filters of it."""
        raise NotImplementedError

    @property
    def has_priced(self) -> bool:
        """Parcels were charged by it: it is not changed any more."""
        if not self.pk or not self.has_begun:
            return False
        parcels: Any = apps.get_model("order", "Parcel")._default_manager
        return parcels.filter(
            **{f"charge_breakdown__{name}": value for name, value in self.priced().items()}
        ).exists()
