"""Moderators' page: reviews that wait, and those decided before. Words are never changed here."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.guards import staff_may
from shop.reviews.forms import RejectForm
from shop.reviews.models import ProductReview
from shop.reviews.writing import ChangedSince, decide

A_PAGE = 30
CHANGE = "reviews.change_productreview"
#: What the page lists, by its parameter.
STATES = {
    "cho": ProductReview.FOR_MODERATION,
    "da-dang": ProductReview.APPROVED,
    "khong-dang": ProductReview.REJECTED,
}


@require_safe
@staff_may(CHANGE)
def queue(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
@staff_may(CHANGE)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    review = get_object_or_404(ProductReview, pk=pk)
    return _decided(request, review, _("Đã đăng đánh giá."), approve=True)


@require_POST
@staff_may(CHANGE)
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    review = get_object_or_404(ProductReview, pk=pk)
    form = RejectForm(request.POST, prefix=f"r{pk}")
    if not form.is_valid():
        return _show(request, refused={pk: form}, status=422)
    done = _("Đã ghi: không đăng đánh giá này.")
    return _decided(request, review, done, approve=False, reason=form.cleaned_data["reason"])


def _decided(
    request: HttpRequest, review: ProductReview, done: str, **decision: Any
) -> HttpResponse:
    try:
        decide(review, seen=request.POST.get("seen", ""), **decision)
    except ChangedSince:
        messages.error(request, _("Người mua vừa sửa đánh giá này. Hãy đọc lại rồi quyết định."))
    else:
        messages.success(request, done)
    return redirect("reviews-staff:queue")


def _show(
    request: HttpRequest, refused: dict[int, RejectForm] | None = None, status: int = 200
) -> HttpResponse:
    chosen = request.GET.get("xem", "")
    chosen = chosen if chosen in STATES else "cho"
    found = (
        ProductReview.objects.filter(status=STATES[chosen])
        .select_related("product", "user", "line__order")
        .prefetch_related("photos")
        .order_by("changed_at", "pk")
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    refused = refused or {}
    rows = [
        (review, refused.get(review.pk) or RejectForm(prefix=f"r{review.pk}")) for review in page
    ]
    context = {"rows": rows, "page_obj": page, "chosen": chosen}
    return render(request, "reviews/staff.html", context, status=status)
