"""What the portal tells the people of a producer, and what they want by email as well."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    PARCELS = "parcels", _("Đơn mới, đơn hủy")
    LISTINGS = "listings", _("Duyệt tin")
    CERTIFICATES = "certificates", _("Chứng nhận OCOP")
    REVIEWS = "reviews", _("Đánh giá của người mua")
    MONEY = "money", _("Tiền hàng")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(models.Model):
    """One sentence for one person about one producer. `key` keeps it from being told twice."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="producer_notices"
    )
    producer = models.ForeignKey(
        "partner.Partner", on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(_("Loại"), max_length=15, choices=NoticeKind.choices)
    words = models.CharField(_("Nội dung"), max_length=300)
    path = models.CharField(_("Đường dẫn"), max_length=200)
    key = models.CharField(max_length=120)
    created_at = models.DateTimeField(_("Lúc"), auto_now_add=True)
    read_at = models.DateTimeField(_("Đã đọc lúc"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    #: What became of it since, in place of the words (`shop.producers.notices.as_they_stand`).
    words_since = ""

    class Meta:
        app_label = "producers"
        verbose_name = _("Tin báo")
        verbose_name_plural = _("Tin báo")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "producer", "key"], name="notice_once")
        ]
        indexes = [
            models.Index(
                fields=["user", "producer"],
                condition=models.Q(read_at=None),
                name="notice_unread",
            )
        ]

    def __str__(self) -> str:
        return self.words


class NoEmail(models.Model):
    """This person reads notices of this kind in the portal only."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="no_emails"
    )
    kind = models.CharField(max_length=15, choices=NoticeKind.choices)

    class Meta:
        app_label = "producers"
        verbose_name = _("Không nhận email")
        verbose_name_plural = _("Không nhận email")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="no_email_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"
