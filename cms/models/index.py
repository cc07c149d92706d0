"""What the pages that list other pages share."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import AbstractPage

from cms.blocks.words import RICH_TEXT_FEATURES


class ListingPage(models.Model):
    """Title, opening words, and the live pages under it."""

    lead = models.TextField(_("Lời mở đầu"), blank=True)
    text = RichTextField(_("Đoạn giới thiệu"), features=RICH_TEXT_FEATURES, blank=True)

    class Meta:
        abstract = True

    content_panels = [*AbstractPage.content_panels, FieldPanel("lead"), FieldPanel("text")]
