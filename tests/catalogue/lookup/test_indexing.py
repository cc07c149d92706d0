"""Entries follow what happens to things, after the commit, and only then."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue.lookup import tasks
from catalogue.lookup.indexing import rebuild, refresh
from catalogue.lookup.models import Entry, Word
from catalogue.lookup.search import search
from catalogue.lookup.wanted import Scope
from catalogue.models import Product
from tests.factories import a_category, a_producer, a_product, a_variant_product

pytestmark = pytest.mark.django_db
VI = Scope("vi")


def names(query: str) -> list[str]:
    return [hit.name for hit in search(query, VI, "product").hits]


def test_a_new_product_is_found_after_the_commit(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        a_product("Khoai lang Yên Sơn")
        assert not Entry.objects.exists()
    assert names("khoai lang") == ["Khoai lang Yên Sơn"]
    assert names("khoia lang") == ["Khoai lang Yên Sơn"], "its words are known at once"


def test_many_changes_of_one_transaction_are_one_task(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(tasks, "refresh", lambda *args: asked.append(args))
    with django_capture_on_commit_callbacks(execute=True):
        maker = a_producer()
        product = a_product(producer=maker)
        for title in ("Một", "Hai", "Ba"):
            product.title = title
            product.save()
    # Keys that a rolled back test left behind may come along.
    assert product.pk in dict(asked)["product"]
    assert len([source for source, _keys in asked if source == "product"]) == 1


def test_unpublishing_and_publishing_is_followed(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        product = a_product("Khoai lang Yên Sơn")
    with django_capture_on_commit_callbacks(execute=True):
        product.unpublish()
    assert names("khoai") == []
    with django_capture_on_commit_callbacks(execute=True):
        product.title = "Khoai sọ Lục Sơn"
        product.save_revision().publish()
    assert names("khoai") == ["Khoai sọ Lục Sơn"]
    assert Entry.objects.get(source="product").title == "khoai so luc son"


def test_a_saved_draft_of_a_live_product_changes_nothing(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        product = a_product("Khoai lang Yên Sơn")
    with django_capture_on_commit_callbacks() as callbacks:
        product.title = "Khoai lang sửa dở"
        product.save_revision()
    assert callbacks == []
    assert names("khoai") == ["Khoai lang Yên Sơn"]


def test_what_is_archived_or_deleted_leaves(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        archived, deleted = a_product("Khoai lang"), a_product("Khoai sọ")
    with django_capture_on_commit_callbacks(execute=True):
        archived.archived_at = timezone.now()
        archived.save()
        deleted.delete()
    assert names("khoai") == []


def test_a_renamed_maker_is_the_maker_of_its_products(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        maker = a_producer("HTX Hoa Vàng")
        a_product("Trà xanh", producer=maker)
    with django_capture_on_commit_callbacks(execute=True):
        maker.name = "HTX Rừng Thông"
        maker.save()
    assert names("rung thong") == ["Trà xanh"]
    assert names("hoa vang") == []


def test_groups_and_variants_are_looked_in(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        group = a_category("Chè các loại", number=None)
        product = a_variant_product("Hoa vàng", variants={"Hộp thiếc": (120_000, 3)})
        product.categories.set([group])
    assert names("hop thiec") == ["Hoa vàng"]
    assert names("che cac loai") == ["Hoa vàng"]
    with django_capture_on_commit_callbacks(execute=True):
        group.name = "Trà"
        group.save()
    assert names("che cac loai") == []


def test_the_last_one_sold_stands_below_what_can_be_bought(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = a_product("Khoai lang", stock=1)
        a_product("Khoai lang", stock=9)
    assert search("khoai lang", VI).hits[0].key == first.pk
    with django_capture_on_commit_callbacks(execute=True):
        first.stockrecords.get().allocate(1)
    hits = search("khoai lang", VI, "product").hits
    assert hits[-1].key == first.pk
    assert not hits[-1].is_available


def test_what_a_rollback_left_waiting_does_no_harm(django_capture_on_commit_callbacks: Any) -> None:
    with transaction.atomic():
        a_product("Khoai lang Yên Sơn")
        transaction.set_rollback(True)
    with django_capture_on_commit_callbacks(execute=True):
        a_product("Long nhãn")
    assert [entry.name for entry in Entry.objects.filter(source="product")] == ["Long nhãn"]


def test_a_rebuild_writes_what_is_missing_and_removes_what_is_gone() -> None:
    product = a_product("Khoai lang Yên Sơn")
    rebuild()
    Product.objects.filter(pk=product.pk).update(live=False, is_public=False)
    a_product("Long nhãn Lục Sơn")
    call_command("rebuild_search", verbosity=0)
    assert names("khoai") == []
    assert names("long nhan") == ["Long nhãn Lục Sơn"]
    assert not Word.objects.filter(word="khoai").exists()


def test_a_rebuild_reads_a_batch_with_the_same_queries_whatever_its_size() -> None:
    maker, group = a_producer(), a_category()
    a_product(producer=maker, category=group)
    with CaptureQueriesContext(connection) as few:
        refresh("product", list(Product.objects.values_list("pk", flat=True)))
    for _number in range(10):
        a_product(producer=maker, category=group)
    with CaptureQueriesContext(connection) as many:
        refresh("product", list(Product.objects.values_list("pk", flat=True)))
    assert len(many) <= len(few)
