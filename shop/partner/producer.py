"""Producers (chủ thể): cooperatives, groups, households, companies. Oscar calls them partners."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractPartner

from catalogue.slugs import free_slug
from catalogue.translation import TranslatedTextMixin
from shop.phone import display_phone
from shop.places.names import hamlet_phrase


class ProducerQuerySet(models.QuerySet["Partner"]):
    def public(self) -> Self:
        """Producers with a page of their own."""
        return self.filter(is_public=True)

    def for_pages(self) -> Self:
        """With their place and picture, in a fixed number of queries."""
        return self.select_related("ward__province", "former_commune", "picture").prefetch_related(
            "picture__renditions"
        )


class Partner(TranslatedTextMixin, AbstractPartner):
    """A producer, by the kinds of owner that the OCOP programme knows (QĐ 26/2026/QĐ-TTg)."""

    class Kind(models.TextChoices):
        COOPERATIVE = "cooperative", _("Hợp tác xã")
        COOPERATIVE_GROUP = "cooperative_group", _("Tổ hợp tác")
        HOUSEHOLD = "household", _("Hộ kinh doanh")
        COMPANY = "company", _("Doanh nghiệp")
        UNKNOWN = "unknown", _("Chưa công bố")

    users = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="partner.Membership",
        related_name="partners",
        blank=True,
        verbose_name=_("Thành viên"),
    )
    slug = models.SlugField(_("Đường dẫn"), max_length=160, unique=True)
    name_en = models.CharField(_("Tên tiếng Anh"), max_length=128, blank=True)
    kind = models.CharField(
        _("Loại chủ thể"), max_length=20, choices=Kind.choices, default=Kind.UNKNOWN
    )
    intro = models.TextField(_("Giới thiệu"), blank=True)
    intro_en = models.TextField(_("Giới thiệu (tiếng Anh)"), blank=True)
    hamlet = models.CharField(_("Thôn, xóm, số nhà"), max_length=150, blank=True)
    ward = models.ForeignKey(
        "places.Ward",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Xã, phường"),
    )
    former_commune = models.ForeignKey(
        "places.FormerCommune",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Xã cũ (trước 7/2025)"),
    )
    tax_code = models.CharField(_("Mã số thuế"), max_length=14, blank=True)
    registration_number = models.CharField(_("Số đăng ký kinh doanh"), max_length=50, blank=True)
    representative = models.CharField(_("Người đại diện"), max_length=150, blank=True)
    phone = models.CharField(_("Điện thoại"), max_length=16, blank=True)
    email = models.EmailField(_("Email"), blank=True)
    picture = models.ForeignKey(
        "pictures.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Ảnh"),
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Bộ ảnh riêng"),
    )
    shop_share = models.DecimalField(
        _("Phần của cửa hàng trên giá bán"),
        max_digits=5,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal("0.5"))],
        help_text=_("0,1 là 10 %. Để trống: như mức chung. Chỉ tính cho đơn đặt từ nay về sau."),
    )
    is_public = models.BooleanField(_("Hiện trên trang Nhà sản xuất"), default=True)
    is_sample = models.BooleanField(_("Có dữ liệu mẫu"), default=False)
    source = models.CharField(
        _("Nguồn"), max_length=300, blank=True, help_text=_("Điều này được công bố ở đâu.")
    )

    objects = ProducerQuerySet.as_manager()

    class Meta(AbstractPartner.Meta):
        verbose_name = _("Nhà sản xuất")
        verbose_name_plural = _("Nhà sản xuất")

    @property
    def share_of_shop(self) -> Decimal:
        """The shop's share of the price, from 0 to 1: agreed with this producer, or the usual."""
        if self.shop_share is not None:
            return self.shop_share
        return Decimal(settings.SHOP_SHARE)

    @property
    def english_ready(self) -> bool:
        return bool(self.name_en)

    @property
    def display_name(self) -> str:
        """The name in the visitor's language."""
        return self.words("name") or self.code

    @property
    def display_intro(self) -> str:
        """The introduction in the visitor's language."""
        return self.words("intro")

    @property
    def present_address(self) -> str:
        """`thôn Nội Chùa, xã Bắc Lũng, TP Bắc Ninh`; reads ward and province. Empty if unknown."""
        ward = self.ward.present_address if self.ward else ""
        hamlet = hamlet_phrase(self.hamlet) if self.hamlet else ""
        return ", ".join(part for part in (hamlet, ward) if part)

    @property
    def phone_text(self) -> str:
        """The number as people write it: `0204 388 1234`."""
        return display_phone(self.phone)

    @property
    def former_address(self) -> str:
        """The commune as it was before 7/2025, with its district and province; or empty."""
        return str(self.former_commune) if self.former_commune else ""

    def __str__(self) -> str:
        return self.name or self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(self, self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("partner:detail", kwargs={"slug": self.slug})

    def has_member(self, user: Any) -> bool:
        return user.is_authenticated and self.users.filter(pk=user.pk).exists()
