"""Sales on one page: sums beside those of the time before, charts, and tables that part them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.money import format_dong
from shop.guards import staff_may
from shop.office.numbers.period import PRESETS, PeriodForm, period_of
from shop.office.numbers.sums import (
    Part,
    Sums,
    buyers_of,
    by_day,
    by_method,
    by_producer,
    by_product,
    by_province,
    gathered,
    total,
    troubles_of,
)
from shop.payment.registry import method_label
from shop.promotion.chart import bar_chart

LOOK = "office.view_numbers"


@dataclass(frozen=True)
class Tile:
    """One number beside what it was; `change` in per cent, None where there was nothing."""

    label: str
    text: str
    before: str
    change: int | None


@require_safe
@staff_may(LOOK)
def numbers(request: HttpRequest) -> HttpResponse:
    form = PeriodForm(request.GET)
    period = period_of(form, request.GET.get("so-ngay", ""))
    days = by_day(period.before.since, period.until)
    steps = gathered(days, period)
    context = {
        "form": form,
        "period": period,
        "presets": PRESETS,
        "tiles": _tiles(total(days, period), total(days, period.before), period),
        "steps": steps,
        "charts": [
            (
                "revenue",
                bar_chart(
                    _("Doanh thu"), [(day, each.revenue) for day, each in steps], is_money=True
                ),
            ),
            ("views", bar_chart(_("Số đơn"), [(day, each.orders) for day, each in steps])),
        ],
        "troubles": troubles_of(period),
        "tables": [
            (_("Theo nhà sản xuất"), by_producer(period)),
            (_("Theo sản phẩm"), by_product(period)),
            (_("Theo tỉnh, thành phố giao đến"), by_province(period)),
            (_("Theo cách trả tiền"), [_named(part) for part in by_method(period)]),
        ],
    }
    return render(request, "office/numbers.html", context)


def _tiles(now: Sums, before: Sums, period: Any) -> list[Tile]:
    people, people_before = buyers_of(period), buyers_of(period.before)
    return [
        _tile(_("Đơn hàng"), now.orders, before.orders),
        _tile(_("Doanh thu hàng"), now.revenue, before.revenue),
        _tile(_("Đã hoàn cho các đơn này"), now.refunded, before.refunded),
        _tile(_("Món bán ra"), now.items, before.items),
        _tile(_("Trung bình một đơn"), now.average, before.average),
        _tile(_("Người mua mới"), people.new, people_before.new),
        _tile(_("Người mua quay lại"), people.returning, people_before.returning),
    ]


def _tile(label: str, now: Any, before: Any) -> Tile:
    change = round((now - before) * 100 / before) if before else None
    return Tile(label, _words(now), _words(before), change)


def _words(value: Any) -> str:
    return format_dong(value) if isinstance(value, Decimal) else f"{value:,}".replace(",", ".")


def _named(part: Part) -> Part:
    return Part(method_label(part.name), part.orders, part.items, part.revenue)
