"""Every table is named as seen by visitors or not."""

from django.apps import apps

from shop.pagecache.pages import FORMS, PUBLIC
from shop.pagecache.shown import NOT_SHOWN, SHOWN, is_declared, quiet_columns


def test_no_table_is_forgotten() -> None:
    """A new table of yours stands here? Say in `shop.pagecache.shown` whether visitors see it."""
    models = apps.get_models(include_auto_created=True)
    assert {m._meta.label for m in models if not is_declared(m._meta.label)} == set()


def test_every_name_is_that_of_a_table() -> None:
    models = apps.get_models(include_auto_created=True)
    labels = {model._meta.label for model in models}
    known = labels | {f"{label.partition('.')[0]}.*" for label in labels}
    assert set(SHOWN) <= known
    assert set(NOT_SHOWN) <= known
    assert not set(SHOWN) & set(NOT_SHOWN)


def test_every_quiet_column_is_one() -> None:
    columns = {
        field.column
        for model in apps.get_models()
        if quiet_columns(model._meta.label)
        for field in model._meta.concrete_fields
    }
    assert {column for quiet in SHOWN.values() for column in quiet} <= columns


def test_a_table_that_nobody_named_counts_as_seen() -> None:
    assert quiet_columns("strange.Thing") == frozenset()


def test_every_page_and_form_is_the_name_of_a_view() -> None:
    from django.urls import get_resolver

    def names(resolver: object, space: str = "") -> set[str]:
        found = set()
        for each in resolver.url_patterns:  # type: ignore[attr-defined]
            if hasattr(each, "url_patterns"):
                found |= names(each, f"{space}{each.namespace}:" if each.namespace else space)
            elif each.name:
                found.add(f"{space}{each.name}")
        return found

    assert set(PUBLIC) | FORMS <= names(get_resolver())
