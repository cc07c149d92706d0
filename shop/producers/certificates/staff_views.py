"""The programme's office confirms papers (`/quan-ly/nha-san-xuat/chung-nhan/`)."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from shop.guards import staff_may
from shop.private_files import send_paper
from shop.producers.certificates.confirming import confirm, refuse
from shop.producers.models import CertificateProposal

DECIDE = "producers.change_certificateproposal"
A_PAGE = 30


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Vì sao không xác nhận"),
        max_length=300,
        error_messages={"required": gettext_lazy("Hãy nói vì sao: nhà sản xuất đọc được.")},
    )


@require_safe
@staff_may(DECIDE)
def proposals(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_safe
@staff_may(DECIDE)
def scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    return send_paper(get_object_or_404(CertificateProposal, pk=pk).scan)


@require_POST
@staff_may(DECIDE)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    found = confirm(get_object_or_404(CertificateProposal, pk=pk), by=request.user)
    _tell(request, found)
    return redirect("producers-staff:certificates")


@require_POST
@staff_may(DECIDE)
def turn_down(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(CertificateProposal, pk=pk)
    form = RefuseForm(request.POST, prefix=f"c{pk}")
    if not form.is_valid():
        return _show(request, {pk: form}, status=422)
    _tell(request, refuse(found, form.cleaned_data["reason"], by=request.user))
    return redirect("producers-staff:certificates")


def _tell(request: HttpRequest, found: CertificateProposal) -> None:
    words = {"what": found, "state": found.get_state_display()}
    messages.info(request, _("%(what)s: %(state)s.") % words)


def _show(
    request: HttpRequest, refused: dict[int, RefuseForm] | None = None, status: int = 200
) -> HttpResponse:
    waiting = CertificateProposal.objects.filter(state="waiting").order_by("pk")
    page = Paginator(waiting.select_related("product__producer", "proposed_by"), A_PAGE).get_page(
        request.GET.get("trang")
    )
    refused = refused or {}
    rows = [(each, refused.get(each.pk) or RefuseForm(prefix=f"c{each.pk}")) for each in page]
    context = {"rows": rows, "page_obj": page}
    return render(request, "producers/certificates/staff.html", context, status=status)
