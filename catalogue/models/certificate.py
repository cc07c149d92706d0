"""OCOP certificates: the only place where a star comes from."""

from datetime import date
from enum import StrEnum
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: A recognition is valid for 36 months from the decision (QĐ 148/QĐ-TTg, kept by 26/2026/QĐ-TTg).
VALID_MONTHS = 36
#: Days before the end from which producer and office are reminded.
EXPIRING_DAYS = 180
#: Only 3, 4 and 5 stars are certified (QĐ 26/2026/QĐ-TTg, art. 4): 1 and 2 are never shown.
LEAST_STARS, MOST_STARS = 3, 5


class CertificateState(StrEnum):
    REGISTERED = "registered"
    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    REVOKED = "revoked"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def valid_on(self, day: date) -> "CertificateQuerySet":
        """Certificates that let stars show on `day`: decided, not yet ended, not revoked."""
        return self.filter(
            Q(extended_until__gt=day) | Q(expires_on__gt=day),
            decided_on__lte=day,
            stars__isnull=False,
        ).filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=day))

    def ending_by(self, day: date) -> "CertificateQuerySet":
        """Certificates that are over by the end of `day`: `ends_on` is that day or one before."""
        return self.filter(Q(extended_until__isnull=True) | Q(extended_until__lte=day)).filter(
            expires_on__lte=day
        )

    def valid_today(self) -> "CertificateQuerySet":
        return self.valid_on(timezone.localdate())


class Certificate(models.Model):
    """One dossier of one product at the OCOP programme, from registration to its end.

    Stars belong to one product and its specification, not to the producer. Without a decision
    (`decided_on`) the dossier is only registered and shows no stars.
    """

    class Dossier(models.TextChoices):
        FIRST = "first", _("Đánh giá lần đầu")
        UPGRADE = "upgrade", _("Đề nghị nâng hạng")
        RE_EVALUATION = "re_evaluation", _("Đánh giá, phân hạng lại")

    product = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.CASCADE,
        related_name="certificates",
        verbose_name=_("Sản phẩm"),
    )
    dossier = models.CharField(
        _("Loại hồ sơ"), max_length=20, choices=Dossier.choices, default=Dossier.FIRST
    )
    registered_year = models.PositiveSmallIntegerField(_("Năm đăng ký"), null=True, blank=True)
    code = models.CharField(
        _("Mã sản phẩm OCOP"),
        max_length=60,
        blank=True,
        help_text=_("Chép nguyên như trong hồ sơ."),
    )
    stars = models.PositiveSmallIntegerField(
        _("Hạng sao"),
        null=True,
        blank=True,
        validators=[MinValueValidator(LEAST_STARS), MaxValueValidator(MOST_STARS)],
    )
    decision_number = models.CharField(_("Số quyết định"), max_length=100, blank=True)
    decided_on = models.DateField(_("Ngày quyết định"), null=True, blank=True)
    issuer = models.CharField(_("Cơ quan cấp"), max_length=200, blank=True)
    legal_basis = models.CharField(_("Căn cứ"), max_length=200, blank=True)
    expires_on = models.DateField(
        _("Hết hiệu lực"),
        null=True,
        blank=True,
        help_text=_("Để trống: 36 tháng kể từ ngày quyết định."),
    )
    extended_until = models.DateField(
        _("Gia hạn đến"), null=True, blank=True, help_text=_("Chỉ khi có văn bản gia hạn.")
    )
    revoked_on = models.DateField(_("Ngày thu hồi"), null=True, blank=True)
    revoked_reason = models.CharField(_("Lý do thu hồi"), max_length=300, blank=True)
    scan = models.ForeignKey(
        "wagtaildocs.Document",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Bản chụp"),
    )
    source = models.CharField(
        _("Nguồn"), max_length=300, blank=True, help_text=_("Điều này được công bố ở đâu.")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Hồ sơ, chứng nhận OCOP")
        verbose_name_plural = _("Hồ sơ, chứng nhận OCOP")
        ordering = [F("decided_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                name="certificate_stars_3_to_5",
                condition=Q(stars__isnull=True) | Q(stars__gte=LEAST_STARS, stars__lte=MOST_STARS),
            ),
            models.CheckConstraint(
                name="certificate_stars_need_a_decision",
                condition=Q(stars__isnull=True)
                | (Q(decided_on__isnull=False) & ~Q(decision_number="") & ~Q(issuer="")),
            ),
            models.CheckConstraint(
                name="certificate_decision_has_an_end",
                condition=Q(decided_on__isnull=True) | Q(expires_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.decision_number or self.get_dossier_display()}"

    def clean(self) -> None:
        if self.stars and not (self.decided_on and self.decision_number and self.issuer):
            raise ValidationError(
                _("Có hạng sao thì phải có số quyết định, ngày quyết định và cơ quan cấp.")
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.decided_on and not self.expires_on:
            self.expires_on = self.decided_on + relativedelta(months=VALID_MONTHS)
        super().save(*args, **kwargs)

    @property
    def ends_on(self) -> date | None:
        """The first day without stars."""
        if self.extended_until and self.expires_on:
            return max(self.extended_until, self.expires_on)
        return self.expires_on

    def state_on(self, day: date) -> CertificateState:
        """What may be said of this dossier on `day`."""
        if self.revoked_on and self.revoked_on <= day:
            return CertificateState.REVOKED
        if not self.decided_on or not self.stars or self.decided_on > day:
            return CertificateState.REGISTERED
        ends_on = self.ends_on
        if ends_on is None or ends_on <= day:
            return CertificateState.EXPIRED
        if (ends_on - day).days <= EXPIRING_DAYS:
            return CertificateState.EXPIRING
        return CertificateState.VALID

    @property
    def state(self) -> CertificateState:
        return self.state_on(timezone.localdate())

    def stars_on(self, day: date) -> int:
        """Stars that may be shown on `day`; 0 for none."""
        if self.state_on(day) in (CertificateState.VALID, CertificateState.EXPIRING):
            return self.stars or 0
        return 0
