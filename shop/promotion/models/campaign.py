"""A campaign: a link that leads to a page for a while, and whose it is."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.text import slugify_vi

#: Who works with campaigns, and who decides about codes and so sees everybody's.
PROMOTE, DECIDE = "promotion.change_campaign", "promotion.decide_promocode"


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, user: Any) -> Self:
        """All for who decides about codes; else one's own, and those of one's groups."""
        if user.has_perm(DECIDE):
            return self.all()
        return self.filter(Q(owner=user) | Q(group__in=user.groups.all()))


class Campaign(models.Model):
    """A promoter's, or their group's, effort for one page. Its link never dies.

    `slug` is printed on paper (`/di/<slug>/`), so it does not change once the campaign is made.
    """

    name = models.CharField(_("Tên chiến dịch"), max_length=120)
    slug = models.SlugField(_("Đường dẫn"), max_length=50, unique=True, editable=False)
    group = models.ForeignKey(
        "auth.Group",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("Của nhóm"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("Người lập"),
    )
    page = models.ForeignKey(
        "cms.BasePage",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("Dẫn tới trang"),
    )
    starts_on = models.DateField(_("Từ ngày"), default=timezone.localdate)
    ends_on = models.DateField(
        _("Đến hết ngày"), null=True, blank=True, help_text=_("Để trống: chưa định.")
    )
    note = models.TextField(_("Ghi chú"), blank=True, help_text=_("Chỉ nhóm của bạn đọc được."))
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        app_label = "promotion"
        verbose_name = _("Chiến dịch")
        verbose_name_plural = _("Chiến dịch")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="campaign_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = _free_slug(self.name)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        starts: date | None = self.starts_on
        if self.ends_on and starts and self.ends_on < starts:
            raise ValidationError({"ends_on": _("Ngày cuối phải sau ngày đầu.")})

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def path(self) -> str:
        """`/di/tet-2027/`, in the language of now."""
        return reverse("campaign-link", args=[self.slug])


def _free_slug(name: str) -> str:
    """A short name for the link; a number behind it where it is taken."""
    stem = slugify_vi(name)[:40].strip("-") or "chien-dich"
    taken = set(Campaign.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    return next(slug for n in range(2, 10_000) if (slug := f"{stem}-{n}") not in taken)
