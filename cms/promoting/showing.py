"""Numbers as pages show them: sums, two charts, a table."""

from typing import Any

from django.utils.translation import gettext as _

from shop.promotion.chart import bar_chart
from shop.promotion.numbers import PERIODS, Numbers


def numbers_context(numbers: Numbers, period: int, views: str) -> dict[str, Any]:
    """`views`: what looks are called here, of a page or of a link."""
    facts = {"views": views, "n": period}
    return {
        "numbers": numbers,
        "views_label": views,
        "period": period,
        "periods": PERIODS,
        "charts": [
            (
                "views",
                bar_chart(
                    _("%(views)s mỗi ngày, %(n)s ngày") % facts,
                    [(day.day, day.views) for day in numbers.days],
                ),
            ),
            (
                "revenue",
                bar_chart(
                    _("Doanh thu mỗi ngày, %(n)s ngày") % facts,
                    [(day.day, day.revenue) for day in numbers.days],
                    is_money=True,
                ),
            ),
        ],
    }
