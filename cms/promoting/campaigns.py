"""Campaigns: the list, one with its numbers, its codes and its papers."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.text import slugify_vi
from cms.promoting.access import PromotersOnly, campaign_of, period_of
from cms.promoting.facts import printed_link, sheet_of, words_of
from cms.promoting.forms import CampaignForm, CodeForm, SheetForm
from cms.promoting.showing import numbers_context
from shop.downloads import PDF, XLSX, as_download
from shop.promotion.counting import waiting
from shop.promotion.export import workbook_of
from shop.promotion.models import Campaign, PromoCode
from shop.promotion.models.campaign import DECIDE
from shop.promotion.numbers import CAMPAIGN, CODE, Sums, numbers_of, totals_of
from shop.promotion.printing.papers import SHEETS, sheet_pdf
from shop.users.models import User

A_PAGE = 30


class CampaignsView(PromotersOnly):
    page_title = gettext_lazy("Quảng bá")
    template_name = "cms/promoting/campaigns.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting.flush()
        user, period = self.request.user, period_of(self.request)
        found = Campaign.objects.visible_to(user).distinct().select_related("page", "group")
        page = Paginator(found, A_PAGE).get_page(self.request.GET.get("p"))
        totals = totals_of(CAMPAIGN, [each.slug for each in page], period)
        today = timezone.localdate()
        decides = user.has_perm(DECIDE)
        return super().get_context_data(
            page=page,
            rows=[(each, totals[each.slug], each.runs_on(today)) for each in page],
            period=period,
            decides=decides,
            waiting=PromoCode.objects.filter(state=PromoCode.State.PROPOSED).count()
            if decides
            else 0,
            **kwargs,
        )


class EditView(PromotersOnly):
    """A new campaign, or changes to one: the same form."""

    template_name = "cms/promoting/campaign_form.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        pk, user = kwargs.get("pk"), cast(User, request.user)
        self.campaign = campaign_of(user, pk) if pk else Campaign()
        if not pk and user.is_authenticated:
            self.campaign.owner = user

    def get_page_title(self) -> str:
        return self.campaign.name or _("Chiến dịch mới")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            kwargs["form"] = CampaignForm(instance=self.campaign, user=self.request.user)
        return super().get_context_data(
            campaign=self.campaign, media=kwargs["form"].media, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = CampaignForm(request.POST, instance=self.campaign, user=request.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        campaign = form.save()
        messages.success(request, _("Đã lưu chiến dịch."))
        return redirect("promoting-campaign", campaign.pk)


class CampaignView(PromotersOnly):
    template_name = "cms/promoting/campaign.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.campaign = campaign_of(request.user, kwargs["pk"])

    def get_page_title(self) -> str:
        return self.campaign.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting.flush()
        campaign, period = self.campaign, period_of(self.request)
        kwargs.setdefault("form", CodeForm())
        return super().get_context_data(
            campaign=campaign,
            link=printed_link(campaign),
            is_running=campaign.runs_on(timezone.localdate()),
            codes=codes_with_sums(campaign, period),
            sheets=[(kind, label) for kind, (label, *_rest) in SHEETS.items()],
            sheet_form=SheetForm(initial=words_of(campaign)),
            lookbooks=campaign.lookbooks.all(),
            decides=self.request.user.has_perm(DECIDE),
            **numbers_context(
                numbers_of(CAMPAIGN, campaign.slug, period), period, _("Lượt mở đường dẫn")
            ),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Propose a code."""
        code = PromoCode(campaign=self.campaign, proposed_by=cast(User, request.user))
        form = CodeForm(request.POST, instance=code)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        form.save()
        messages.success(request, _("Đã gửi mã chờ duyệt."))
        return redirect("promoting-campaign", self.campaign.pk)


class CampaignNumbersFile(CampaignView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        waiting.flush()
        campaign, period = self.campaign, period_of(request)
        codes = [
            (code.code, sums.orders, int(sums.revenue))
            for code, sums in codes_with_sums(campaign, period)
            if code.voucher_id
        ]
        numbers = numbers_of(CAMPAIGN, campaign.slug, period)
        content = workbook_of(campaign.name, numbers, codes)
        return as_download(content, XLSX, f"{campaign.slug}-{period}-ngay.xlsx")

    http_method_names = ["get"]


class SheetFile(CampaignView):
    """A poster or table cards as PDF, saying what the address says or else what the page does."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = kwargs["kind"]
        page = self.campaign.page
        if kind not in SHEETS or (page and page.specific.is_kept_from_search_engines()):
            raise Http404
        form = SheetForm({**words_of(self.campaign), **request.GET.dict()})
        if not form.is_valid():
            messages.error(request, _("Tên lớn nhiều nhất 80 chữ, một dòng nhiều nhất 160 chữ."))
            return redirect("promoting-campaign", self.campaign.pk)
        sheet = sheet_of(self.campaign, form.cleaned_data["title"], form.cleaned_data["line"])
        name = f"{kind}-{slugify_vi(self.campaign.slug)}.pdf"
        return as_download(sheet_pdf(sheet, kind), PDF, name)


def codes_with_sums(campaign: Campaign, period: int) -> list[tuple[PromoCode, Sums]]:
    """As many queries for twenty codes as for one."""
    codes = list(campaign.codes.select_related("voucher", "campaign"))
    totals = totals_of(CODE, [code.voucher_id for code in codes if code.voucher_id], period)
    return [(code, totals.get(code.voucher_id, Sums())) for code in codes]
