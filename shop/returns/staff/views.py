"""Reports as staff work through them: the list, one report, the decision, goods that came."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.guards import staff_may
from shop.payment.models import Refund
from shop.private_files import send_paper
from shop.returns.deciding import agree, ask_for_more, proposal_of, refund_again, refuse
from shop.returns.errors import CannotDecide, NotPossible
from shop.returns.forms import AskForm, CameForm, DecideForm, RefuseForm, RuleForm
from shop.returns.goods import goods_came
from shop.returns.models import ReturnPhoto, ReturnRequest, ReturnRule
from shop.returns.views import facts_of

A_PAGE = 30
LOOK = "returns.view_returnrequest"
#: Decide: money is promised by it, and sent by the method or by who keeps the accounts.
DECIDE = "returns.change_returnrequest"
RULES = "returns.change_returnrule"
State = ReturnRequest.State
#: What the list shows, by its parameter.
LISTS = {
    "cho": Q(state=State.NEW),
    "hoi-them": Q(state=State.ASKED),
    "hang-ve": Q(goods=ReturnRequest.Goods.AWAITED),
    "xong": Q(state__in=(State.AGREED, State.REFUSED, State.WITHDRAWN)),
}


def work() -> dict[str, int]:
    """How much waits for a person."""
    return {
        "new": ReturnRequest.objects.waiting().count(),
        "awaited": ReturnRequest.objects.goods_awaited().count(),
    }


def _rows() -> QuerySet[ReturnRequest]:
    return ReturnRequest.objects.select_related(
        "order__shipping_address", "parcel__producer", "parcel__order", "refund__payment"
    )


@require_safe
@staff_may(LOOK)
def index(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("xem", "")
    chosen = chosen if chosen in LISTS else "cho"
    order = "-pk" if chosen == "xong" else "pk"
    found = _rows().filter(LISTS[chosen]).prefetch_related("lines__line").order_by(order)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "chosen": chosen, "work": work()}
    return render(request, "returns/staff/index.html", context)


@require_safe
@staff_may(LOOK)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, get_object_or_404(_rows(), pk=pk))


def _show(
    request: HttpRequest, asked: ReturnRequest, *, status: int = 200, **forms: Any
) -> HttpResponse:
    facts = facts_of(asked)
    rows = facts["rows"]
    context = {
        **facts,
        "order": asked.order,
        "payment": asked.order.payment,
        "proposal": proposal_of(asked, rows) if asked.is_open else None,
        "decide_form": DecideForm(asked=asked, rows=rows) if asked.is_open else None,
        "refuse_form": RefuseForm(),
        "ask_form": AskForm(),
        "came_form": CameForm(rows=rows) if asked.goods == ReturnRequest.Goods.AWAITED else None,
        "has_failed": asked.refund is not None and asked.refund.state == Refund.State.FAILED,
        **forms,
    }
    return render(request, "returns/staff/detail.html", context, status=status)


@require_POST
@staff_may(LOOK, DECIDE)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes, to all or to part: money back, goods anew, or thanks for telling."""
    asked = get_object_or_404(_rows(), pk=pk)
    rows = facts_of(asked)["rows"]
    form = DecideForm(request.POST, asked=asked, rows=rows)
    if form.is_valid():
        return _done(
            request,
            asked,
            lambda: agree(asked, form.decision, by=request.user),
            _("Đã đồng ý, người mua được báo."),
            decide_form=form,
        )
    return _show(request, asked, status=422, decide_form=form)


@require_POST
@staff_may(LOOK, DECIDE)
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(_rows(), pk=pk)
    form = RefuseForm(request.POST)
    if form.is_valid():
        words = form.cleaned_data["answer"]
        done = _("Đã trả lời người mua.")
        return _done(
            request, asked, lambda: refuse(asked, words, by=request.user), done, refuse_form=form
        )
    return _show(request, asked, status=422, refuse_form=form)


@require_POST
@staff_may(LOOK, DECIDE)
def more(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the buyer for a photograph or a word more."""
    asked = get_object_or_404(_rows(), pk=pk)
    form = AskForm(request.POST)
    if form.is_valid():
        words = form.cleaned_data["text"]
        done = _("Đã hỏi người mua.")
        return _done(
            request, asked, lambda: ask_for_more(asked, words, by=request.user), done, ask_form=form
        )
    return _show(request, asked, status=422, ask_form=form)


@require_POST
@staff_may(LOOK, DECIDE)
def came(request: HttpRequest, pk: int) -> HttpResponse:
    """The goods are back: what is sound into stock, the rest written off."""
    asked = get_object_or_404(_rows(), pk=pk)
    form = CameForm(request.POST, rows=facts_of(asked)["rows"])
    if form.is_valid():
        return _done(
            request,
            asked,
            lambda: goods_came(asked, form.back, by=request.user),
            _("Đã ghi hàng về."),
            came_form=form,
        )
    return _show(request, asked, status=422, came_form=form)


@require_POST
@staff_may(LOOK, DECIDE)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise money once more that could not be sent the first time."""
    asked = get_object_or_404(_rows(), pk=pk)
    done = _("Đã yêu cầu hoàn lại.")
    return _done(request, asked, lambda: refund_again(asked, by=request.user), done)


def _done(
    request: HttpRequest, asked: ReturnRequest, act: Callable[[], Any], words: str, **forms: Any
) -> HttpResponse:
    try:
        act()
    except (CannotDecide, NotPossible) as refusal:
        for form in forms.values():
            form.add_error(None, str(refusal))
        if not forms:
            messages.error(request, str(refusal))
        asked.refresh_from_db()
        return _show(request, asked, status=422, **forms)
    messages.success(request, words)
    return redirect("returns-staff:detail", pk=asked.pk)


@require_safe
@staff_may(LOOK)
def photo(request: HttpRequest, pk: int, photo: int) -> FileResponse:
    return send_paper(get_object_or_404(ReturnPhoto, pk=photo, request=pk).file)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may(RULES)
def rules_page(request: HttpRequest) -> HttpResponse:
    """How long what may be reported, as the shop wants it."""
    sent = request.POST if request.method == "POST" else None
    forms = [RuleForm(sent, instance=rule, prefix=rule.kind) for rule in ReturnRule.objects.all()]
    # Each is looked at, so that every fault is told at once.
    sound = [form.is_valid() for form in forms]
    if sent is not None and all(sound):
        for form in forms:
            form.save()
        messages.success(request, _("Đã lưu quy định."))
        return redirect("returns-staff:rules")
    status = 200 if sent is None else 422
    return render(request, "returns/staff/rules.html", {"forms": forms}, status=status)
