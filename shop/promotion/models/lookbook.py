"""A gift catalogue to print: which boxes, in which order. What is said of them is of the day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Lookbook(models.Model):
    """Chosen boxes of a campaign. One that may not be sold today is left out when it is set."""

    campaign = models.ForeignKey(
        "promotion.Campaign",
        on_delete=models.CASCADE,
        related_name="lookbooks",
        verbose_name=_("Chiến dịch"),
    )
    title = models.CharField(_("Tên trên bìa"), max_length=60)
    lead = models.CharField(_("Một dòng dưới tên"), max_length=140, blank=True)
    shows_prices = models.BooleanField(_("In giá"), default=True)
    two_a_page = models.BooleanField(_("Hai hộp một trang"), default=False)
    #: Keys of products, in the order of the pages.
    boxes = models.JSONField(_("Hộp quà"), default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "promotion"
        verbose_name = _("Tập giới thiệu hộp quà")
        verbose_name_plural = _("Tập giới thiệu hộp quà")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title
