"""Producers as entries of the search."""

from collections.abc import Iterator

from catalogue.lookup.entries import Entry
from shop.partner.models import Partner


def producer_entries() -> Iterator[Entry]:
    producers = Partner.objects.public().select_related("ward__province", "former_commune")
    for producer in producers:
        former = producer.former_commune
        yield Entry(
            kind="producer",
            key=producer.pk,
            title=f"{producer.name} {producer.name_en}",
            name=producer.display_name,
            places=" ".join(
                [
                    producer.hamlet,
                    str(producer.ward.full_name if producer.ward else ""),
                    former.name if former else "",
                ]
            ),
            text=f"{producer.intro} {producer.intro_en}",
            url=producer.get_absolute_url(),
            lead=producer.words("intro"),
        )
