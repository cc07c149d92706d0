"""The log of listing changes: written in the transaction of the change, read by every process."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from catalogue.browse.models import ListingChange

#: A shelf is read anew each day, so a row older than that tells nobody anything.
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
    return ListingChange.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
