"""On which days a basket can be at the door, and whether what is in its boxes keeps till then."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalogue.boxes.contents import Part
from shop.shipping.parcels import ParcelPlan

#: Nobody promises a day further off.
MOST_DAYS_AHEAD = 90


def earliest_day(quote: Any) -> date:
    """The first day on which all parcels of a quote are surely there."""
    province = quote.wishes.province_code
    days = [quote.terms.promise(plan, province).latest for plan in quote.parcels]
    return max(days, default=timezone.localdate())


def latest_day() -> date:
    return timezone.localdate() + timedelta(days=MOST_DAYS_AHEAD)


def refused_day(quote: Any, wished: date | None) -> str:
    """Why this day cannot be promised, in words; empty when it can, or none was wished."""
    if wished is None:
        return ""
    first, last = earliest_day(quote), latest_day()
    if first <= wished <= last:
        return ""
    return _("Chọn ngày từ %(first)s đến %(last)s.") % {
        "first": date_format(first, "DATE_FORMAT"),
        "last": date_format(last, "DATE_FORMAT"),
    }


def spoiled_lines(quote: Any, wished: date | None) -> dict[int, str]:
    """Boxes with something that ends too soon after that day, in words, by line key.

    Nothing for a day that cannot be promised anyway.
    """
    if refused_day(quote, wished):
        return {}
    told: dict[int, str] = {}
    for plan in quote.parcels:
        day = wished or quote.terms.promise(plan, quote.wishes.province_code).latest
        for piece in plan.pieces:
            contents = piece.contents
            if contents is None or piece.is_wrapping or not contents.gift.min_days_left:
                continue
            part = next(each for each in contents.parts if each.product is piece.product)
            if not part.keeps_until(contents.good_until(day)):
                told.setdefault(piece.line.pk, _spoils(part, plan, day))
    return told


def _spoils(part: Part, plan: ParcelPlan, day: date) -> str:
    facts = {
        "title": part.product.display_title,
        "day": date_format(day, "DATE_FORMAT"),
        "name": plan.recipient.full_name if plan.recipient is not None else "",
    }
    if plan.recipient is not None:
        return (
            _("%(title)s trong hộp gửi %(name)s không còn đủ hạn dùng khi đến nơi (%(day)s).")
            % facts
        )
    return _("%(title)s trong hộp không còn đủ hạn dùng khi đến nơi (%(day)s).") % facts
