"""What gift pages say of feasts."""

from typing import Any

from django import template
from django.utils import timezone

from catalogue.feasts import Deadline, Feast, deadline_for

register = template.Library()
#: Whoever orders in time for the farthest zone is in time for all.
FARTHEST = "nam"


@register.inclusion_tag("catalogue/feast_deadline.html")
def order_in_time(feast: str = "tet", quantity: int = 1, zone: str = FARTHEST) -> dict[str, Any]:
    """“Đặt trước 22/01/2027 để kịp Tết”, for the next one that can still be reached.

    Says nothing of a feast that the shop does not know.
    """
    return {"deadline": _deadline(feast, quantity, zone)}


def _deadline(feast: str, quantity: int, zone: str) -> Deadline | None:
    if feast not in Feast.values:
        return None
    return deadline_for(Feast(feast), timezone.localdate(), zone, quantity=quantity)
