"""Which ways of delivery a basket has to a province."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from oscar.apps.shipping import repository

from shop.shipping.charging import charge_of
from shop.shipping.keeping import lots_at_hand
from shop.shipping.methods import (
    ParcelMethod,
    TaxInclusiveOfferDiscount,
    ZoneDelivery,
    may_be_fetched,
)
from shop.shipping.parcels import ParcelPlan, parcels_of
from shop.shipping.pickup import FairPickUp, PickUp, fairs_for
from shop.shipping.terms import Terms, all_zones, terms_at


class Repository(repository.Repository):
    """Methods hold basket and address, so each request gets its own."""

    methods = ()

    def get_available_shipping_methods(
        self, basket: Any, shipping_addr: Any = None, **kwargs: Any
    ) -> list[Any]:
        """Those that can be chosen for this address (or province code, as `province_code`)."""
        code = kwargs.get("province_code") or getattr(shipping_addr, "province_code", "")
        parcels = parcels_of(priced(basket.all_lines()))
        methods = self._all(parcels, code or "", terms_at())
        return [method for method in methods if method.refusal is None]

    def choices(
        self,
        basket: Any,
        province_code: str,
        parcels: list[ParcelPlan] | None = None,
        terms: Terms | None = None,
    ) -> list[Any]:
        """All that checkout shows, refused ones with their reason, offers applied.

        `parcels` are those of the basket and `terms` those of now, where they are known already.
        """
        if parcels is None:
            parcels = parcels_of(priced(basket.all_lines()))
        methods = self._all(parcels, province_code, terms or terms_at())
        if not basket.has_shipping_discounts:
            return methods
        offer = basket.shipping_discounts[0]["offer"]
        return [
            method
            if method.refusal is not None or not method.total
            else TaxInclusiveOfferDiscount(method, offer)
            for method in methods
        ]

    def _all(
        self, parcels: list[ParcelPlan], province_code: str, terms: Terms
    ) -> list[ParcelMethod]:
        if not parcels:
            return []
        methods: list[ParcelMethod] = []
        if province_code or all(plan.province_code for plan in parcels):
            methods.append(ZoneDelivery(parcels, province_code, terms, lots_at_hand(parcels)))
        if may_be_fetched(parcels):
            methods.append(PickUp(parcels, terms))
        for fair in fairs_for(parcels, terms.fairs):
            methods.append(FairPickUp(parcels, fair, terms))
        return methods


def priced(lines: Iterable[Any]) -> list[Any]:
    """Lines with a price: one that is gone is in no parcel."""
    return [line for line in lines if line.unit_price_incl_tax is not None]


def estimate(parcels: list[ParcelPlan], terms: Terms) -> tuple[Decimal, Decimal] | None:
    """Least and most that delivery of `parcels` can cost, đồng, before the address is known."""
    totals = [
        sum((charge_of(plan, rate, terms.rules).amount for plan in parcels), Decimal(0))
        for rate in all_zones(terms)
    ]
    return (min(totals), max(totals)) if totals else None
