"""The product: Oscar's, edited like a Wagtail page, with its maker, its origin and its label."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractProduct
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from catalogue.classes import GIFT_BOX
from catalogue.gallery import hang
from catalogue.models.label import NO_PROMOTION_ABV, FreightClass, LabelFacts, NetUnit
from catalogue.publishing import check_publishable
from catalogue.querysets import ProductQuerySet
from catalogue.seasons import all_year, in_season, months_of
from catalogue.slugs import free_slug
from catalogue.translation import TranslatedTextMixin

if TYPE_CHECKING:
    from catalogue.models.certificate import Certificate


#: Columns that no draft changes: publishing an old one must not bring them back.
NOT_REVISED = ("archived_at", "rating", "producer_id", "parent_id", "structure", "is_discountable")


class Product(
    TranslatedTextMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    LabelFacts,
    AbstractProduct,
):
    """A speciality on sale. A variant (child) says only what differs from its parent.

    Wagtail's `live` and Oscar's `is_public` are one truth: `live` is written, the other follows
    it, and the database refuses a row where they differ.
    """

    slug = models.SlugField(_("Đường dẫn"), max_length=255, unique=True)
    producer = models.ForeignKey(
        "partner.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("Nhà sản xuất"),
    )
    title_en = models.CharField(_("Tên tiếng Anh"), max_length=255, blank=True)
    summary = models.CharField(_("Một câu giới thiệu"), max_length=300, blank=True)
    summary_en = models.CharField(_("Một câu giới thiệu (tiếng Anh)"), max_length=300, blank=True)
    description_en = models.TextField(_("Mô tả (tiếng Anh)"), blank=True)
    english_ready = models.BooleanField(
        _("Bản tiếng Anh đã xong"),
        default=False,
        help_text=_("Chỉ khi đánh dấu, trang tiếng Anh mới hiện chữ tiếng Anh của sản phẩm."),
    )
    origin = models.ForeignKey(
        "places.Ward",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Xã, phường nơi làm ra"),
    )
    former_origin = models.ForeignKey(
        "places.FormerCommune",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Xã cũ (trước 7/2025)"),
    )
    season_mask = models.PositiveSmallIntegerField(
        _("Tháng có hàng"),
        default=0,
        help_text=_("Mười hai bit, bit 0 là tháng Một; 0 là quanh năm."),
    )
    gift_ready = models.BooleanField(_("Hợp làm quà"), default=False)
    is_sample = models.BooleanField(
        _("Có dữ liệu mẫu"),
        default=False,
        help_text=_("Giá, tồn kho hay nhãn là số liệu mẫu, chưa do nhà sản xuất cung cấp."),
    )
    gallery = models.JSONField(
        _("Ảnh của bản đang soạn"), null=True, blank=True, default=None, editable=False
    )
    archived_at = models.DateTimeField(_("Ngừng bán từ"), null=True, blank=True)

    revisions = GenericRelation(
        "wagtailcore.Revision", related_query_name="product", for_concrete_model=False
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="product",
        for_concrete_model=False,
    )

    objects = ProductQuerySet.as_manager()

    if TYPE_CHECKING:  # Wagtail's
        live: bool
        first_published_at: Any

    class Meta(AbstractProduct.Meta):
        verbose_name = _("Sản phẩm")
        verbose_name_plural = _("Sản phẩm")
        constraints = [
            models.CheckConstraint(name="product_live_is_public", condition=Q(live=F("is_public"))),
            models.CheckConstraint(
                name="product_season_is_twelve_months",
                condition=Q(season_mask__gte=0, season_mask__lt=4096),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(self, self.get_title())
        self.is_public = self.live
        if kwargs.get("update_fields") and "live" in kwargs["update_fields"]:
            kwargs["update_fields"] = {*kwargs["update_fields"], "is_public"}
        if self.is_unpromotable:
            self.is_discountable = False
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """A live listing keeps what publishing asks for: its label facts, and no claims."""
        super().clean()
        if self.live and not self.is_child:
            check_publishable(self)

    @transaction.atomic
    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Publish a revision with its gallery and the drafts of its variants.

        Raises ValidationError naming what is missing or forbidden; nothing is published then.
        """
        check_publishable(revision.as_object())
        done = super().publish(revision, *args, **kwargs)
        published = type(self).objects.select_related("producer").get(pk=self.pk)
        hang(published)
        for variant in published.children.filter(archived_at=None):
            variant.publish_with_parent(*args, **kwargs)
        return done

    def publish_with_parent(self, *args: Any, **kwargs: Any) -> None:
        """A variant goes live with the listing: its draft where there is one."""
        revision = self.get_latest_revision() if self.has_unpublished_changes else None
        if revision is not None:
            revision.publish(*args, **kwargs)
        elif not self.live:
            self.live = True
            self.first_published_at = self.first_published_at or timezone.now()
            self.save()

    def with_content_json(self, content: Any) -> Any:
        """A draft as an object. What happened to the product since is not undone by it."""
        draft = super().with_content_json(content)
        for name in NOT_REVISED:
            setattr(draft, name, getattr(self, name))
        return draft

    # --- Names and words -------------------------------------------------------------------

    @property
    def canonical(self) -> "Product":
        """The product with the page: itself, or a variant's parent."""
        return self.parent if self.is_child else self

    def get_title(self) -> str:
        if self.is_child and self.title:
            return f"{self.parent.title}, {self.title}"
        return super().get_title()

    get_title.short_description = _("Tên")  # type: ignore[attr-defined]

    @property
    def display_title(self) -> str:
        """The whole name in the visitor's language; a variant's after its parent's."""
        if self.is_child:
            return f"{self.parent.display_title}, {self.variant_name}"
        return self.words("title")

    @property
    def variant_name(self) -> str:
        """What tells this variant from its sisters: `500 g`, `10 chiếc`."""
        if self.canonical.shows_english and self.title_en:
            return self.title_en
        return self.title

    def fact(self, field: str) -> Any:
        """A label fact, a variant's own or else its parent's, in the visitor's language."""
        own = self.words(field) if hasattr(self, f"{field}_en") else getattr(self, field)
        if self.is_child and own in (None, ""):
            return self.parent.fact(field)
        return own

    def get_absolute_url(self) -> str:
        url = reverse("catalogue:detail", kwargs={"slug": self.canonical.slug})
        return f"{url}?v={self.pk}" if self.is_child else url

    @property
    def is_listed(self) -> bool:
        """A visitor may open its page: as `ProductQuerySet.listed`."""
        return self.live and not self.is_child and self.archived_at is None

    @property
    def has_been_live(self) -> bool:
        """Visitors may know it: what is asked of a listing on sale is asked of this one."""
        return self.live or self.first_published_at is not None

    # --- Rules that follow from the label ---------------------------------------------------

    @property
    def effective_abv(self) -> Decimal | None:
        if self.abv is None and self.is_child:
            return self.parent.abv
        return self.abv

    @property
    def is_alcohol(self) -> bool:
        return bool(self.effective_abv)

    @property
    def is_unpromotable(self) -> bool:
        """Neither discount, voucher, gift nor banner (Luật 44/2019/QH14: 15 % and more)."""
        abv = self.effective_abv
        return abv is not None and abv >= NO_PROMOTION_ABV

    @property
    def is_gift_box(self) -> bool:
        """Packed of several products; reads the product class."""
        product_class = self.get_product_class()
        return product_class is not None and product_class.slug == GIFT_BOX

    @property
    def is_chilled(self) -> bool:
        return self.canonical.freight_class == FreightClass.CHILLED

    @property
    def season_months(self) -> list[int]:
        return months_of(self.season_mask)

    @property
    def is_all_year(self) -> bool:
        return all_year(self.season_mask)

    def is_in_season(self, day: date | None = None) -> bool:
        return in_season(self.season_mask, day or timezone.localdate())

    @property
    def net_text(self) -> str:
        """Net quantity as printed: `500 g`, `1,5 kg`, `10 chiếc`."""
        from catalogue.units import net_quantity_text

        return net_quantity_text(self.net_quantity, NetUnit(self.net_unit))

    # --- Reviews ----------------------------------------------------------------------------

    def update_rating(self) -> None:
        """The average of approved reviews. Only that column: a draft may be in hand elsewhere."""
        self.rating = self.calculate_rating()
        type(self).objects.filter(pk=self.pk).update(rating=self.rating)

    update_rating.alters_data = True  # type: ignore[attr-defined]

    # --- Preview in the editors' office -------------------------------------------------------

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "catalogue/product.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from catalogue.product_page import Surroundings, page_of_draft
        from catalogue.views.product import page_context

        page = page_of_draft(self)
        shown = page_context(page, Surroundings(page, shows_alcohol=True))
        return {**super().get_preview_context(request, mode_name), **shown}

    # --- Certificates -----------------------------------------------------------------------

    def current_certificate(self, day: date | None = None) -> "Certificate | None":
        """The certificate whose stars show on `day` (today), else the newest dossier, else none.

        Reads prefetched certificates where there are some.
        """
        day = day or timezone.localdate()
        dossiers = list(self.canonical.certificates.all())
        valid = [dossier for dossier in dossiers if dossier.stars_on(day)]
        if valid:
            return max(valid, key=lambda dossier: dossier.decided_on or date.min)
        return dossiers[0] if dossiers else None

    def stars_on(self, day: date | None = None) -> int:
        """Stars shown on `day` (today): 3, 4, 5, or 0 for none."""
        day = day or timezone.localdate()
        certificate = self.current_certificate(day)
        return certificate.stars_on(day) if certificate else 0
