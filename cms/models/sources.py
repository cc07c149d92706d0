"""What pages that tell of a place, a craft or a feast have in common: words with their sources."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from cms.blocks import BodyBlock, SourceBlock
from cms.blocks.reading import texts_in
from cms.goods import Shelf, bought_from
from cms.publishing import Guarded


class ToldPage(Guarded, models.Model):
    """A page with an opening line, a picture, a body, an author and the sources it rests on."""

    lead = models.TextField(_("Lời mở đầu"), blank=True)
    picture = models.ForeignKey(
        "pictures.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Ảnh đầu trang"),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("Nội dung"))
    season = models.CharField(_("Mùa"), max_length=200, blank=True)
    author = models.CharField(_("Người viết"), max_length=150, blank=True)
    ai_assisted = models.BooleanField(
        _("Soạn với trợ giúp của trí tuệ nhân tạo"),
        default=False,
        help_text=_("Trang sẽ ghi rõ điều này."),
    )
    reviewed_by_producer = models.BooleanField(_("Nhà sản xuất đã duyệt"), default=False)
    sources = StreamField(
        [("source", SourceBlock())],
        blank=True,
        verbose_name=_("Nguồn"),
        help_text=_("Mỗi điều kể ra phải có nguồn. Nguồn hiện ở cuối trang."),
    )

    class Meta:
        abstract = True

    opening_panels = [FieldPanel("lead"), FieldPanel("picture"), FieldPanel("body")]
    source_panels = [
        FieldPanel("sources"),
        MultiFieldPanel(
            [FieldPanel("author"), FieldPanel("ai_assisted"), FieldPanel("reviewed_by_producer")],
            heading=_("Ai viết, ai duyệt"),
        ),
    ]

    def searched_texts(self) -> list[str]:
        return [*super().searched_texts(), self.lead, *texts_in(self.body)]  # type: ignore[misc]

    def lead_picture_field(self) -> str | None:
        return "picture"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["shelf"] = Shelf(*self.streams_with_goods(), extra=self.extra_goods())
        context["bought_from"] = bought_from(self, request)
        return context

    def streams_with_goods(self) -> list[Any]:
        """The streams whose products are loaded together."""
        return [self.body]

    @property
    def lacks_sources(self) -> bool:
        """Whether it tells something and names no source for it."""
        told = self.lead.strip() or any(text.strip() for text in texts_in(self.body))
        return bool(told) and not self.sources

    def extra_goods(self) -> list[int]:
        """Keys of products that this page shows outside its streams."""
        return []
