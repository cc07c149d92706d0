"""The map of addresses, read from the resolver: what walks over every page stand on."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver


class Address(NamedTuple):
    """`form` has a `{name}` for each part that varies; `view` is what answers there."""

    form: str
    names: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def room(self) -> str:
        """The module of the view, past what wraps it."""
        view: Any = self.view
        view = getattr(view, "view_class", view)
        while hasattr(view, "__wrapped__"):
            view = view.__wrapped__
        return str(view.__module__)


def all_addresses() -> Iterator[Address]:
    """Every address once, without the language's prefix."""
    yield from _walk(get_resolver().url_patterns, "")


def addresses(prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each address under `prefix` as a form with `{name}` in it, and the names."""
    yield from (each[:2] for each in all_addresses() if each.form.startswith(prefix))


def _walk(patterns: Any, before: str) -> Iterator[Address]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            if "LocalePrefix" in type(entry.pattern).__name__:
                yield from _walk(entry.url_patterns, before)
            else:
                yield from _walk(entry.url_patterns, before + _form(entry.pattern))
        elif isinstance(entry, URLPattern):
            form = before + _form(entry.pattern)
            yield Address(form, tuple(re.findall(r"\{(\w+)\}", form)), entry.callback)


def _form(pattern: Any) -> str:
    text = str(pattern)
    if "(?P" in text or text.startswith("^"):
        text = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"{\1}", text)
        return text.lstrip("^").rstrip("$").replace("\\", "").replace("/?", "/")
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", text)
