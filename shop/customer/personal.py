"""Who waits for what to be in stock or in season again."""

from typing import Any

from django.utils.translation import gettext_lazy

from shop.customer.waiting import ProductAlert
from shop.personal.registry import ErasureWishes, Person, Room, Trace, delete
from shop.personal.rows import dump


class AlertsRoom(Room):
    name = "alerts"
    title = gettext_lazy("Lời nhắn khi có hàng, khi vào mùa")
    holds = ("customer.ProductAlert",)

    def export(self, person: Person) -> Any:
        return dump(_of(person), also=("product__title",))

    def erase(self, person: Person, wishes: ErasureWishes, trace: Trace) -> int:
        return delete(_of(person))


def _of(person: Person) -> Any:
    return ProductAlert.objects.filter(person.by_user() | person.by_email())
