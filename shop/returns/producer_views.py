"""Reports about a producer's own parcels: read, answered, and what came back entered."""

from typing import cast

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.partner.membership import Role
from shop.private_files import send_paper
from shop.producers.access import ProducerRequest, members_only
from shop.returns.asking import producer_answers
from shop.returns.errors import CannotReport, NotPossible
from shop.returns.forms import CameForm, MoreForm
from shop.returns.goods import goods_came
from shop.returns.models import ReturnPhoto, ReturnRequest
from shop.returns.views import facts_of


def _own(request: HttpRequest, pk: int, asked: int) -> ReturnRequest:
    """A report about a parcel of this producer; 404 for any other."""
    producer = cast(ProducerRequest, request).producer
    rows = ReturnRequest.objects.select_related("parcel__order", "order", "refund")
    return get_object_or_404(rows, pk=asked, parcel=pk, parcel__producer=producer)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(at_least=Role.PACKER)
def report(request: HttpRequest, pk: int, asked: int) -> HttpResponse:
    """What the buyer says, and what we say of it: words and photographs."""
    found = _own(request, pk, asked)
    if request.method != "POST":
        return _show(request, found, MoreForm())
    form = MoreForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        try:
            producer_answers(found, data["text"], data["photos"], by=request.user)
        except CannotReport as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã gửi. Cửa hàng và người mua đọc được."))
            return redirect("producers:parcel-report", pk=pk, asked=asked)
    return _show(request, found, form, status=422)


@require_POST
@members_only(at_least=Role.PACKER)
def came(request: HttpRequest, pk: int, asked: int) -> HttpResponse:
    """The goods are back with us."""
    found = _own(request, pk, asked)
    form = CameForm(request.POST, rows=facts_of(found)["rows"])
    if form.is_valid():
        try:
            goods_came(found, form.back, by=request.user)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi hàng về."))
            return redirect("producers:parcel-report", pk=pk, asked=asked)
    return _show(request, found, MoreForm(), came_form=form, status=422)


def _show(
    request: HttpRequest,
    found: ReturnRequest,
    form: MoreForm,
    *,
    came_form: CameForm | None = None,
    status: int = 200,
) -> HttpResponse:
    facts = facts_of(found)
    awaited = found.goods == ReturnRequest.Goods.AWAITED
    context = {
        **facts,
        "active_tab": "parcels",
        "parcel": found.parcel,
        "form": form,
        "came_form": (came_form or CameForm(rows=facts["rows"])) if awaited else None,
    }
    return render(request, "returns/producer.html", context, status=status)


@require_safe
@members_only(at_least=Role.PACKER)
def photo(request: HttpRequest, pk: int, asked: int, photo: int) -> FileResponse:
    found = _own(request, pk, asked)
    return send_paper(get_object_or_404(ReturnPhoto, pk=photo, request=found).file)
