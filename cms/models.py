"""The base of every page. Swapped in before the first migrate: it cannot be put in later."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractPage


class BasePage(AbstractPage):
    """Wagtail's page with what all of ours share: a picture to be shared with."""

    share_image = models.ForeignKey(
        "pictures.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Ảnh khi chia sẻ"),
    )
    #: Title and text folded by `catalogue.text.fold`, for search.
    folded = models.TextField(editable=False, blank=True, default="")

    promote_panels = [*AbstractPage.promote_panels, "share_image"]
