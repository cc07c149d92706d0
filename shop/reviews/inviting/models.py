"""What was asked of whom, and who does not want to be asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewInvitation(models.Model):
    """One order whose buyer was asked, so that nobody is asked twice."""

    order = models.OneToOneField(
        "order.Order",
        on_delete=models.CASCADE,
        related_name="review_invitation",
        verbose_name=_("Đơn hàng"),
    )
    sent_at = models.DateTimeField(_("Viết thư lúc"), auto_now_add=True)

    class Meta:
        app_label = "reviews"
        verbose_name = _("Lời mời đánh giá")
        verbose_name_plural = _("Lời mời đánh giá")

    def __str__(self) -> str:
        return str(self.order)


class NoInvitation(models.Model):
    """An address whose owner pressed stop. `email` is lower case."""

    email = models.EmailField(_("Email"), unique=True)
    stopped_at = models.DateTimeField(_("Thôi lúc"), auto_now_add=True)

    class Meta:
        app_label = "reviews"
        verbose_name = _("Không nhận lời mời đánh giá")
        verbose_name_plural = _("Không nhận lời mời đánh giá")

    def __str__(self) -> str:
        return self.email
