"""A producer's own lots: made, stamped, recalled."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalogue.models import Lot
from shop.downloads import PDF, as_download
from shop.order.lots import left_in, lines_of, recall
from shop.partner.membership import Role
from shop.producers.access import ProducerRequest, members_only
from shop.producers.lots.forms import LotForm, LotPaperForm, RecallForm, StampsForm
from shop.producers.lots.papers import TooMany, add_paper
from shop.producers.lots.stamps import stamps_pdf

LOTS_A_PAGE = 20
#: Buyers listed on a lot's page; a recall writes to all of them.
MOST_LINES = 200


@require_GET
@members_only(at_least=Role.PACKER)
def lots(request: HttpRequest) -> HttpResponse:
    page = Paginator(_own(request), LOTS_A_PAGE).get_page(request.GET.get("trang"))
    return render(request, "producers/lots/index.html", {"active_tab": "lots", "page_obj": page})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(at_least=Role.EDITOR)
def new(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(at_least=Role.EDITOR)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_own(request), pk=pk)
    if found.recalled_on:
        messages.error(request, _("Lô đã thu hồi thì không sửa nữa."))
        return redirect("producers:lot", pk=pk)
    return _edit(request, found)


@require_GET
@members_only(at_least=Role.PACKER)
def lot(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, get_object_or_404(_own(request), pk=pk))


@require_POST
@members_only(at_least=Role.EDITOR)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_own(request), pk=pk)
    form = RecallForm(request.POST)
    if not form.is_valid():
        return _show(request, found, recall_form=form, status=422)
    done = recall(found, form.cleaned_data["reason"])
    messages.success(
        request,
        _("Đã thu hồi lô %(code)s: trừ %(n)s khỏi kho, viết thư cho %(m)s đơn đã gửi.")
        % {"code": found.code, "n": done.taken_off, "m": done.written_to},
    )
    return redirect("producers:lot", pk=pk)


@require_POST
@members_only(at_least=Role.EDITOR)
def add_lot_paper(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_own(request), pk=pk)
    form = LotPaperForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        try:
            add_paper(found, data["title"], data["file"], by=request.user)
        except TooMany as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Đã thêm vào trang truy xuất."))
            return redirect("producers:lot", pk=pk)
    return _show(request, found, paper_form=form, status=422)


@require_POST
@members_only(at_least=Role.EDITOR)
def remove_lot_paper(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    found = get_object_or_404(_own(request), pk=pk)
    get_object_or_404(found.papers.all(), pk=paper).delete()
    messages.success(request, _("Đã bỏ khỏi trang truy xuất."))
    return redirect("producers:lot", pk=pk)


@require_GET
@members_only(at_least=Role.PACKER)
def stamps(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheets as PDF, for who works for the producer only."""
    found = get_object_or_404(_own(request), pk=pk)
    form = StampsForm(request.GET)
    if not form.is_valid():
        return _show(request, found, stamps_form=form, status=422)
    if found.recalled_on:
        messages.error(request, _("Lô đã thu hồi thì không in tem nữa."))
        return redirect("producers:lot", pk=pk)
    pdf = stamps_pdf(found, form.cleaned_data["layout"], form.cleaned_data["number"])
    return as_download(pdf, PDF, f"tem-{found.code}.pdf")


def _own(request: HttpRequest) -> QuerySet[Lot]:
    producer = cast(ProducerRequest, request).producer
    return Lot.objects.filter(product__producer=producer).select_related("product__producer")


def _edit(request: HttpRequest, found: Lot | None) -> HttpResponse:
    producer = cast(ProducerRequest, request).producer
    form = LotForm(request.POST or None, instance=found, producer=producer)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("Đã lưu lô %(code)s.") % {"code": saved.code})
        return redirect("producers:lot", pk=saved.pk)
    context = {"active_tab": "lots", "form": form, "lot": found}
    return render(
        request, "producers/lots/edit.html", context, status=422 if form.is_bound else 200
    )


def _show(
    request: HttpRequest,
    found: Lot,
    *,
    recall_form: RecallForm | None = None,
    stamps_form: StampsForm | None = None,
    paper_form: LotPaperForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "active_tab": "lots",
        "lot": found,
        "left": left_in(found),
        "back": found.return_lines.aggregate(
            restocked=Sum("restocked"), written_off=Sum("written_off")
        ),
        "lines": lines_of(found)[:MOST_LINES],
        "papers": found.papers.select_related("picture", "document"),
        "paper_form": paper_form or LotPaperForm(),
        "recall_form": recall_form or RecallForm(),
        "stamps_form": stamps_form or StampsForm(),
    }
    return render(request, "producers/lots/lot.html", context, status=status)
