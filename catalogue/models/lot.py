"""Lots (lô): what was made together, and what its trace page says of it."""

from datetime import date
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: GS1 application identifier 10: up to 20 characters; ours keep to letters, digits and dashes.
LOT_CODE_LENGTH = 20
lot_code = RegexValidator(
    r"^[0-9A-Z][0-9A-Z-]*$", _("Mã lô chỉ gồm chữ in không dấu, chữ số và dấu gạch ngang.")
)


class LotState(StrEnum):
    VALID = "valid"
    EXPIRED = "expired"
    RECALLED = "recalled"


class LotQuerySet(models.QuerySet["Lot"]):
    def on_sale(self, day: date) -> "LotQuerySet":
        """Lots that may still be sold on `day`, the first to expire first."""
        return self.filter(
            Q(best_before__isnull=True) | Q(best_before__gte=day), recalled_on__isnull=True
        ).order_by("best_before", "produced_on", "pk")


class Lot(models.Model):
    """A batch of one product, readable by its code on the stamp (TT 02/2024/TT-BKHCN)."""

    product = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.PROTECT,
        related_name="lots",
        verbose_name=_("Sản phẩm"),
    )
    code = models.CharField(
        _("Mã lô"), max_length=LOT_CODE_LENGTH, unique=True, validators=[lot_code]
    )
    produced_on = models.DateField(_("Ngày sản xuất"))
    best_before = models.DateField(_("Hạn sử dụng"), null=True, blank=True)
    quantity = models.PositiveIntegerField(_("Số lượng làm ra"), default=0)
    place = models.CharField(_("Nơi sản xuất"), max_length=250, blank=True)
    inputs = models.TextField(_("Nguyên liệu đầu vào"), blank=True)
    recalled_on = models.DateField(_("Ngày thu hồi"), null=True, blank=True)
    recall_reason = models.TextField(_("Lý do thu hồi"), blank=True)
    is_sample = models.BooleanField(_("Dữ liệu mẫu"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LotQuerySet.as_manager()

    class Meta:
        verbose_name = _("Lô")
        verbose_name_plural = _("Lô")
        ordering = ["-produced_on", "-pk"]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        made: date | None = self.produced_on  # nothing, where what was typed is no date
        if self.best_before and made and self.best_before < made:
            raise ValidationError({"best_before": _("Hạn sử dụng phải sau ngày sản xuất.")})

    def is_on_sale(self, day: date) -> bool:
        """As `LotQuerySet.on_sale`, of a lot that was read."""
        return self.recalled_on is None and (self.best_before is None or self.best_before >= day)

    def sold_first(self) -> tuple[bool, date, date, int]:
        """Sorts lots on sale: the first to expire first, those that keep for ever last."""
        return self.best_before is None, self.best_before or date.max, self.produced_on, self.pk

    def get_absolute_url(self) -> str:
        return reverse("catalogue:trace", kwargs={"code": self.code})

    def state_on(self, day: date) -> LotState:
        if self.recalled_on and self.recalled_on <= day:
            return LotState.RECALLED
        if self.best_before and self.best_before < day:
            return LotState.EXPIRED
        return LotState.VALID

    def keeps_until(self, day: date) -> bool:
        """Still good on `day`; a lot without a date does not end."""
        return self.best_before is None or self.best_before >= day

    @property
    def state(self) -> LotState:
        return self.state_on(timezone.localdate())


class LotPaper(models.Model):
    """A photograph of a lot, or a document about it (a test report), shown on its trace page."""

    lot = models.ForeignKey(
        Lot, on_delete=models.CASCADE, related_name="papers", verbose_name=_("Lô")
    )
    title = models.CharField(_("Là gì"), max_length=150)
    picture = models.ForeignKey(
        "pictures.Picture",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Ảnh"),
    )
    document = models.ForeignKey(
        "wagtaildocs.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Tệp"),
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Ảnh, giấy của lô")
        verbose_name_plural = _("Ảnh, giấy của lô")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="lot_paper_is_picture_or_document",
                condition=Q(picture__isnull=True, document__isnull=False)
                | Q(picture__isnull=False, document__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.title
