"""Offers worked out in whole đồng."""

from typing import Any

from oscar.apps.offer import applicator

from catalogue.money import to_dong


class Applicator(applicator.Applicator):
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
