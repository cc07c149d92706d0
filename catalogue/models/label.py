"""What the label of a product must say (NĐ 37/2026/NĐ-CP), and what follows from it."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

#: From this strength on nothing of a drink may be promoted (Luật 44/2019/QH14).
NO_PROMOTION_ABV = Decimal("15")
#: From this strength on the seller needs a licence (NĐ 105/2017/NĐ-CP, 17/2020/NĐ-CP).
LICENCE_ABV = Decimal("5.5")
#: Least age of buyer and receiver of any drink with alcohol (Luật 44/2019/QH14), years.
ALCOHOL_AGE_YEARS = 18


class NetUnit(models.TextChoices):
    GRAM = "g", _("g")
    MILLILITRE = "ml", _("ml")
    PIECE = "piece", _("cái")


class FreightClass(models.TextChoices):
    NORMAL = "normal", _("Hàng thường")
    LIQUID = "liquid", _("Chất lỏng")
    CHILLED = "chilled", _("Hàng lạnh")


class LabelFacts(models.Model):
    """Facts printed on the label. On a variant, an empty fact is its parent's."""

    net_quantity = models.DecimalField(
        _("Khối lượng, thể tích tịnh"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    net_unit = models.CharField(
        _("Đơn vị"), max_length=10, choices=NetUnit.choices, default=NetUnit.GRAM
    )
    pieces = models.PositiveIntegerField(
        _("Số chiếc, số gói trong một đơn vị bán"), null=True, blank=True
    )
    ingredients = models.TextField(_("Thành phần"), blank=True)
    ingredients_en = models.TextField(_("Thành phần (tiếng Anh)"), blank=True)
    storage = models.TextField(_("Bảo quản"), blank=True)
    storage_en = models.TextField(_("Bảo quản (tiếng Anh)"), blank=True)
    usage = models.TextField(_("Hướng dẫn sử dụng"), blank=True)
    usage_en = models.TextField(_("Hướng dẫn sử dụng (tiếng Anh)"), blank=True)
    warnings = models.TextField(_("Cảnh báo"), blank=True)
    warnings_en = models.TextField(_("Cảnh báo (tiếng Anh)"), blank=True)
    shelf_life_days = models.PositiveIntegerField(_("Hạn dùng, ngày"), null=True, blank=True)
    declaration_number = models.CharField(_("Số tự công bố"), max_length=100, blank=True)
    abv = models.DecimalField(
        _("Độ cồn, % thể tích"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(96))],
    )
    licence_number = models.CharField(_("Số giấy phép sản xuất rượu"), max_length=100, blank=True)
    gtin = models.CharField(_("Mã GTIN"), max_length=14, blank=True)
    freight_class = models.CharField(
        _("Loại hàng khi vận chuyển"),
        max_length=10,
        choices=FreightClass.choices,
        default=FreightClass.NORMAL,
    )
    weight_grams = models.PositiveIntegerField(
        _("Khối lượng đã đóng gói, gam"), null=True, blank=True
    )
    length_cm = models.PositiveSmallIntegerField(_("Dài, cm"), null=True, blank=True)
    width_cm = models.PositiveSmallIntegerField(_("Rộng, cm"), null=True, blank=True)
    height_cm = models.PositiveSmallIntegerField(_("Cao, cm"), null=True, blank=True)

    class Meta:
        abstract = True
