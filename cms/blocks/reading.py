"""Walking through the values of streams: their words, their products, their rules."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from wagtail.blocks import BoundBlock, StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText


def _children(value: Any) -> Iterator[Any]:
    """The values one level down, as bound blocks or plain values."""
    if isinstance(value, StreamValue):
        yield from value
    elif isinstance(value, ListValue):
        yield from value.bound_blocks
    elif isinstance(value, StructValue):
        yield from value.values()


def walk(value: Any) -> Iterator[Any]:
    """Every value inside `value`, itself first, in reading order."""
    if isinstance(value, BoundBlock):
        value = value.value
    yield value
    for child in _children(value):
        yield from walk(child)


def texts_in(stream: Any) -> list[str]:
    """The words of a stream, without their marks."""
    texts = []
    for value in walk(stream):
        if isinstance(value, RichText):
            texts.append(strip_tags(value.source.replace("<", " <")))
        elif isinstance(value, str):
            texts.append(value)
    return texts


def product_keys_in(stream: Any) -> list[int]:
    """Keys of the products chosen anywhere in a stream."""
    return keys_in(stream, "catalogue.Product")


def keys_in(stream: Any, label: str) -> list[int]:
    """Keys of the rows of one model chosen anywhere in a stream."""
    return keys_among(walk(stream), label)


def keys_among(walked: Iterable[Any], label: str) -> list[int]:
    """As `keys_in`, of values walked through before."""
    return [
        value.pk
        for value in walked
        if isinstance(value, models.Model) and value._meta.label == label
    ]


def structs_in(stream: Any) -> Iterator[StructValue]:
    """Every structured block of a stream; its `block` says which kind it is."""
    return (value for value in walk(stream) if isinstance(value, StructValue))
