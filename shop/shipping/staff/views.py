"""Staff keep the tables of delivery (`/quan-ly/giao-hang/`): fees, days, rules, fairs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalogue.delivery_days import forget_delivery_days
from shop.guards import staff_may
from shop.shipping.calendar import public_holidays
from shop.shipping.models import DeliveryRules, Fair, ProducerTimes, SpecialDay, ZoneRate
from shop.shipping.rates import Zone
from shop.shipping.staff.forms import (
    ALREADY_PRICED,
    FairForm,
    OwnTimesForm,
    RateForm,
    RulesForm,
    SpecialDayForm,
    copy_of_rate,
    copy_of_rules,
)
from shop.shipping.words import days_text, facts_of

CHANGE = "shipping.change_zonerate"
#: Public holidays told ahead, days.
AHEAD_DAYS = 200


@dataclass(frozen=True)
class Table:
    """One table of the page: its rows and the form that changes one."""

    model: type[models.Model]
    form: type[forms.ModelForm]
    title: Promise


TABLES = {
    "cuoc": Table(ZoneRate, RateForm, gettext_lazy("Cước theo vùng")),
    "quy-dinh": Table(DeliveryRules, RulesForm, gettext_lazy("Quy định giao hàng")),
    "nha-san-xuat": Table(
        ProducerTimes, OwnTimesForm, gettext_lazy("Thời gian riêng của nhà sản xuất")
    ),
    "ngay": Table(SpecialDay, SpecialDayForm, gettext_lazy("Ngày nghỉ, ngày gửi riêng")),
    "phien-cho": Table(Fair, FairForm, gettext_lazy("Phiên chợ nhận hàng")),
}


@require_safe
@staff_may(CHANGE)
def index(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rates = list(ZoneRate.objects.all())
    rules = list(DeliveryRules.objects.all())
    in_force = ZoneRate.objects.in_force(today)
    holidays = {**public_holidays(today.year), **public_holidays(today.year + 1)}
    now = DeliveryRules.objects.in_force(today)
    context = {
        "zones": [
            {
                "code": zone,
                "label": Zone(zone).label,
                "now": (rate := in_force.get(zone)),
                "days": days_text(rate.days) if rate else "",
                "coming": min(
                    (each for each in rates if each.zone == zone and not each.has_begun),
                    key=lambda each: each.effective_from,
                    default=None,
                ),
                "others": [each for each in rates if each.zone == zone and each != rate],
            }
            for zone in Zone.values
        ],
        "rules": now,
        "facts": facts_of(now),
        "other_rules": [row for row in rules if row != now],
        "own_times": ProducerTimes.objects.select_related("producer"),
        "special_days": SpecialDay.objects.filter(day__gte=today),
        "holidays": sorted(
            (day, name)
            for day, name in holidays.items()
            if today <= day <= today + timedelta(days=AHEAD_DAYS)
        ),
        "fairs": Fair.objects.select_related("ward__province").prefetch_related("producers")[:20],
    }
    return render(request, "shipping/staff/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may(CHANGE)
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """A new row; of fees and rules it begins with what holds today."""
    table = _table(kind)
    initial: dict[str, Any] = {}
    if kind == "cuoc":
        initial = copy_of_rate(request.GET.get("vung", ""))
    elif kind == "quy-dinh":
        initial = copy_of_rules()
    return _edited(request, table, _form(table, request.POST or None, initial=initial))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may(CHANGE)
def edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    table = _table(kind)
    row: Any = get_object_or_404(table.model, pk=pk)
    form = _form(table, request.POST or None, instance=row)
    return _edited(request, table, form, is_kept=getattr(row, "has_priced", False))


@require_POST
@staff_may(CHANGE)
def remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take a row out, unless orders were priced by it."""
    table = _table(kind)
    with transaction.atomic():
        row: Any = get_object_or_404(table.model._default_manager.select_for_update(), pk=pk)
        if getattr(row, "has_priced", False):
            messages.error(request, str(ALREADY_PRICED))
        else:
            row.delete()
            messages.success(request, _("Đã xóa."))
    forget_delivery_days(Zone.values)
    return redirect("delivery-staff:index")


def _table(kind: str) -> Table:
    if kind not in TABLES:
        raise Http404
    return TABLES[kind]


def _form(table: Table, data: Any, **kwargs: Any) -> forms.ModelForm:
    if table.model is Fair:
        kwargs["home_province"] = settings.HOME_PROVINCE_CODE
    return table.form(data, **kwargs)


def _edited(
    request: HttpRequest, table: Table, form: forms.ModelForm, *, is_kept: bool = False
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        form.save()
        forget_delivery_days(Zone.values)
        messages.success(request, _("Đã lưu."))
        return redirect("delivery-staff:index")
    context = {"table": table, "form": form, "is_kept": is_kept, "why_kept": ALREADY_PRICED}
    status = 422 if request.method == "POST" else 200
    return render(request, "shipping/staff/edit.html", context, status=status)
