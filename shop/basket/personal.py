"""Baskets with the recipients named in them, and boxes that somebody filled."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy

from catalogue.models import BoxDesign
from catalogue.models.box import DesignItem
from shop.basket.models import Basket, Line
from shop.giving.models import GiftRecipient
from shop.personal.registry import ErasureWishes, Person, Room, Trace, delete
from shop.personal.rows import dump


class BasketRoom(Room):
    """A box as it was filled says nothing of who filled it once it has no owner: orders name it."""

    name = "baskets"
    title = gettext_lazy("Giỏ hàng, người nhận quà trong giỏ và hộp tự xếp")
    holds = (
        "basket.Basket",
        "basket.Line",
        "basket.LineAttribute",
        "giving.GiftRecipient",
        "giving.GiftShare",
        "catalogue.BoxDesign",
        "catalogue.DesignItem",
    )

    def export(self, person: Person) -> Any:
        baskets, designs = _baskets(person), _designs(person)
        return {
            "baskets": dump(baskets),
            "lines": dump(Line.objects.filter(basket__in=baskets), also=("product__title",)),
            "recipients": dump(GiftRecipient.objects.filter(basket__in=baskets)),
            "own_boxes": dump(designs, also=("box__title",)),
            "own_box_contents": dump(
                DesignItem.objects.filter(design__in=designs), also=("product__title",)
            ),
        }

    def erase(self, person: Person, wishes: ErasureWishes, trace: Trace) -> int:
        _designs(person).update(owner=None)
        return delete(_baskets(person))

    def anonymise(self, orders: Sequence[int], trace: Trace) -> None:
        GiftRecipient.objects.filter(basket__order__in=orders).delete()


def forget_old_recipients() -> int:
    """People named in baskets of visitors who never ordered, or did so long ago."""
    before = timezone.now() - timedelta(days=settings.KEEP_DAYS["baskets"])
    old = GiftRecipient.objects.filter(basket__owner=None, basket__date_created__lt=before)
    return delete(old)


def _baskets(person: Person) -> Any:
    return Basket.objects.filter(person.by_user("owner"))


def _designs(person: Person) -> Any:
    return BoxDesign.objects.filter(person.by_user("owner"))
