"""What the programme set out to do in a year."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

#: The programme began in 2018 (QĐ 490/QĐ-TTg).
FIRST_YEAR, LAST_YEAR = 2018, 2100


class ProgrammePlan(models.Model):
    """One year's aims for one place, as a published plan words them.

    The place is kept in the plan's own words, since plans outlive maps; one of the three fields
    below it says which products count. None of them: every product of the shop.
    """

    year = models.PositiveSmallIntegerField(
        _("Năm"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    place = models.CharField(
        _("Nơi lập kế hoạch"),
        max_length=120,
        help_text=_("Như trong văn bản: huyện Lục Nam, xã Bắc Lũng, tỉnh Bắc Ninh…"),
    )
    former_district = models.CharField(
        _("Huyện cũ"),
        max_length=60,
        blank=True,
        help_text=_("Kế hoạch của một huyện trước 7/2025: tên huyện, không kèm chữ huyện."),
    )
    ward = models.ForeignKey(
        "places.Ward",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Xã, phường"),
    )
    province = models.ForeignKey(
        "places.Province",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Tỉnh, thành phố"),
    )
    new_at_3_stars_or_more = models.PositiveSmallIntegerField(
        _("Sản phẩm mới đạt từ 3 sao, tối thiểu"), default=0
    )
    re_evaluations = models.PositiveSmallIntegerField(_("Sản phẩm đánh giá lại"), default=0)
    source = models.CharField(
        _("Nguồn"), max_length=300, help_text=_("Kế hoạch này được công bố ở đâu, ngày nào.")
    )
    is_public = models.BooleanField(
        _("Hiện trên trang Chương trình"),
        default=False,
        help_text=_("Chỉ kế hoạch đã được công bố."),
    )
    changed_at = models.DateTimeField(_("Sửa lúc"), auto_now=True)

    class Meta:
        app_label = "programme"
        verbose_name = _("Kế hoạch năm")
        verbose_name_plural = _("Kế hoạch năm")
        ordering = ["-year", "place"]
        constraints = [
            models.UniqueConstraint(fields=["year", "place"], name="programme_plan_once"),
            models.CheckConstraint(
                name="programme_plan_of_one_place",
                condition=Q(ward__isnull=True, province__isnull=True)
                | Q(former_district="", province__isnull=True)
                | Q(former_district="", ward__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.place}"
