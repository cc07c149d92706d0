"""One photograph of a review, in the two sizes that are shown."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.private_files import private_storage


class ReviewPhoto(models.Model):
    """Kept where no address leads; `reviews:photo` sends it to whoever may see it."""

    review = models.ForeignKey(
        "reviews.ProductReview",
        on_delete=models.CASCADE,
        related_name="photos",
        verbose_name=_("Đánh giá"),
    )
    file = models.FileField(_("Ảnh"), storage=private_storage, upload_to="danh-gia/%Y/%m/")
    thumb = models.FileField(_("Ảnh nhỏ"), storage=private_storage, upload_to="danh-gia/%Y/%m/")
    width = models.PositiveIntegerField(_("Rộng, điểm ảnh"))
    height = models.PositiveIntegerField(_("Cao, điểm ảnh"))
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "reviews"
        verbose_name = _("Ảnh của đánh giá")
        verbose_name_plural = _("Ảnh của đánh giá")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.review_id}/{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:photo", args=[self.pk])

    @property
    def thumb_url(self) -> str:
        return reverse("reviews:photo-thumb", args=[self.pk])
