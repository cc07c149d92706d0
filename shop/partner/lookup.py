"""Producers as entries of the search."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from catalogue.lookup.indexing import changed
from catalogue.lookup.models import Entry, Kind
from catalogue.lookup.products import PRODUCTS, keys_of
from catalogue.lookup.sources import Source, register
from shop.partner.models import Partner


def findable_producers() -> Any:
    return Partner.objects.public().select_related("ward__province", "former_commune")


def producer_entry(producer: Any) -> Entry:
    ward, former = producer.ward, producer.former_commune
    return Entry.of(
        source=PRODUCERS.code,
        key=producer.pk,
        kind=Kind.PRODUCER,
        name=producer.name or producer.code,
        name_en=producer.name_en,
        lead=producer.intro,
        lead_en=producer.intro_en,
        route="partner:detail",
        address=producer.slug,
        names=[producer.name, producer.name_en],
        places=[
            producer.hamlet,
            *([ward.full_name, ward.province.full_name] if ward else []),
            *([former.name, former.former_district, former.former_province] if former else []),
        ],
        text=[producer.intro, producer.intro_en],
    )


PRODUCERS = Source("producer", findable_producers, producer_entry)


def producer_changes(instance: Any, **kwargs: Any) -> None:
    """Its products are found by its name too."""
    changed(PRODUCERS.code, [instance.pk])
    changed(PRODUCTS.code, keys_of(producer=instance.pk))


def connect() -> None:
    register(PRODUCERS)
    for signal in (post_save, post_delete):
        signal.connect(producer_changes, sender=Partner, dispatch_uid="lookup.producer_changes")
