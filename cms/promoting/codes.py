"""Codes: stopped by their promoters, decided by who answers for the shop's money."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.promoting.access import PromotersOnly, campaign_of
from shop.promotion.deciding import NotPossible, approve, refuse, stop
from shop.promotion.forms import RefuseForm
from shop.promotion.models import PromoCode
from shop.promotion.models.campaign import DECIDE


class StopView(PromotersOnly):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = get_object_or_404(PromoCode, pk=kwargs["pk"])
        campaign = campaign_of(request.user, code.campaign_id)
        stop(code)
        messages.success(request, _("Đã dừng mã “%(code)s”.") % {"code": code})
        return redirect("promoting-campaign", campaign.pk)


class QueueView(PromotersOnly):
    """Codes that wait for a decision."""

    page_title = gettext_lazy("Mã khuyến mại chờ duyệt")
    template_name = "cms/promoting/queue.html"

    def may(self, user: Any) -> bool:
        return bool(user.has_perm(DECIDE))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        refused: dict[int, Any] = kwargs.pop("refused", {})
        waiting = PromoCode.objects.filter(state=PromoCode.State.PROPOSED).order_by("pk")
        return super().get_context_data(
            rows=[
                (code, refused.get(code.pk) or RefuseForm(prefix=f"m{code.pk}"))
                for code in waiting.select_related("campaign__group", "proposed_by")
            ],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = get_object_or_404(PromoCode, pk=kwargs["pk"])
        try:
            if request.POST.get("do") == "approve":
                approve(code, by=request.user)
                messages.success(request, _("Đã duyệt mã “%(code)s”.") % {"code": code})
            else:
                form = RefuseForm(request.POST, prefix=f"m{code.pk}")
                if not form.is_valid():
                    context = self.get_context_data(refused={code.pk: form})
                    return self.render_to_response(context, status=422)
                refuse(code, form.cleaned_data["reason"], by=request.user)
                messages.success(request, _("Đã ghi: không duyệt mã “%(code)s”.") % {"code": code})
        except NotPossible as refusal:
            messages.error(request, str(refusal))
        return redirect("promoting-queue")
