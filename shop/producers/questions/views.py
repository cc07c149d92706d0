"""What people ask about one's own products, and one's answer."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.partner.membership import Role
from shop.producers.access import ProducerRequest, members_only
from shop.questions.asking import answer
from shop.questions.forms import AnswerForm
from shop.questions.models import Question

A_PAGE = 20


@require_safe
@members_only(at_least=Role.EDITOR)
def questions(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
@members_only(at_least=Role.EDITOR)
def give_answer(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(_own(request), pk=pk)
    form = AnswerForm(request.POST, prefix=f"a{pk}")
    if not form.is_valid():
        return _show(request, {pk: form}, status=422)
    answer(question, form.cleaned_data["answer"], by=request.user, side=Question.From.PRODUCER)
    messages.success(request, _("Đã lưu câu trả lời."))
    return redirect("producers:questions")


def _own(request: HttpRequest) -> QuerySet[Question]:
    """What is shown of one's own goods, what nobody answered yet first."""
    producer = cast(ProducerRequest, request).producer
    return (
        Question.objects.shown()
        .filter(product__producer=producer)
        .select_related("product")
        .order_by(F("answered_at").asc(nulls_first=True), "-pk")
    )


def _show(
    request: HttpRequest, refused: dict[int, AnswerForm] | None = None, status: int = 200
) -> HttpResponse:
    page = Paginator(_own(request), A_PAGE).get_page(request.GET.get("trang"))
    rows = [
        (
            question,
            (refused or {}).get(question.pk)
            or AnswerForm(prefix=f"a{question.pk}", initial={"answer": question.answer}),
        )
        for question in page
    ]
    context = {"rows": rows, "page_obj": page, "active_tab": "more"}
    return render(request, "producers/questions.html", context, status=status)
