"""A request's key, and how its answer is wanted."""

from django.http import HttpRequest

from shop.pagecache.asking import NOBODY, Asked, asked_for
from shop.pagecache.drawing import Reader
from shop.pagecache.edition import current_edition
from shop.pagecache.keeping import Key


def key_of(request: HttpRequest) -> Key | None:
    """None where a page is drawn for whoever asks, and while nobody knows the edition."""
    asked = asked_for(request)
    edition = current_edition() if asked is not None else None
    return None if asked is None or edition is None else (edition, asked)


def reader_of(request: HttpRequest, asked: Asked) -> Reader:
    meta = request.META
    return Reader(
        "gzip" in meta.get("HTTP_ACCEPT_ENCODING", ""),
        meta.get("HTTP_IF_NONE_MATCH", ""),
        asked.visitor == NOBODY,
    )
