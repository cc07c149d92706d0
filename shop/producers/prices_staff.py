"""Staff look at prices that moved too far (`/quan-ly/nha-san-xuat/gia/`)."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from shop.guards import staff_may
from shop.partner.history import PriceChange
from shop.partner.pricing import decide

DECIDE = "partner.change_pricechange"
A_PAGE = 30


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Vì sao không đổi"),
        max_length=300,
        error_messages={"required": gettext_lazy("Hãy nói vì sao: nhà sản xuất đọc được.")},
    )


@require_safe
@staff_may(DECIDE)
def waiting(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
@staff_may(DECIDE)
def allow(request: HttpRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(PriceChange, pk=pk)
    try:
        decided = decide(change, allow=True, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        _tell(request, decided)
    return redirect("producers-staff:prices")


@require_POST
@staff_may(DECIDE)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(PriceChange, pk=pk)
    form = RefuseForm(request.POST, prefix=f"p{pk}")
    if not form.is_valid():
        return _show(request, refused={pk: form}, status=422)
    _tell(
        request,
        decide(change, allow=False, by=request.user, reason=form.cleaned_data["reason"]),
    )
    return redirect("producers-staff:prices")


def _tell(request: HttpRequest, change: PriceChange) -> None:
    """What became of it, by whoever decided first."""
    messages.info(
        request,
        _("%(what)s: %(state)s.")
        % {"what": change.stockrecord.product.get_title(), "state": change.get_state_display()},
    )


def _show(
    request: HttpRequest, refused: dict[int, RefuseForm] | None = None, status: int = 200
) -> HttpResponse:
    found = PriceChange.objects.waiting().select_related(
        "by", "stockrecord__partner", "stockrecord__product__parent"
    )
    page = Paginator(found.order_by("at", "pk"), A_PAGE).get_page(request.GET.get("trang"))
    refused = refused or {}
    rows = [
        (change, refused.get(change.pk) or RefuseForm(prefix=f"p{change.pk}")) for change in page
    ]
    context = {"rows": rows, "page_obj": page}
    return render(request, "producers/prices_staff.html", context, status=status)
