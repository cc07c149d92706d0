"""Asking for a sheet, watching it grow, taking it home: for who asked, while the right lasts."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from shop.audit.noting import note
from shop.exports.models import KEPT_DAYS, ExportJob
from shop.exports.running import ask
from shop.exports.sheets import SHEETS, Sheet, sheets_for
from shop.guards import staff_may
from shop.private_files import send_paper

LOOK, ASK = "exports.view_exportjob", "exports.add_exportjob"
MOST_SHOWN = 50
QUERY_LENGTH = 2000


@require_safe
@staff_may(LOOK)
def index(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    jobs = ExportJob.objects.filter(by=user)[:MOST_SHOWN]
    context = {
        "jobs": [(job, SHEETS.get(job.kind)) for job in jobs],
        "sheets": sheets_for(user),
        "kept_days": KEPT_DAYS,
    }
    return render(request, "exports/index.html", context)


@require_POST
@staff_may(ASK)
def begin(request: HttpRequest) -> HttpResponse:
    sheet = _sheet(request, request.POST.get("kind", ""))
    job = ask(sheet.kind, request.POST.get("query", "")[:QUERY_LENGTH], request.user)
    note(job, f"Yêu cầu xuất: {sheet.label}", by=request.user)
    return redirect("exports:job", pk=job.pk)


@require_safe
@staff_may(LOOK)
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; asked again by the page itself until it is over."""
    found = _job(request, pk)
    template = "exports/progress.html" if request.headers.get("HX-Request") else "exports/job.html"
    context = {"job": found, "sheet": SHEETS.get(found.kind), "kept_days": KEPT_DAYS}
    return render(request, template, context)


@require_safe
@staff_may(LOOK)
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _job(request, pk)
    sheet = _sheet(request, found.kind)
    if found.state != ExportJob.State.DONE or not found.file:
        raise Http404
    note(found, f"Tải về: {sheet.label}, {found.rows_done} dòng", by=request.user, taken=True)
    return send_paper(found.file)


def _job(request: HttpRequest, pk: int) -> ExportJob:
    return get_object_or_404(ExportJob, pk=pk, by=request.user)


def _sheet(request: HttpRequest, kind: str) -> Sheet:
    sheet = SHEETS.get(kind)
    if sheet is None:
        raise Http404
    user: Any = request.user
    if not user.has_perms(sheet.rights):
        raise PermissionDenied
    return sheet
