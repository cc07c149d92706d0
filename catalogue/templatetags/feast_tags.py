"""What gift pages say of feasts."""

from datetime import date
from typing import Any

from django import template
from django.utils import timezone

from catalogue.boxes.contents import contents_of
from catalogue.feasts import (
    ONE_DAY,
    Deadline,
    Feast,
    coming_feasts,
    deadline_for,
    deadline_of,
    order_by,
)

register = template.Library()
#: Whoever orders in time for the farthest zone is in time for all.
FARTHEST = "nam"


@register.inclusion_tag("catalogue/feast_deadline.html")
def order_in_time(feast: str = "tet", quantity: int = 1, zone: str = FARTHEST) -> dict[str, Any]:
    """“Đặt chậm nhất 22/01/2027 để kịp Tết”, for the next one that can still be reached.

    Says nothing of a feast that the shop does not know.
    """
    deadline = _deadline(feast, quantity, zone)
    if deadline is None:
        return {}
    return {"order_by": deadline.order_by, "name": deadline.day.feast.label, "is_sample": True}


@register.inclusion_tag("catalogue/feast_deadline.html")
def order_box_before(day: date | None, name: str, box: Any = None) -> dict[str, Any]:
    """The same for a gift page's own day: the box is packed and at the farthest door by then.

    The page itself says that its data are samples.

    Nothing for a page without a day, or once it is too late.
    """
    if day is None or not name:
        return {}
    today = timezone.localdate()
    known = next((each for each in coming_feasts(today) if each.first == day), None)
    last = deadline_of(known, FARTHEST).order_by if known else order_by(day - ONE_DAY, FARTHEST)
    if box is not None and box.is_gift_box:
        last -= ONE_DAY * contents_of(box).gift.lead_days
    return {"order_by": last, "name": name} if last >= today else {}


def _deadline(feast: str, quantity: int, zone: str) -> Deadline | None:
    if feast not in Feast.values:
        return None
    return deadline_for(Feast(feast), timezone.localdate(), zone, quantity=quantity)
