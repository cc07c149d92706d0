"""The price list of a producer: taken home, handed back, looked through, applied."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shop.downloads import CSV, XLSX, as_download
from shop.partner.membership import Role
from shop.producers.access import ProducerRequest, members_only
from shop.producers.bulk.running import (
    begin_to_apply,
    look_through,
    price_list,
    progress_of,
    read,
    write_down,
)
from shop.producers.listings.forms import groups
from shop.producers.models import ImportRun

MOST_BYTES = 5 * 1024 * 1024


class ListForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Bảng đã điền"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=gettext_lazy("XLSX hoặc CSV, tới 5 MB và 2.000 dòng."),
        error_messages={"required": gettext_lazy("Hãy chọn tệp.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Tệp nặng quá 5 MB. Hãy chia làm nhiều tệp."))
        self.rows = len(read(file.name, file.read()))
        file.seek(0)
        return file


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(at_least=Role.EDITOR)
def bulk(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = ListForm(request.POST, request.FILES)
        if form.is_valid():
            user: Any = request.user
            run = ImportRun.objects.create(
                producer=_producer(request),
                by=user,
                file=form.cleaned_data["file"],
                total=form.rows,
            )
            look_through.enqueue(run.pk, get_language() or "vi")
            return redirect("producers:import-run", pk=run.pk)
    context = {
        "active_tab": "more",
        "form": form,
        "groups": groups(),
        "runs": _own(request).defer("report")[:10],
    }
    status = 422 if form.is_bound else 200
    return render(request, "producers/bulk/index.html", context, status=status)


@require_GET
@members_only(at_least=Role.EDITOR)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    dataset = price_list(_producer(request), request.user)
    content: Any = dataset.export("xlsx" if kind == "xlsx" else "csv")
    # Excel takes a CSV for Vietnamese only with this mark before it.
    body = content if kind == "xlsx" else "\ufeff" + content
    return as_download(body, XLSX if kind == "xlsx" else CSV, f"bang-gia.{kind}")


@require_GET
@members_only(at_least=Role.EDITOR)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """What each row would do or did; asks again by itself while a worker is at it."""
    found = get_object_or_404(_own(request), pk=pk)
    context = {
        "active_tab": "more",
        "run": found,
        "busy": found.state in ImportRun.BUSY,
        "done": progress_of(found),
        "changes": [row for row in found.report if row["kind"] != "same"],
    }
    part = getattr(request, "htmx", False)
    return render(request, f"producers/bulk/{'part' if part else 'run'}.html", context)


@require_POST
@members_only(at_least=Role.EDITOR)
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_own(request), pk=pk)
    if begin_to_apply(found):
        write_down.enqueue(found.pk, get_language() or "vi")
    elif found.state == ImportRun.State.APPLIED:
        messages.info(request, _("Bảng này đã được ghi rồi."))
    return redirect("producers:import-run", pk=pk)


def _producer(request: HttpRequest) -> Any:
    return cast(ProducerRequest, request).producer


def _own(request: HttpRequest) -> Any:
    return ImportRun.objects.filter(producer=_producer(request)).select_related("by")
