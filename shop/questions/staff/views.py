"""Moderators' page of questions (`/quan-ly/hoi-dap/`): shown or not, answered for the shop."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.guards import staff_may
from shop.questions.asking import answer, decide
from shop.questions.forms import AnswerForm, RejectForm
from shop.questions.models import Question

CHANGE = "questions.change_question"
A_PAGE = 30
#: What the page lists, by its parameter; the first one when there is none.
STATES = {
    "cho": Question.objects.waiting,
    "chua-tra-loi": Question.objects.unanswered,
    "da-dang": Question.objects.shown,
    "khong-dang": Question.objects.rejected,
}


@require_safe
@staff_may(CHANGE)
def queue(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
@staff_may(CHANGE)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    decide(get_object_or_404(Question, pk=pk), show=True)
    messages.success(request, _("Đã đăng câu hỏi."))
    return redirect("questions-staff:queue")


@require_POST
@staff_may(CHANGE)
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(Question, pk=pk)
    form = RejectForm(request.POST, prefix=f"r{pk}")
    if not form.is_valid():
        return _show(request, rejecting={pk: form}, status=422)
    decide(question, show=False, reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã ghi: không đăng câu hỏi này."))
    return redirect("questions-staff:queue")


@require_POST
@staff_may(CHANGE)
def give_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The shop answers what is shown."""
    question = get_object_or_404(Question.objects.shown(), pk=pk)
    form = AnswerForm(request.POST, prefix=f"a{pk}")
    if not form.is_valid():
        return _show(request, answering={pk: form}, status=422)
    answer(question, form.cleaned_data["answer"], by=request.user, side=Question.From.SHOP)
    messages.success(request, _("Đã lưu câu trả lời."))
    return redirect("questions-staff:queue")


def _show(
    request: HttpRequest,
    *,
    rejecting: dict[int, Any] | None = None,
    answering: dict[int, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    chosen = request.GET.get("xem", "")
    chosen = chosen if chosen in STATES else "cho"
    if answering:  # a refused form stands where its question is
        chosen = "da-dang"
    found = STATES[chosen]().select_related("product", "answered_by").order_by("asked_at", "pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    rows = [
        (
            question,
            (rejecting or {}).get(question.pk) or RejectForm(prefix=f"r{question.pk}"),
            (answering or {}).get(question.pk)
            or AnswerForm(prefix=f"a{question.pk}", initial={"answer": question.answer}),
        )
        for question in page
    ]
    context = {"rows": rows, "page_obj": page, "chosen": chosen}
    return render(request, "questions/staff.html", context, status=status)
