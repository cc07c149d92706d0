"""Pages of who asks to join: the facts, the papers, where it stands."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shop.private_files import send_paper
from shop.producers.joining.applying import (
    MOST_PAPERS,
    NotPossible,
    hand_in,
    missing_of,
    open_application,
    withdraw,
)
from shop.producers.joining.forms import ApplicationForm, PaperForm
from shop.producers.models import Application, ApplicationPaper


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def apply(request: HttpRequest) -> HttpResponse:
    """The facts. What waits for staff is shown, not changed."""
    own = open_application(request.user)
    if own is not None and not own.is_editable:
        return redirect("producers:application")
    user: Any = request.user
    initial = {} if own else {"representative": user.first_name, "phone": user.phone or ""}
    instance = own or Application(applicant=user)
    form = ApplicationForm(request.POST or None, instance=instance, initial=initial)
    if "choose_province" in request.POST:
        form.forget_errors()
    elif request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                form.save()
        except IntegrityError:
            messages.info(request, _("Đơn của bạn đã được giữ ở một trang khác."))
        return redirect("producers:application")
    context = {"form": form, "application": own}
    return render(
        request, "producers/joining/apply.html", context, status=422 if form.errors else 200
    )


@never_cache
@require_GET
@login_required
def application(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    found = (
        Application.objects.filter(applicant=user)
        .select_related("ward__province", "producer")
        .first()
    )
    if found is None:
        return redirect("producers:apply")
    return _show(request, found)


@require_POST
@login_required
def add_paper(request: HttpRequest) -> HttpResponse:
    own = _editable(request)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, own, form, status=422)
    if own.papers.count() >= MOST_PAPERS:
        form.add_error("file", _("Đủ giấy rồi: mỗi đơn nhiều nhất 12 tệp."))
        return _show(request, own, form, status=422)
    ApplicationPaper.objects.create(application=own, **form.cleaned_data)
    messages.success(request, _("Đã thêm giấy."))
    return redirect("producers:application")


@require_POST
@login_required
def remove_paper(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(_editable(request).papers, pk=pk).delete()
    messages.success(request, _("Đã bỏ giấy."))
    return redirect("producers:application")


@require_GET
@login_required
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A paper to its applicant, and to staff who decide."""
    found = get_object_or_404(ApplicationPaper.objects.select_related("application"), pk=pk)
    user: Any = request.user
    decides = user.is_staff and user.has_perm("producers.change_application")
    if found.application.applicant_id != user.pk and not decides:
        raise Http404
    return send_paper(found.file)


@require_POST
@login_required
def send(request: HttpRequest) -> HttpResponse:
    return _step(request, hand_in, _("Đã nộp. Cửa hàng đọc đơn và viết thư cho bạn."))


@require_POST
@login_required
def take_back(request: HttpRequest) -> HttpResponse:
    return _step(request, withdraw, _("Đã rút đơn."))


def _step(request: HttpRequest, step: Any, done: str) -> HttpResponse:
    own = open_application(request.user)
    if own is not None:
        try:
            step(own)
        except NotPossible as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
    return redirect("producers:application")


def _editable(request: HttpRequest) -> Application:
    own = open_application(request.user)
    if own is None or not own.is_editable:
        raise Http404
    return own


def _show(
    request: HttpRequest, found: Application, form: PaperForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "application": found,
        "papers": found.papers.all(),
        "missing": missing_of(found) if found.is_editable else [],
        "form": form or PaperForm(),
    }
    return render(request, "producers/joining/application.html", context, status=status)
