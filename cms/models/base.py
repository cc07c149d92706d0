"""The base of every page. Swapped in before the first migrate: it cannot be put in later."""

from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import AbstractPage

from catalogue.text import fold
from cms.remembered import remembered
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

    @property
    def localized(self) -> Any:
        """The live page in the visitor's language, else this one; as Wagtail's, in one query.

        Every request asks this of the home page, and Wagtail's answer takes three queries.
        """
        found = remembered(f"localized:{self.pk}", self._localized_key)
        if found is None:
            return self
        label, key = found
        return apps.get_model(label).objects.filter(pk=key, live=True).first() or self

    def _localized_key(self) -> tuple[str, int] | None:
        page = super().localized
        return None if page.pk == self.pk else (page.specific_class._meta.label, page.pk)

    def is_kept_from_search_engines(self) -> bool:
        """Pages about alcohol are for those who looked for them here (Luật 44/2019/QH14)."""
        return False
