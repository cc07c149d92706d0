"""All that prices and times parcels at one moment, read once for a page or an order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from shop.shipping.calendar import DispatchCalendar
from shop.shipping.own_times import ProducerTimes
from shop.shipping.parcels import ParcelPlan
from shop.shipping.promise import Pace, Promise, promise
from shop.shipping.rates import USUAL_DAYS, Zone, ZoneRate
from shop.shipping.rules import DeliveryRules
from shop.shipping.tables import OpenFair, tables_on
from shop.shipping.weekdays import days_of
from shop.shipping.zones import zone_between

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Terms:
    """The tables in force `at` a moment. `own` are producers' times by their key."""

    at: datetime
    rates: Mapping[str, ZoneRate]
    rules: DeliveryRules
    own: Mapping[int, ProducerTimes]
    calendar: DispatchCalendar
    #: Those that take orders at that moment, soonest first.
    fairs: Sequence[OpenFair] = ()

    def takes_chilled(self, province_code: str) -> bool:
        return province_code in self.rules.chilled_provinces

    def days_to(self, zone: str | None) -> tuple[int, int]:
        """Days on the way; for a place of which nobody knows how far it is, the longest."""
        if zone is not None and zone in self.rates:
            return self.rates[zone].days
        spans = [rate.days for rate in self.rates.values()] or list(USUAL_DAYS.values())
        return min(least for least, _most in spans), max(most for _least, most in spans)

    def promise(self, plan: ParcelPlan, province_code: str) -> Promise:
        """When a parcel to that province, or to its own recipient's, is at the door."""
        zone = zone_between(plan.producer, plan.province_code or province_code)
        return promise(self.at, self._pace(plan, self.days_to(zone)))

    def ready(self, plan: ParcelPlan) -> Promise:
        """When a parcel can be fetched where it is made; any working day will do."""
        pace = self._pace(plan, (0, 0))
        return promise(self.at, replace(pace, leaving=pace.working))

    def _pace(self, plan: ParcelPlan, transit: tuple[int, int]) -> Pace:
        own = self.own.get(plan.producer.pk)
        least, most = own.preparing if own else self.rules.preparing
        working = days_of(self.rules.dispatch_days)
        chilled = days_of(self.rules.chilled_days) & working
        return Pace(
            preparing=(least + plan.lead_days, most + plan.lead_days),
            transit=transit,
            cutoff=(own.cutoff if own else None) or self.rules.cutoff,
            working=working,
            leaving=(chilled or working) if plan.is_chilled else working,
            calendar=self.calendar,
        )


def terms_at(moment: datetime | None = None) -> Terms:
    """The terms of now, or of that moment, in one query."""
    at = timezone.localtime(moment)
    tables = tables_on(at.date())
    return Terms(
        at=at,
        rates=tables.rates,
        rules=tables.rules,
        own=tables.own,
        calendar=tables.calendar,
        fairs=[each for each in tables.fairs if each.fair.order_until > at],
    )


def all_zones(terms: Terms) -> list[ZoneRate]:
    """Rates of the zones that are delivered to, nearest first."""
    return [terms.rates[zone] for zone in Zone.values if zone in terms.rates]
