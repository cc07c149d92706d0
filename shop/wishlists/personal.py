"""What a person wanted to remember."""

from typing import Any

from django.utils.translation import gettext_lazy

from shop.personal.registry import ErasureWishes, Person, Room, Trace, delete
from shop.personal.rows import dump
from shop.wishlists.models import Line, WishList, WishListSharedEmail


class WishListRoom(Room):
    name = "wishlist"
    title = gettext_lazy("Món đã lưu")
    holds = ("wishlists.WishList", "wishlists.Line", "wishlists.WishListSharedEmail")

    def export(self, person: Person) -> Any:
        return {
            "lists": dump(_of(person)),
            "lines": dump(Line.objects.filter(wishlist__in=_of(person)), also=("product__title",)),
            "shared_with": dump(WishListSharedEmail.objects.filter(wishlist__in=_of(person))),
        }

    def erase(self, person: Person, wishes: ErasureWishes, trace: Trace) -> int:
        WishListSharedEmail.objects.filter(person.by_email()).delete()
        return delete(_of(person))


def _of(person: Person) -> Any:
    return WishList.objects.filter(person.by_user("owner"))
