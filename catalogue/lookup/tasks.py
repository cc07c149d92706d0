"""Background work of search."""

from django_tasks import task

from catalogue.lookup.indexing import refresh


@task()
def refresh_entries(source: str, keys: list[int]) -> int:
    """The entries of these things, made true; how many can be found."""
    return refresh(source, keys)
