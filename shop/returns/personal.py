"""Reports of goods that were not right, with their photographs."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.personal.registry import Person, Room, Trace
from shop.personal.rows import dump
from shop.returns.models import ReturnLine, ReturnPhoto, ReturnRequest


class ReturnsRoom(Room):
    name = "returns"
    title = gettext_lazy("Yêu cầu trả hàng")
    holds = ("returns.ReturnRequest", "returns.ReturnLine", "returns.ReturnPhoto")

    def refusals(self, person: Person) -> list[str]:
        open_ = _of(person).filter(state__in=ReturnRequest.OPEN)
        awaited = _of(person).filter(goods=ReturnRequest.Goods.AWAITED)
        numbers = (open_ | awaited).values_list("order__number", flat=True).distinct()
        return [
            _("Đơn %(number)s còn yêu cầu trả hàng chưa giải quyết.") % {"number": number}
            for number in numbers
        ]

    def export(self, person: Person) -> Any:
        requests = _of(person)
        return {
            "requests": dump(requests, leave_out=("asked_by", "decided_by")),
            "lines": dump(ReturnLine.objects.filter(request__in=requests)),
            "photos": dump(ReturnPhoto.objects.filter(request__in=requests), leave_out=("by",)),
        }

    def files(self, person: Person) -> Iterable[Any]:
        return [photo.file for photo in ReturnPhoto.objects.filter(request__in=_of(person))]

    def anonymise(self, orders: Sequence[int], trace: Trace) -> None:
        requests = ReturnRequest.objects.filter(order__in=orders)
        photos = ReturnPhoto.objects.filter(request__in=requests)
        trace.drop(*(photo.file for photo in photos))
        photos.delete()
        requests.update(words="", answer="")


def _of(person: Person) -> Any:
    return ReturnRequest.objects.filter(order__in=person.orders)
