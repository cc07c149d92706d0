"""The log of listing changes: written in the transaction of the change, read by every process."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from catalogue.browse.models import ListingChange

#: A process that has not looked for so long reads its whole shelf anew.
KEPT = timedelta(days=2)


def products_changed(keys: Iterable[int]) -> None:
    """These products, listed or variants' parents, show something else from now on."""
    ListingChange.objects.bulk_create(
        ListingChange(kind=ListingChange.Kind.PRODUCT, product_id=key) for key in set(keys)
    )


def names_changed() -> None:
    """A group or a producer is called something else."""
    ListingChange.objects.create(kind=ListingChange.Kind.NAMES)


def everything_changed() -> None:
    ListingChange.objects.create(kind=ListingChange.Kind.ALL)


def forget_old_changes() -> int:
    """Delete what no process asks for any more; how many rows."""
    # An hour longer: nobody who still reads the log may find it shorter than it was.
    return ListingChange.objects.filter(at__lt=timezone.now() - KEPT - timedelta(hours=1)).delete()[
        0
    ]
