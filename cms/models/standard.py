"""Plain pages: about, help, policies."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import StandardBlock
from cms.blocks.reading import texts_in
from cms.goods import Shelf
from cms.models.base import BasePage


class StandardPage(BasePage):
    """Words and tables; listed in the footer when `in_footer` is set."""

    template = "cms/standard.html"
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]

    lead = models.TextField(_("Lời mở đầu"), blank=True)
    body = StreamField(StandardBlock(), blank=True, verbose_name=_("Nội dung"))
    in_footer = models.BooleanField(_("Hiện ở chân trang"), default=False)
    as_of = models.DateField(
        _("Xem lại lần cuối"),
        null=True,
        blank=True,
        help_text=_("Ngày đối chiếu với luật, với cách cửa hàng đang làm."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("as_of"),
    ]
    promote_panels = [*BasePage.promote_panels, FieldPanel("in_footer")]

    class Meta:
        verbose_name = _("Trang thông tin")
        verbose_name_plural = _("Trang thông tin")

    def searched_texts(self) -> list[str]:
        return [*super().searched_texts(), self.lead, *texts_in(self.body)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["shelf"] = Shelf(self.body)
        return context
