"""The programme's board for its office, and its progress for everybody."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.age import has_confirmed_age
from catalogue.product_page import Crumb, trail
from catalogue.structured_data import breadcrumbs_data
from catalogue.typed import whole_number
from shop.audit.noting import note
from shop.downloads import XLSX, as_download
from shop.guards import staff_may
from shop.programme.dossiers import (
    EXPIRING,
    LABELS,
    SHOWING_STARS,
    Dossier,
    by_commune,
    count_by_standing,
    dossiers_on,
)
from shop.programme.export import workbook_of
from shop.programme.forms import PlanForm
from shop.programme.models import FIRST_YEAR, ProgrammePlan
from shop.programme.progress import Progress, progress_of_all
from shop.programme.sales import by_month, by_producer, by_product, sales_of
from shop.promotion.chart import bar_chart

LOOK, CHANGE, ADD = (f"programme.{verb}_programmeplan" for verb in ("view", "change", "add"))
#: Rows of a table on the page; the spreadsheet has them all.
MOST_ROWS = 50


@require_safe
@staff_may(LOOK)
def board(request: HttpRequest) -> HttpResponse:
    year = _year(request)
    dossiers = dossiers_on(timezone.localdate())
    sales = sales_of(year)
    expiring = sorted(
        (one for one in dossiers if one.standing in EXPIRING), key=lambda one: one.days_left or 0
    )
    context = {
        "counts": [(LABELS[each], count) for each, count in count_by_standing(dossiers).items()],
        "expiring": expiring,
        "waiting": [one for one in dossiers if one.certificate.decided_on is None],
        "communes": by_commune(dossiers),
        "labels": LABELS.values(),
        "plans": progress_of_all(ProgrammePlan.objects.all(), dossiers),
        "year": year,
        "years": range(timezone.localdate().year, timezone.localdate().year - 4, -1),
        "chart": bar_chart(
            _("Doanh thu theo tháng, %(year)s") % {"year": year},
            by_month(sales, year),
            is_money=True,
        ),
        "months": by_month(sales, year),
        "products": by_product(sales)[:MOST_ROWS],
        "producers": by_producer(sales)[:MOST_ROWS],
    }
    return render(request, "programme/board.html", context)


@require_safe
@staff_may(LOOK)
def report(request: HttpRequest) -> HttpResponse:
    """All of it as a spreadsheet. Taking it home is written down."""
    year = _year(request)
    dossiers = dossiers_on(timezone.localdate())
    plans = progress_of_all(ProgrammePlan.objects.all(), dossiers)
    book = workbook_of(dossiers, plans, sales_of(year), year)
    if latest := ProgrammePlan.objects.first():
        note(latest, f"Tải báo cáo chương trình {year}", by=request.user, taken=True)
    return as_download(book, XLSX, f"chuong-trinh-ocop-{year}.xlsx")


def _year(request: HttpRequest) -> int:
    asked, this = request.GET.get("nam", ""), timezone.localdate().year
    year = whole_number(asked) if len(asked) == 4 and whole_number(asked) else this
    return year if FIRST_YEAR <= year <= this else this


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may(LOOK, ADD)
def add_plan(request: HttpRequest) -> HttpResponse:
    return _edit(request, ProgrammePlan(year=timezone.localdate().year))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may(LOOK, CHANGE)
def edit_plan(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(ProgrammePlan, pk=pk))


def _edit(request: HttpRequest, plan: ProgrammePlan) -> HttpResponse:
    form = PlanForm(request.POST or None, instance=plan)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Đã lưu kế hoạch."))
        return redirect("programme:board")
    context = {"form": form, "plan": plan}
    return render(request, "programme/plan.html", context, status=422 if form.is_bound else 200)


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """For everybody: plans that were published beside what became of them, and stars in force.

    Counts hold drinks with alcohol, names of them are shown to who has confirmed the age. No
    sales, of anybody.
    """
    dossiers = dossiers_on(timezone.localdate())
    shows_alcohol = has_confirmed_age(request)
    plans = progress_of_all(ProgrammePlan.objects.filter(is_public=True), dossiers)
    crumbs = [
        Crumb(_("Phiên chợ"), reverse("wagtail_serve", args=[""])),
        Crumb(_("Chương trình OCOP"), reverse("programme-progress")),
    ]
    context = {
        "plans": [(each, _shown(each, shows_alcohol=shows_alcohol)) for each in plans],
        "stars": _stars(dossiers),
        "sources": sorted({one.certificate.source for one in dossiers if one.certificate.source}),
        "has_samples": any(one.product.canonical.is_sample for one in dossiers),
        "day": timezone.localdate(),
        "crumbs": trail(crumbs),
        "structured_data": breadcrumbs_data(crumbs),
    }
    return render(request, "programme/progress.html", context)


def _shown(progress: Progress, *, shows_alcohol: bool) -> dict[str, Any]:
    named = [one for one in progress.dossiers if shows_alcohol or not one.product.is_alcohol]
    return {"named": named, "unnamed": len(progress.dossiers) - len(named)}


def _stars(dossiers: list[Dossier]) -> list[tuple[int, int]]:
    """How many products show so many stars, five first."""
    held = [one.stars for one in dossiers if one.standing in SHOWING_STARS]
    return [(stars, held.count(stars)) for stars in (5, 4, 3)]
