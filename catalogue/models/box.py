"""Gift boxes: what one holds, how it is priced and packed, what a buyer may put in instead."""

import secrets
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

#: Largest share that a box may cost less than its contents, percent.
MOST_PERCENT_OFF = 50
#: Most slots of a box that buyers fill.
MOST_SLOTS = 12


class Tier(models.TextChoices):
    """Price classes of gift boxes as the trade speaks of them, đồng."""

    K300 = "300", _("Khoảng 300 nghìn")
    K500 = "500", _("Khoảng 500 nghìn")
    M1 = "1000", _("Khoảng 1 triệu")
    M2 = "2000", _("Khoảng 2 triệu")
    OWN = "own", _("Mức riêng")


class Pricing(models.TextChoices):
    OWN = "own", _("Giá riêng của hộp")
    SUM = "sum", _("Tổng giá các món, bớt một phần")


class Packing(models.TextChoices):
    HUB = "hub", _("Gom về một nơi đóng hộp")
    PRODUCERS = "producers", _("Mỗi nhà sản xuất gửi phần của mình")


class GiftBox(models.Model):
    """How one box is priced, wrapped, packed and filled. One row for each product of the class.

    With own pricing the price is the box's stock record's; with the sum it is that of the
    contents less `percent_off`, and `wrapping_price` (đồng) on top. The number in stock of the
    box's own record counts wrappings; empty means that they are not counted.

    `made_by` proposed the box; it waits for a moderator from `handed_in_at` on, whose `answer` says
    what is to be mended.
    """

    product = models.OneToOneField(
        "catalogue.Product",
        on_delete=models.CASCADE,
        related_name="gift_box",
        verbose_name=_("Hộp quà"),
    )
    tier = models.CharField(_("Mức giá"), max_length=5, choices=Tier.choices, default=Tier.OWN)
    pricing = models.CharField(
        _("Cách tính giá"), max_length=4, choices=Pricing.choices, default=Pricing.OWN
    )
    percent_off = models.PositiveSmallIntegerField(
        _("Bớt, phần trăm"), default=0, validators=[MaxValueValidator(MOST_PERCENT_OFF)]
    )
    wrapping = models.CharField(_("Hộp và gói quà"), max_length=200, blank=True)
    wrapping_en = models.CharField(_("Hộp và gói quà (tiếng Anh)"), max_length=200, blank=True)
    wrapping_price = models.DecimalField(
        _("Giá hộp và gói quà, đồng"),
        max_digits=10,
        decimal_places=0,
        default=0,
        validators=[MinValueValidator(0)],
    )
    wrapping_grams = models.PositiveIntegerField(_("Khối lượng hộp, gam"), default=0)
    packing = models.CharField(
        _("Đóng gói"), max_length=10, choices=Packing.choices, default=Packing.HUB
    )
    lead_days = models.PositiveSmallIntegerField(
        _("Ngày để gom và đóng hộp"),
        default=2,
        validators=[MaxValueValidator(60)],
        help_text=_("Trước khi giao cho bên vận chuyển."),
    )
    min_days_left = models.PositiveSmallIntegerField(
        _("Còn hạn ít nhất khi giao, ngày"),
        default=0,
        help_text=_("Mỗi món trong hộp còn hạn ít nhất ngần ấy ngày lúc đến nơi."),
    )
    slots = models.PositiveSmallIntegerField(
        _("Số ngăn người mua tự chọn"),
        default=0,
        validators=[MaxValueValidator(MOST_SLOTS)],
        help_text=_("0: hộp đã xếp sẵn."),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="made_boxes",
        verbose_name=_("Người đề xuất"),
    )
    handed_in_at = models.DateTimeField(_("Gửi duyệt lúc"), null=True, blank=True)
    answer = models.TextField(_("Cần sửa gì"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("Cách đóng hộp quà")
        verbose_name_plural = _("Cách đóng hộp quà")
        constraints = [
            models.CheckConstraint(
                name="gift_box_share_in_bounds", condition=Q(percent_off__lte=MOST_PERCENT_OFF)
            ),
            models.CheckConstraint(
                name="gift_box_wrapping_not_negative", condition=Q(wrapping_price__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return self.product.get_title()

    def clean(self) -> None:
        if self.percent_off and self.product.is_unpromotable:
            raise ValidationError(
                {"percent_off": _("Hộp có rượu từ 15 độ không được bớt giá (Luật 44/2019/QH14).")}
            )
        if self.is_builder and self.pricing != Pricing.SUM:
            # What its cheapest filling costs changes with the stock; an own price would follow.
            raise ValidationError({"pricing": _("Hộp tự chọn tính giá theo tổng các món.")})

    @property
    def is_builder(self) -> bool:
        """Filled by the buyer, slot by slot."""
        return self.slots > 0


class BoxItemQuerySet(models.QuerySet["BoxItem"]):
    def lacking(self, box: Any) -> Self:
        """Things in `box` (a key or an outer reference) that are not sold or of too few pieces."""
        StockRecord = apps.get_model("partner", "StockRecord")
        sold = Q(product__live=True, product__archived_at=None) & (
            Q(product__parent=None)
            | Q(product__parent__live=True, product__parent__archived_at=None)
        )
        enough = StockRecord.objects.with_left().filter(
            product=OuterRef("product"), left__gte=OuterRef("quantity"), price__isnull=False
        )
        return self.filter(box=box).exclude(sold & Exists(enough))


class BoxItem(models.Model):
    """So many of one product, or of one variant of it, in one gift box."""

    box = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.CASCADE,
        related_name="box_items",
        verbose_name=_("Hộp quà"),
    )
    product = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.PROTECT,
        related_name="in_boxes",
        verbose_name=_("Món trong hộp"),
    )
    quantity = models.PositiveSmallIntegerField(
        _("Số lượng"), default=1, validators=[MinValueValidator(1)]
    )
    is_swappable = models.BooleanField(
        _("Đổi được"), default=False, help_text=_("Người mua được đổi lấy một món thay thế.")
    )
    display_order = models.PositiveSmallIntegerField(_("Thứ tự"), default=0)

    objects = BoxItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("Món trong hộp quà")
        verbose_name_plural = _("Món trong hộp quà")
        ordering = ["display_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["box", "product"], name="box_item_once"),
            models.CheckConstraint(name="box_item_at_least_one", condition=Q(quantity__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product.get_title()}"


class BoxChoice(models.Model):
    """What may fill a slot of a box, or stand in for one of its swappable items."""

    box = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.CASCADE,
        related_name="box_choices",
        verbose_name=_("Hộp quà"),
    )
    product = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Món được chọn"),
    )
    quantity = models.PositiveSmallIntegerField(
        _("Số lượng cho một ngăn"), default=1, validators=[MinValueValidator(1)]
    )
    display_order = models.PositiveSmallIntegerField(_("Thứ tự"), default=0)

    class Meta:
        verbose_name = _("Món chọn được cho hộp quà")
        verbose_name_plural = _("Món chọn được cho hộp quà")
        ordering = ["display_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["box", "product"], name="box_choice_once"),
            models.CheckConstraint(name="box_choice_at_least_one", condition=Q(quantity__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product.get_title()}"

    def clean(self) -> None:
        if self.product_id and self.product.is_alcohol:
            raise ValidationError(
                {"product": _("Đồ uống có cồn không vào hộp tự chọn (Luật 44/2019/QH14).")}
            )


def new_token() -> str:
    """An address that nobody guesses: whoever has the link may see the box."""
    return secrets.token_urlsafe(12)


class BoxDesign(models.Model):
    """A box as one buyer filled it, kept under a link. Never changed: another filling is another.

    Baskets and orders name it, so that what was chosen stays what it was.
    """

    token = models.CharField(max_length=24, unique=True, default=new_token)
    box = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.PROTECT,
        related_name="designs",
        verbose_name=_("Hộp quà"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="box_designs",
        verbose_name=_("Người xếp"),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Hộp người mua tự xếp")
        verbose_name_plural = _("Hộp người mua tự xếp")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.box.get_title()} · {self.token}"

    def get_absolute_url(self) -> str:
        return reverse("catalogue:box-design", args=[self.box.slug, self.token])


class DesignItem(models.Model):
    """So many of one product in a box that a buyer filled."""

    design = models.ForeignKey(BoxDesign, on_delete=models.CASCADE, related_name="items")
    product = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.PROTECT,
        related_name="in_designs",
        verbose_name=_("Món trong hộp"),
    )
    quantity = models.PositiveSmallIntegerField(_("Số lượng"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("Món trong hộp tự xếp")
        verbose_name_plural = _("Món trong hộp tự xếp")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["design", "product"], name="design_item_once"),
            models.CheckConstraint(name="design_item_at_least_one", condition=Q(quantity__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product.get_title()}"
