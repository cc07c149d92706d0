"""Staff decide about promo codes (`/quan-ly/ma-quang-ba/`), as moderators do in their office."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.guards import staff_may
from shop.promotion.deciding import NotPossible, approve, refuse
from shop.promotion.forms import RefuseForm
from shop.promotion.models import PromoCode
from shop.promotion.models.campaign import DECIDE


@require_safe
@staff_may(DECIDE)
def queue(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
@staff_may(DECIDE)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    code = get_object_or_404(PromoCode, pk=pk)
    try:
        approve(code, by=request.user)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã duyệt mã “%(code)s”.") % {"code": code})
    return redirect("promotion-staff:queue")


@require_POST
@staff_may(DECIDE)
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    code = get_object_or_404(PromoCode, pk=pk)
    form = RefuseForm(request.POST, prefix=f"m{pk}")
    if not form.is_valid():
        return _show(request, refused={pk: form}, status=422)
    try:
        refuse(code, form.cleaned_data["reason"], by=request.user)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã ghi: không duyệt mã “%(code)s”.") % {"code": code})
    return redirect("promotion-staff:queue")


def _show(
    request: HttpRequest, refused: dict[int, Any] | None = None, status: int = 200
) -> HttpResponse:
    waiting = PromoCode.objects.filter(state=PromoCode.State.PROPOSED).order_by("pk")
    rows = [
        (code, (refused or {}).get(code.pk) or RefuseForm(prefix=f"m{code.pk}"))
        for code in waiting.select_related("campaign__group", "proposed_by")
    ]
    return render(request, "promotion/staff_queue.html", {"rows": rows}, status=status)
