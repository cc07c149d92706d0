"""What buyers say of what they bought and got, and what its producer answers."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.reviews.abstract_models import AbstractProductReview, AbstractVote

from shop.reviews.inviting.models import NoInvitation, ReviewInvitation
from shop.reviews.photos.models import ReviewPhoto

__all__ = ["NoInvitation", "ProductReview", "ReviewInvitation", "ReviewPhoto", "Vote"]

LEAST, MOST = 1, 5


class ProductReview(AbstractProductReview):
    """One buyer's review of one product: read by others once it is approved.

    It is of the product with a page of its own, whichever variant was bought.
    """

    line = models.ForeignKey(
        "order.Line",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Đã mua ở dòng hàng"),
    )
    rejected_because = models.CharField(_("Vì sao không đăng"), max_length=300, blank=True)
    answer = models.TextField(_("Trả lời của nhà sản xuất"), blank=True, max_length=2000)
    answered_at = models.DateTimeField(_("Trả lời lúc"), null=True, blank=True)
    changed_at = models.DateTimeField(_("Sửa lúc"), auto_now=True)

    class Meta(AbstractProductReview.Meta):
        verbose_name = _("Đánh giá")
        verbose_name_plural = _("Đánh giá")
        constraints = [
            models.CheckConstraint(
                name="review_score_1_to_5", condition=Q(score__gte=LEAST, score__lte=MOST)
            ),
        ]

    @property
    def is_verified(self) -> bool:
        """Written by somebody who bought it here and got it."""
        return self.line_id is not None

    @property
    def author_name(self) -> str:
        """`Nguyễn L.`: family name and the given name's first letter; never the email address."""
        name = self.user.first_name if self.user else self.name
        words = [word for word in name.split() if "@" not in word]
        if not words:
            # Of an account that was erased, with the name.
            gone = self.user is None and self.is_verified
            return str(_("Khách đã mua") if gone else _("Người mua"))
        initial = f"{words[-1][0]}."
        return initial if len(words) == 1 else f"{words[0]} {initial}"

    @property
    def version(self) -> str:
        """Changes with the words: what a moderator read is what a moderator decides on."""
        return self.changed_at.isoformat()

    def get_absolute_url(self) -> str:
        return reverse("reviews:of-product", kwargs={"slug": self.product.slug})


class Vote(AbstractVote):
    """Oscar's; nothing of ours writes any."""
