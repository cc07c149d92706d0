"""Rows that an editor chose, read by their keys alone while a page is shown.

A block shows a live card of what was chosen, from the shelf of its page, which loads the cards of
all blocks together. To load each chosen row as well would cost a query for each kind of block.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from wagtail.blocks import PageChooserBlock

_by_key: ContextVar[bool] = ContextVar("choices_by_key", default=False)


@contextmanager
def by_key() -> Iterator[None]:
    """Inside, chosen rows are known by key only, and a deleted one is not told from a live one.

    Editing needs to tell: it stays outside, where a deleted row is None.
    """
    token = _by_key.set(True)
    try:
        yield
    finally:
        _by_key.reset(token)


class KnownByKey:
    """Of a chooser block whose templates ask for the card of what was chosen, never for the row."""

    model_class: Any

    def bulk_to_python(self, values: Sequence[int | None]) -> list[Any]:
        if not _by_key.get():
            return super().bulk_to_python(values)  # type: ignore[misc]
        key = self.model_class._meta.pk.attname
        return [
            self.model_class.from_db(DEFAULT_DB_ALIAS, [key], [value]) if value else None
            for value in values
        ]

    def to_python(self, value: int | None) -> Any:
        return self.bulk_to_python([value])[0]


class PageKeyChooserBlock(KnownByKey, PageChooserBlock):
    """A page of the shop. In migrations it is Wagtail's own chooser."""

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, kwargs
