"""Numbers of pages: those that a promoter may edit."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.text import slugify_vi
from cms.promoting.access import PromotersOnly, page_of, pages_of, period_of
from cms.promoting.showing import numbers_context
from shop.downloads import XLSX, as_download
from shop.promotion.counting import waiting
from shop.promotion.export import workbook_of
from shop.promotion.numbers import PAGE, numbers_of, totals_of

A_PAGE = 50


class PagesView(PromotersOnly):
    page_title = gettext_lazy("Số liệu của các trang")
    template_name = "cms/promoting/pages.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting.flush()
        period = period_of(self.request)
        found = pages_of(self.request.user).filter(live=True).select_related("locale")
        page = Paginator(found.order_by("path"), A_PAGE).get_page(self.request.GET.get("p"))
        totals = totals_of(PAGE, [each.pk for each in page], period)
        return super().get_context_data(
            page=page, rows=[(each, totals[each.pk]) for each in page], period=period, **kwargs
        )


class PageView(PromotersOnly):
    template_name = "cms/promoting/page.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = page_of(request.user, kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.page.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting.flush()
        period = period_of(self.request)
        numbers = numbers_of(PAGE, self.page.pk, period)
        return super().get_context_data(
            shown=self.page, **numbers_context(numbers, period, _("Lượt xem")), **kwargs
        )


class PageNumbersFile(PageView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        waiting.flush()
        period = period_of(request)
        content = workbook_of(self.page.title, numbers_of(PAGE, self.page.pk, period))
        return as_download(content, XLSX, f"{slugify_vi(self.page.slug)}-{period}-ngay.xlsx")
