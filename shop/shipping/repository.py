"""Which ways of delivery a basket has to a province."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from oscar.apps.shipping import repository

from shop.shipping.methods import (
    ParcelMethod,
    PickUp,
    TaxInclusiveOfferDiscount,
    ZoneDelivery,
    charge_of,
)
from shop.shipping.parcels import ParcelPlan, parcels_of
from shop.shipping.rates import Zone, ZoneRate
from shop.shipping.zones import rates_in_force


class Repository(repository.Repository):
    """Methods hold basket and address, so each request gets its own."""

    methods = ()

    def get_available_shipping_methods(
        self, basket: Any, shipping_addr: Any = None, **kwargs: Any
    ) -> list[Any]:
        """Those that can be chosen for this address (or province code, as `province_code`)."""
        code = kwargs.get("province_code") or getattr(shipping_addr, "province_code", "")
        parcels = parcels_of(priced(basket.all_lines()))
        return [method for method in self._all(parcels, code or "") if method.refusal is None]

    def choices(
        self, basket: Any, province_code: str, parcels: list[ParcelPlan] | None = None
    ) -> list[Any]:
        """All that checkout shows, refused ones with their reason, offers applied.

        `parcels` are those of the basket, where they were worked out already.
        """
        if parcels is None:
            parcels = parcels_of(priced(basket.all_lines()))
        methods = self._all(parcels, province_code)
        if not basket.has_shipping_discounts:
            return methods
        offer = basket.shipping_discounts[0]["offer"]
        return [
            method
            if method.refusal is not None or not method.total
            else TaxInclusiveOfferDiscount(method, offer)
            for method in methods
        ]

    def _all(self, parcels: list[ParcelPlan], province_code: str) -> list[ParcelMethod]:
        if not parcels:
            return []
        methods: list[ParcelMethod] = []
        if province_code or all(plan.province_code for plan in parcels):
            methods.append(ZoneDelivery(parcels, province_code, rates_in_force()))
        if len(parcels) == 1 and parcels[0].producer.ward_id and parcels[0].recipient is None:
            methods.append(PickUp(parcels[0]))
        return methods


def priced(lines: Iterable[Any]) -> list[Any]:
    """Lines with a price: one that is gone is in no parcel."""
    return [line for line in lines if line.unit_price_incl_tax is not None]


def estimate(
    parcels: list[ParcelPlan], rates: dict[str, ZoneRate]
) -> tuple[Decimal, Decimal] | None:
    """Least and most that delivery of `parcels` can cost, đồng, before the address is known."""
    totals = []
    for zone in Zone.values:
        if (rate := rates.get(zone)) is not None:
            totals.append(sum((charge_of(plan, rate).amount for plan in parcels), Decimal(0)))
    return (min(totals), max(totals)) if totals else None
