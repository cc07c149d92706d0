"""Staff read applications and decide (`/quan-ly/nha-san-xuat/`)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.guards import staff_may
from shop.producers.joining.applying import NotPossible, approve, like_it, send_back
from shop.producers.joining.forms import ApproveForm, ReturnForm
from shop.producers.models import Application

DECIDE = "producers.change_application"
A_PAGE = 30
#: A draft is nobody's business but its writer's.
READ_BY_STAFF = ("waiting", "returned", "approved", "withdrawn")


@require_safe
@staff_may(DECIDE)
def applications(request: HttpRequest) -> HttpResponse:
    status = request.GET.get("trang-thai", "waiting")
    status = status if status in READ_BY_STAFF else "waiting"
    found = _readable().filter(status=status)
    context = {
        "page_obj": Paginator(found, A_PAGE).get_page(request.GET.get("trang")),
        "status": status,
        "statuses": [each for each in Application.Status.choices if each[0] in READ_BY_STAFF],
    }
    return render(request, "producers/joining/staff_list.html", context)


@require_safe
@staff_may(DECIDE)
def application(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, get_object_or_404(_readable(), pk=pk))


@require_POST
@staff_may(DECIDE)
def let_in(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_readable(), pk=pk)
    form = ApproveForm(request.POST)
    if not form.is_valid():
        return _show(request, found, approve_form=form, status=422)
    try:
        producer = approve(
            found,
            by=request.user,
            seen=request.POST.get("seen", ""),
            existing=form.cleaned_data["existing"],
        )
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s đã vào kênh sản xuất.") % {"name": producer})
    return redirect("producers-staff:application", pk=pk)


@require_POST
@staff_may(DECIDE)
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_readable(), pk=pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _show(request, found, return_form=form, status=422)
    try:
        send_back(
            found,
            by=request.user,
            reason=form.cleaned_data["reason"],
            seen=request.POST.get("seen", ""),
        )
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã trả đơn về để sửa."))
    return redirect("producers-staff:application", pk=pk)


def _readable():  # type: ignore[no-untyped-def]
    return Application.objects.filter(status__in=READ_BY_STAFF).select_related(
        "applicant", "ward__province", "producer", "decided_by"
    )


def _show(
    request: HttpRequest,
    found: Application,
    *,
    approve_form: ApproveForm | None = None,
    return_form: ReturnForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "application": found,
        "papers": found.papers.all(),
        "like_it": [same for same in like_it(found) if same.pk != found.producer_id],
        "approve_form": approve_form or ApproveForm(),
        "return_form": return_form or ReturnForm(),
    }
    return render(request, "producers/joining/staff_detail.html", context, status=status)
