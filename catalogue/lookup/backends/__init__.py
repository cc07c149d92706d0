"""Who looks through the entries: the database itself, or OpenSearch by a setting."""

from functools import cache

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from catalogue.lookup.backends.base import Backend

OWN = {
    "sqlite": "catalogue.lookup.backends.sqlite.SqliteBackend",
    "postgresql": "catalogue.lookup.backends.postgresql.PostgresqlBackend",
    "opensearch": "catalogue.lookup.backends.opensearch.OpenSearchBackend",
}


def backend() -> Backend:
    """The one that `SEARCH_BACKEND` names, by a word of `OWN` or a dotted path; else the
    database's own. Raises ImportError for a path that leads nowhere."""
    return _made(settings.SEARCH_BACKEND or connection.vendor)


def database_backend() -> Backend:
    """The database's own, which is there whatever was chosen."""
    return _made(connection.vendor)


@cache
def _made(name: str) -> Backend:
    made: Backend = import_string(OWN.get(name, name))()
    return made
