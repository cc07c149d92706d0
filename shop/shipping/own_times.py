"""Producers who need other times than the shop's."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ProducerTimes(models.Model):
    """One producer's preparing, in days on which parcels leave, and its hour; empty: the shop's."""

    producer = models.OneToOneField(
        "partner.Partner",
        on_delete=models.CASCADE,
        related_name="delivery_times",
        verbose_name=_("Nhà sản xuất"),
    )
    preparing_least = models.PositiveSmallIntegerField(
        _("Chuẩn bị ít nhất, ngày làm việc"), default=1, validators=[MaxValueValidator(60)]
    )
    preparing_most = models.PositiveSmallIntegerField(
        _("Chuẩn bị nhiều nhất, ngày làm việc"), default=2, validators=[MaxValueValidator(60)]
    )
    cutoff = models.TimeField(_("Giờ chốt đơn trong ngày"), null=True, blank=True)

    class Meta:
        app_label = "shipping"
        verbose_name = _("Thời gian riêng của nhà sản xuất")
        verbose_name_plural = _("Thời gian riêng của nhà sản xuất")
        ordering = ["producer__name"]
        constraints = [
            models.CheckConstraint(
                name="own_preparing_is_a_span",
                condition=Q(preparing_most__gte=F("preparing_least")),
            )
        ]

    def __str__(self) -> str:
        return str(self.producer)

    def clean(self) -> None:
        least: int | None = self.preparing_least
        most: int | None = self.preparing_most
        if least is not None and most is not None and most < least:
            raise ValidationError({"preparing_most": _("Nhiều nhất không thể ít hơn ít nhất.")})

    @property
    def preparing(self) -> tuple[int, int]:
        return self.preparing_least, self.preparing_most
