"""Offers worked out in whole đồng."""

from typing import Any

from django.db.models import DateTimeField, Q, QuerySet
from django.utils import timezone
from oscar.apps.offer import applicator
from oscar.core.loading import get_model

from catalogue.money import to_dong
from catalogue.written import Asked, Written


def _offers_of_the_shop() -> QuerySet[Any]:
    """Those that `ConditionalOffer.active` finds, of a moment that is asked for."""
    offer, now = get_model("offer", "ConditionalOffer"), Asked("now", DateTimeField())
    begun = Q(start_datetime=None) | Q(start_datetime__lte=now)
    lasting = Q(end_datetime=None) | Q(end_datetime__gte=now)
    found: QuerySet[Any] = offer.objects.filter(
        begun, lasting, status=offer.OPEN, offer_type=offer.SITE
    ).select_related("condition", "benefit")
    return found


_OFFERS = Written(_offers_of_the_shop)


class Applicator(applicator.Applicator):
    def get_site_offers(self) -> list[Any]:
        """As Oscar's, whose SQL is written anew for each basket."""
        return _OFFERS.rows(now=timezone.now())

    def apply_offers(self, basket: Any, offers: list[Any]) -> None:
        """As Oscar's; then each offer's discount is what the lines got, not its own rounding."""
        super().apply_offers(basket, offers)
        given: dict[int, Any] = {}
        for line in basket.all_lines():
            for discount in line.discounts:
                if discount.offer is not None:
                    given[discount.offer.pk] = given.get(discount.offer.pk, 0) + discount.amount
        for application in basket.offer_applications:
            if application["result"].affects_basket:
                application["discount"] = to_dong(given.get(application["offer"].pk, 0))
