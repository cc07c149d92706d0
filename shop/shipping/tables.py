"""The tables of delivery, made into rows once for all that ask while they say the same.

Each page that names a fee and each order reads every row of them, as one text each and in one
query; only when a text differs are the rows themselves read again. So nothing that staff changed a
moment ago is missed, whoever wrote it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, DateTimeField, F, QuerySet, TextField, Value
from django.utils import timezone

from catalogue.row_texts import text_of
from catalogue.written import Asked, Written
from shop.shipping.calendar import DispatchCalendar, SpecialDay, calendar_of
from shop.shipping.fairs import Fair
from shop.shipping.own_times import ProducerTimes
from shop.shipping.rates import ZoneRate
from shop.shipping.rules import DeliveryRules

#: What the rows of a day say.
Texts = tuple[str, ...]


@dataclass(frozen=True)
class OpenFair:
    """A fair with the keys of the producers who come to it."""

    fair: Fair
    senders: frozenset[int]


@dataclass(frozen=True)
class Tables:
    """All that is in force on a day. Shared by those who ask: nobody changes a row of it."""

    rates: Mapping[str, ZoneRate]
    rules: DeliveryRules
    own: Mapping[int, ProducerTimes]
    calendar: DispatchCalendar
    fairs: tuple[OpenFair, ...]


_kept: tuple[date, Texts, Tables] | None = None


def tables_on(day: date) -> Tables:
    """The tables as they are now, for a parcel ordered on `day`. One query while they stay."""
    global _kept
    texts, kept = _texts(day), _kept
    if kept is not None and kept[:2] == (day, texts):
        return kept[2]
    tables = _read(day)
    if _texts(day) == texts:  # nobody wrote in between
        _kept = (day, texts, tables)
    return tables


def _read(day: date) -> Tables:
    fairs = _fairs(_begin(day)).select_related("ward__province").prefetch_related("producers")
    return Tables(
        rates=ZoneRate.objects.in_force(day),
        rules=DeliveryRules.objects.in_force(day),
        own={row.producer_id: row for row in ProducerTimes.objects.all()},
        calendar=calendar_of(SpecialDay.objects.filter(day__gte=day)),
        fairs=tuple(
            OpenFair(fair, frozenset(producer.pk for producer in fair.producers.all()))
            for fair in fairs
        ),
    )


def _fairs(begun: Any) -> Any:
    """Those that an order of the day that begins then may still be fetched at."""
    return Fair.objects.taking_orders(begun)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))


def _texts(day: date) -> Texts:
    rows = _TEXTS.rows(day=day, begun=_begin(day))
    return tuple(sorted(text for _table, text in rows))


def _rows_of_a_day() -> QuerySet[Any, Any]:
    day: Any = Asked("day", DateField())
    fairs = _fairs(Asked("begun", DateTimeField()))
    senders = Fair.producers.through._default_manager.filter(fair__in=fairs.order_by())
    queries = [
        _as_texts(ZoneRate.objects.begun_by(day)),
        _as_texts(DeliveryRules.objects.begun_by(day)),
        _as_texts(ProducerTimes.objects.all()),
        _as_texts(SpecialDay.objects.filter(day__gte=day)),
        _as_texts(fairs, "ward", "ward__province"),
        _as_texts(senders),
    ]
    return queries[0].union(*queries[1:], all=True)


_TEXTS = Written(_rows_of_a_day)


def _as_texts(rows: QuerySet[Any], *related: str) -> QuerySet[Any, Any]:
    """Each row with all its columns, and those of the rows that it names."""
    columns = [F(each.attname) for each in rows.model._meta.concrete_fields]
    for path in related:
        model = rows.model
        for step in path.split("__"):
            model = model._meta.get_field(step).related_model
        columns += [F(f"{path}__{each.attname}") for each in model._meta.concrete_fields]
    label = rows.model._meta.label
    told = Value(label, output_field=TextField())
    return rows.order_by().values_list(told, text_of(label, *columns))
