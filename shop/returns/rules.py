"""What may be reported, by whom it is borne and until when: all rules of returns in one place.

Luật Bảo vệ quyền lợi người tiêu dùng 19/2023/QH15 (art. 37) wants terms of return told before the
order; the times themselves are the shop's (`ReturnRule`). A recalled lot comes back at any time
(Luật An toàn thực phẩm 55/2010/QH12, art. 55).
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.order.models import Line, Parcel
from shop.payment.refunding import refundable_quantity
from shop.returns.models import Kind, ReturnLine, ReturnRequest, ReturnRule

Reason = ReturnRequest.Reason
State = ReturnRequest.State
#: Reasons for which nobody of ours is to blame.
OF_THE_BUYER = frozenset({Reason.CHANGED_MIND})
#: Goods that came back for these are not sold again, whatever they are.
NEVER_SOUND = frozenset({Reason.BROKEN, Reason.SPOILED, Reason.RECALLED})
#: Reasons for which nothing comes back: it never reached the buyer.
NOTHING_CAME = frozenset({Reason.MISSING, Reason.NEVER_CAME})


def kind_of(line: Line) -> Kind:
    """By which rule a line goes: the strictest that fits."""
    product: Any = line.product
    if product is not None:
        days = product.canonical.shelf_life_days if product.is_child else product.shelf_life_days
        if product.is_chilled or (days and days <= settings.SHORT_LIFE_DAYS):
            return Kind.PERISHABLE
    return Kind.ALCOHOL if line.is_alcohol else Kind.ORDINARY


def rules() -> dict[str, ReturnRule]:
    return {rule.kind: rule for rule in ReturnRule.objects.all()}


def returnable_quantity(line: Line) -> int:
    """How many of a line may still be reported: not given back, nor replaced, nor being so."""
    if line.is_wrapping:
        return 0
    replaced = line.return_lines.filter(
        request__state=State.AGREED, request__outcome=ReturnRequest.Wish.REPLACE
    ).aggregate(n=Sum("agreed"))["n"]
    return refundable_quantity(line) - (replaced or 0)


def until(line: Line, parcel: Parcel, known: dict[str, ReturnRule]) -> datetime | None:
    """The moment until which faults of a delivered line may be reported."""
    if parcel.delivered_at is None:
        return None
    return parcel.delivered_at + timedelta(hours=known[kind_of(line)].hours_to_report)


def reasons_for(parcel: Parcel) -> list[Reason]:
    """What may have gone wrong with a parcel as far as it has come."""
    if parcel.status == Parcel.Status.SHIPPED:
        return [Reason.NEVER_CAME]
    # A carrier may say that it was delivered when it was not.
    return list(Reason) if parcel.status == Parcel.Status.DELIVERED else []


def why_not(
    line: Line,
    parcel: Parcel,
    reason: str,
    known: dict[str, ReturnRule],
    now: datetime | None = None,
) -> str:
    """Why this line may not be reported for `reason` now; empty when it may."""
    now = now or timezone.now()
    if reason not in reasons_for(parcel):
        return _("Kiện chưa đến bước này.")
    if reason == Reason.NEVER_CAME and parcel.status == Parcel.Status.SHIPPED:
        return _not_lost_yet(parcel, now)
    if reason == Reason.RECALLED:
        if line.lot is None or line.lot.recalled_on is None:
            return _("Lô của món này không bị thu hồi.")
        return ""
    rule, last = known[kind_of(line)], until(line, parcel, known)
    if last is not None and now > last:
        return _("%(title)s chỉ báo được đến %(when)s.") % {
            "title": line.title,
            "when": formats.date_format(timezone.localtime(last), "SHORT_DATETIME_FORMAT"),
        }
    if reason == Reason.CHANGED_MIND and not rule.may_change_mind:
        return _("%(title)s không trả vì đổi ý được: %(kind)s.") % {
            "title": line.title,
            "kind": str(rule.get_kind_display()).lower(),
        }
    return ""


def _not_lost_yet(parcel: Parcel, now: datetime) -> str:
    """Why a parcel on its way is not taken for lost; empty once it is late."""
    if parcel.promised_to is not None and timezone.localdate(now) <= parcel.promised_to:
        return _("Kiện dự kiến giao đến ngày %(day)s. Qua ngày đó mà chưa đến, hãy báo.") % {
            "day": formats.date_format(parcel.promised_to, "SHORT_DATE_FORMAT")
        }
    sent = parcel.shipped_at or parcel.created_at
    if now > sent + timedelta(days=settings.LOST_PARCEL_DAYS):
        return _("Kiện gửi đã quá lâu. Hãy hỏi cửa hàng ở trang đơn.")
    return ""


def may_report(parcel: Parcel, lines: Collection[Line], known: dict[str, ReturnRule]) -> bool:
    """Whether anything of a parcel can be reported for any reason now."""
    reasons = reasons_for(parcel)
    return any(not why_not(line, parcel, reason, known) for line in lines for reason in reasons)


def is_sound(row: ReturnLine, known: dict[str, ReturnRule]) -> bool:
    """Whether what came back may be sold again at all; that it is unopened staff see themselves."""
    kind = kind_of(row.line)
    return (
        kind != Kind.PERISHABLE
        and known[kind].may_be_resold
        and row.request.reason not in NEVER_SOUND
        and row.request.reason not in NOTHING_CAME
    )


def words_of(rule: ReturnRule) -> str:
    """The rule as the buyer reads it."""
    hours = rule.hours_to_report
    days = hours // 24
    within = (
        ngettext("%(n)s ngày", "%(n)s ngày", days) % {"n": days}
        if hours % 24 == 0
        else ngettext("%(n)s giờ", "%(n)s giờ", hours) % {"n": hours}
    )
    said = _("%(kind)s: báo trong %(within)s kể từ khi nhận.") % {
        "kind": rule.get_kind_display(),
        "within": within,
    }
    if rule.may_change_mind:
        return said
    kept = _("Không trả vì đổi ý.")
    return f"{said} {kept}"
