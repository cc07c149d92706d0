"""Fairs where producers hand over what was ordered beforehand."""

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.places.address import address_line


class FairQuerySet(models.QuerySet["Fair"]):
    def taking_orders(self, at: datetime) -> "FairQuerySet":
        """Those that an order placed at that moment can still be fetched at, soonest first."""
        return self.filter(order_until__gt=at).order_by("first_day", "pk")

    def to_come(self) -> "FairQuerySet":
        return self.filter(last_day__gte=timezone.localdate()).order_by("first_day", "pk")


class Fair(models.Model):
    """A place and days where producers bring goods, and buyers fetch what they ordered."""

    name = models.CharField(gettext_lazy("Tên phiên chợ, hội chợ"), max_length=100)
    street = models.CharField(gettext_lazy("Địa điểm, số nhà, đường"), max_length=200)
    ward = models.ForeignKey(
        "places.Ward",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("Xã, phường"),
    )
    first_day = models.DateField(gettext_lazy("Từ ngày"))
    last_day = models.DateField(gettext_lazy("Đến ngày"))
    opens_at = models.TimeField(gettext_lazy("Mở cửa"))
    closes_at = models.TimeField(gettext_lazy("Đóng cửa"))
    order_until = models.DateTimeField(
        gettext_lazy("Nhận đơn đến"),
        help_text=gettext_lazy("Sau lúc này người mua không chọn nhận ở đây được nữa."),
    )
    producers = models.ManyToManyField(
        "partner.Partner",
        related_name="fairs",
        verbose_name=gettext_lazy("Nhà sản xuất mang hàng tới"),
    )
    is_sample = models.BooleanField(gettext_lazy("Dữ liệu mẫu"), default=False)

    objects = FairQuerySet.as_manager()

    class Meta:
        app_label = "shipping"
        verbose_name = gettext_lazy("Phiên chợ nhận hàng")
        verbose_name_plural = gettext_lazy("Phiên chợ nhận hàng")
        ordering = ["-first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="fair_days_are_a_span", condition=Q(last_day__gte=F("first_day"))
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        # A form leaves empty what it could not read.
        first: date | None = self.first_day
        last: date | None = self.last_day
        opens: time | None = self.opens_at
        closes: time | None = self.closes_at
        until: datetime | None = self.order_until
        if first and last and last < first:
            raise ValidationError({"last_day": _("Ngày cuối phải sau ngày đầu.")})
        if opens and closes and closes <= opens:
            raise ValidationError({"closes_at": _("Giờ đóng cửa phải sau giờ mở cửa.")})
        if until and last and timezone.localtime(until).date() > last:
            raise ValidationError({"order_until": _("Nhận đơn phải xong trước khi chợ tan.")})

    @property
    def display_name(self) -> str:
        """In the reader's language where it is the sample fair; a real one has its own name."""
        return _(self.name) if self.is_sample else self.name

    @property
    def takes_orders(self) -> bool:
        return self.order_until > timezone.now()

    @property
    def address(self) -> str:
        """`Nhà văn hóa xã, xã Lục Nam, TP Bắc Ninh`. Reads ward and province."""
        return f"{self.street}, {address_line(self.ward)}"

    @property
    def when(self) -> str:
        """`02/12–04/12/2026, 8:00–17:00`."""
        days = date_format(self.last_day, "DATE_FORMAT")
        if self.first_day != self.last_day:
            days = f"{date_format(self.first_day, 'MONTH_DAY_FORMAT')}–{days}"
        return f"{days}, {self.opens_at:%-H:%M}–{self.closes_at:%-H:%M}"
