"""How long goods may be reported, by their kind: a table that staff edit."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

#: Longest time that a rule gives, hours: ninety days.
MOST_HOURS = 90 * 24


class Kind(models.TextChoices):
    """Goods that go by the same rule; the strictest that fits is taken, in this order."""

    PERISHABLE = "perishable", _("Hàng lạnh, hàng hạn ngắn")
    ALCOHOL = "alcohol", _("Đồ uống có cồn")
    ORDINARY = "ordinary", _("Hàng khác")


class ReturnRule(models.Model):
    """What a buyer may ask for goods of one kind, and until when.

    Luật Bảo vệ quyền lợi người tiêu dùng 19/2023/QH15 (art. 37, contracts made at a distance)
    wants terms of return said before the order; it is the shop that sets these times, so they are
    samples until it does. Recalled goods go by no time at all.
    """

    kind = models.CharField(_("Loại hàng"), max_length=12, choices=Kind.choices, unique=True)
    hours_to_report = models.PositiveIntegerField(
        _("Báo lỗi trong, giờ"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)],
        help_text=_("Kể từ khi giao đến người nhận."),
    )
    may_change_mind = models.BooleanField(_("Được trả vì đổi ý"), default=False)
    may_be_resold = models.BooleanField(
        _("Hàng trả về được bán lại"),
        default=False,
        help_text=_("Khi còn nguyên vẹn, chưa mở. Hàng lạnh, hàng hạn ngắn thì không bao giờ."),
    )
    is_sample = models.BooleanField(_("Dữ liệu mẫu"), default=False)

    class Meta:
        app_label = "returns"
        verbose_name = _("Quy định trả hàng")
        verbose_name_plural = _("Quy định trả hàng")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="perishables_never_resold",
                condition=~Q(kind="perishable", may_be_resold=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.hours_to_report} h"
