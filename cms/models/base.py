"""The base of every page. Swapped in before the first migrate: it cannot be put in later."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import AbstractPage

from catalogue.text import fold
from cms.sharing import page_head


class BasePage(AbstractPage):
    """Wagtail's page with what all of ours share: a picture to be shared with, searched text."""

    share_image = models.ForeignKey(
        "pictures.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Ảnh khi chia sẻ"),
    )
    seo_title = models.CharField(
        _("Tên trên máy tìm kiếm"), max_length=255, blank=True, help_text=_("Để trống: tên trang.")
    )
    search_description = models.TextField(
        _("Mô tả trên máy tìm kiếm"), blank=True, help_text=_("Để trống: lời mở đầu.")
    )
    #: Title and text folded by `catalogue.text.fold`, for search.
    folded = models.TextField(editable=False, blank=True, default="")

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("Cho máy tìm kiếm"),
        ),
        FieldPanel("share_image"),
    ]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.folded = fold(" ".join(part for part in self.searched_texts() if part))
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "folded"}
        return super().save(*args, **kwargs)

    def searched_texts(self) -> list[str]:
        """What a visitor's words are looked for in. Pages with more to say add to it."""
        return [self.title, self.seo_title, self.search_description]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["head"] = page_head(self, request)
        return context

    def lead_picture_field(self) -> str | None:
        """Name of the field with the picture that opens this page; None for a page of words."""
        return None
