"""The address book."""

from typing import Any

from django.utils.translation import gettext_lazy

from shop.address.models import UserAddress
from shop.personal.registry import ErasureWishes, Person, Room, Trace, delete
from shop.personal.rows import dump


class AddressRoom(Room):
    name = "addresses"
    title = gettext_lazy("Sổ địa chỉ")
    holds = ("address.UserAddress",)

    def export(self, person: Person) -> Any:
        return dump(UserAddress.objects.filter(person.by_user()))

    def erase(self, person: Person, wishes: ErasureWishes, trace: Trace) -> int:
        return delete(UserAddress.objects.filter(person.by_user()))
