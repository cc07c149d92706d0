"""What holds for every parcel beside its zone: hours, days, cold goods, liquids, cash.

One row from a day on, edited by staff; without any the defaults of the columns hold.
"""

from datetime import date, time
from decimal import Decimal
from math import ceil
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shop.places.regions import Region, provinces_in
from shop.shipping.effective import EffectiveFrom, EffectiveQuerySet
from shop.shipping.weekdays import MONDAY_TO_SATURDAY, MONDAY_TO_THURSDAY

NOTHING = Decimal(0)


def northern_provinces() -> list[str]:
    """Where chilled goods go until producers name their cold carriers. A sample."""
    return provinces_in(Region.NORTH)


class Per(models.TextChoices):
    ORDER = "order", _("mỗi đơn")
    PARCEL = "parcel", _("mỗi kiện")


class DeliveryRulesQuerySet(EffectiveQuerySet["DeliveryRules"]):
    def in_force(self, day: date) -> "DeliveryRules":
        """The newest row that has begun; one of defaults, not saved, where there is none."""
        return self.begun_by(day).order_by("-effective_from").first() or DeliveryRules(
            effective_from=date(2026, 1, 1), is_sample=True
        )


def _dong(label: Any, default: int = 0) -> Any:
    return models.DecimalField(
        label, max_digits=10, decimal_places=0, default=default, validators=[MinValueValidator(0)]
    )


class DeliveryRules(EffectiveFrom):
    """The rules of delivery from a day on. Sums in đồng with tax, weights in grams.

    Days of the week are bits, Monday first. Preparing is counted in days on which parcels leave;
    an order after `cutoff` counts as one of the next such day.
    """

    cutoff = models.TimeField(_("Giờ chốt đơn trong ngày"), default=time(16))
    preparing_least = models.PositiveSmallIntegerField(
        _("Chuẩn bị ít nhất, ngày làm việc"), default=1, validators=[MaxValueValidator(60)]
    )
    preparing_most = models.PositiveSmallIntegerField(
        _("Chuẩn bị nhiều nhất, ngày làm việc"), default=2, validators=[MaxValueValidator(60)]
    )
    dispatch_days = models.PositiveSmallIntegerField(
        _("Ngày gửi hàng trong tuần"), default=MONDAY_TO_SATURDAY
    )
    least_life_percent = models.PositiveSmallIntegerField(
        _("Hạn dùng còn lại ít nhất khi đến nơi, %"),
        default=20,
        validators=[MaxValueValidator(95)],
    )
    chilled_provinces = models.JSONField(
        _("Tỉnh nhận hàng lạnh"), default=northern_provinces, blank=True
    )
    chilled_days = models.PositiveSmallIntegerField(
        _("Ngày gửi hàng lạnh"), default=MONDAY_TO_THURSDAY
    )
    ice_fee = _dong(_("Thùng xốp, đá, đồng"))
    ice_step_grams = models.PositiveIntegerField(
        _("Mỗi thùng đá giữ được, gam"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Để trống: một thùng mỗi kiện, nặng bao nhiêu cũng vậy."),
    )
    liquid_fee = _dong(_("Đóng gói chống vỡ mỗi chai, lọ, đồng"))
    cod_fee = _dong(_("Phí thu tiền khi giao, đồng"))
    cod_fee_per = models.CharField(
        _("Phí thu tiền tính theo"), max_length=10, choices=Per.choices, default=Per.ORDER
    )

    objects = DeliveryRulesQuerySet.as_manager()

    class Meta:
        app_label = "shipping"
        verbose_name = _("Quy định giao hàng")
        verbose_name_plural = _("Quy định giao hàng")
        ordering = ["-effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["effective_from"], name="one_set_of_rules_a_day"),
            models.CheckConstraint(
                name="rules_preparing_is_a_span",
                condition=Q(preparing_most__gte=F("preparing_least")),
            ),
            models.CheckConstraint(
                name="rules_leave_on_some_day",
                condition=Q(dispatch_days__range=(1, 127), chilled_days__range=(1, 127)),
            ),
            models.CheckConstraint(
                name="rules_fees_not_negative",
                condition=Q(ice_fee__gte=0, liquid_fee__gte=0, cod_fee__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effective_from:%d/%m/%Y}"

    def clean(self) -> None:
        least: int | None = self.preparing_least
        most: int | None = self.preparing_most
        if least is not None and most is not None and most < least:
            raise ValidationError({"preparing_most": _("Nhiều nhất không thể ít hơn ít nhất.")})
        cold: int | None = self.chilled_days
        usual: int | None = self.dispatch_days
        if cold is not None and usual is not None and not cold & usual:
            raise ValidationError(
                {"chilled_days": _("Chọn ít nhất một ngày mà ngày đó có gửi hàng.")}
            )

    def priced(self) -> dict[str, Any]:
        return {"rules_from": self.effective_from.isoformat()}

    @property
    def preparing(self) -> tuple[int, int]:
        return self.preparing_least, self.preparing_most

    def ice_boxes(self, grams: int) -> int:
        """Boxes with ice that a chilled parcel of that weight takes."""
        return max(1, ceil(grams / self.ice_step_grams)) if self.ice_step_grams else 1

    def cod_fee_for(self, parcels: int) -> Decimal:
        """What cash on delivery costs more, for an order of so many parcels."""
        return self.cod_fee * (max(1, parcels) if self.cod_fee_per == Per.PARCEL else 1)
