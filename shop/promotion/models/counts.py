"""How often, day by day. Sums only: no visitor, no address, no device, no time of day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageDay(models.Model):
    """A page on one day: shown, and how often something went from it into a basket."""

    page = models.ForeignKey("cms.BasePage", on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("Ngày"))
    views = models.PositiveIntegerField(_("Lượt xem"), default=0)
    added = models.PositiveIntegerField(_("Lần bỏ vào giỏ"), default=0)

    class Meta:
        app_label = "promotion"
        verbose_name = _("Lượt xem trang trong ngày")
        verbose_name_plural = _("Lượt xem trang trong ngày")
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="page_day_once")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.day}: {self.views}"


class CampaignDay(models.Model):
    """A campaign on one day: its link followed, and baskets filled by those who did."""

    campaign = models.ForeignKey(
        "promotion.Campaign", on_delete=models.CASCADE, related_name="days"
    )
    day = models.DateField(_("Ngày"))
    views = models.PositiveIntegerField(_("Lượt mở đường dẫn"), default=0)
    added = models.PositiveIntegerField(_("Lần bỏ vào giỏ"), default=0)

    class Meta:
        app_label = "promotion"
        verbose_name = _("Lượt mở chiến dịch trong ngày")
        verbose_name_plural = _("Lượt mở chiến dịch trong ngày")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "day"], name="campaign_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.day}: {self.views}"
