"""Gift catalogues: choosing and ordering boxes, and the PDF."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from catalogue.text import slugify_vi
from cms.promoting.access import PromotersOnly, campaign_of
from cms.promoting.facts import box_pages, sellable_boxes
from cms.promoting.forms import LookbookForm
from shop.downloads import PDF, as_download
from shop.promotion.models import Lookbook
from shop.promotion.printing.papers import lookbook_pdf


class LookbookView(PromotersOnly):
    """One catalogue of a campaign; a new one where the address names none."""

    template_name = "cms/promoting/lookbook.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.campaign = campaign_of(request.user, kwargs["pk"])
        if "book" in kwargs:
            self.book = get_object_or_404(Lookbook, pk=kwargs["book"], campaign=self.campaign)
        else:
            self.book = Lookbook(campaign=self.campaign)

    def get_page_title(self) -> str:
        return self.book.title or _("Tập giới thiệu hộp quà")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            kwargs["form"] = LookbookForm(instance=self.book, cards=sellable_boxes())
        return super().get_context_data(campaign=self.campaign, lookbook=self.book, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = LookbookForm(request.POST, instance=self.book, cards=sellable_boxes())
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        book = form.save()
        messages.success(request, _("Đã lưu. Bấm “Tải PDF” để in."))
        return redirect("promoting-lookbook", self.campaign.pk, book.pk)


class LookbookFile(LookbookView):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pages = box_pages(self.book)
        if not pages:
            messages.error(request, _("Hôm nay không hộp nào trong tập này còn bán."))
            return redirect("promoting-lookbook", self.campaign.pk, self.book.pk)
        content = lookbook_pdf(
            self.book.title, self.book.lead, pages, two_a_page=self.book.two_a_page
        )
        return as_download(content, PDF, f"{slugify_vi(self.book.title)}.pdf")
