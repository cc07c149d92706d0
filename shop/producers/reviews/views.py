"""What buyers say of one's own products, and one's answer to it."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.partner.membership import Role
from shop.producers.access import ProducerRequest, members_only
from shop.reviews.forms import AnswerForm
from shop.reviews.models import ProductReview
from shop.reviews.writing import answer

A_PAGE = 20


@require_safe
@members_only(at_least=Role.EDITOR)
def reviews(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
@members_only(at_least=Role.EDITOR)
def give_answer(request: HttpRequest, pk: int) -> HttpResponse:
    review = get_object_or_404(_own(request), pk=pk)
    form = AnswerForm(request.POST, prefix=f"a{pk}")
    if not form.is_valid():
        return _show(request, {pk: form}, status=422)
    answer(review, form.cleaned_data["answer"])
    messages.success(request, _("Đã lưu câu trả lời."))
    return redirect("producers:reviews")


def _own(request: HttpRequest) -> QuerySet[ProductReview]:
    producer = cast(ProducerRequest, request).producer
    return (
        ProductReview.objects.approved()
        .filter(product__producer=producer)
        .select_related("product", "user")
        .prefetch_related("photos")
        .order_by("-date_created", "-pk")
    )


def _show(
    request: HttpRequest, refused: dict[int, AnswerForm] | None = None, status: int = 200
) -> HttpResponse:
    page = Paginator(_own(request), A_PAGE).get_page(request.GET.get("trang"))
    refused = refused or {}
    rows = [
        (
            review,
            refused.get(review.pk)
            or AnswerForm(prefix=f"a{review.pk}", initial={"answer": review.answer}),
        )
        for review in page
    ]
    context = {"rows": rows, "page_obj": page, "active_tab": "more"}
    return render(request, "producers/reviews.html", context, status=status)
