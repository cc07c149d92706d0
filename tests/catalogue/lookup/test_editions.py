"""What was worked out of the index is kept for one edition of it, and never for another one."""

from typing import Any

import pytest
from django.db import transaction

from catalogue.lookup.editions import edition_of, entries_changed, kept_while, words_changed
from catalogue.lookup.indexing import rebuild, refresh
from catalogue.lookup.models import Edition, Entry
from tests.factories import a_product

pytestmark = pytest.mark.django_db
ENTRIES, WORDS = Edition.Part.ENTRIES, Edition.Part.WORDS


@pytest.fixture
def worked_out() -> Any:
    """A function that is kept, and the list of what it was worked out for."""
    asked: list[str] = []

    @kept_while(ENTRIES, most=2)
    def answer(word: str) -> str:
        asked.append(word)
        return word.upper()

    return answer, asked


def test_an_answer_is_worked_out_once_for_an_edition(worked_out: Any) -> None:
    answer, asked = worked_out
    assert [answer("a"), answer("a"), answer("b")] == ["A", "A", "B"]
    assert asked == ["a", "b"]
    entries_changed()
    assert answer("a") == "A"
    assert asked == ["a", "b", "a"]


def test_what_a_rollback_took_back_is_never_an_edition_again(worked_out: Any) -> None:
    answer, asked = worked_out
    answer("a")
    with transaction.atomic():
        entries_changed()
        answer("a")
        transaction.set_rollback(True)
    answer("a")
    entries_changed()
    answer("a")
    assert asked == ["a", "a", "a"]


def test_without_a_stamp_nothing_is_kept(worked_out: Any) -> None:
    answer, asked = worked_out
    Edition.objects.all().delete()
    answer("a"), answer("a")
    assert asked == ["a", "a"]


def test_new_words_change_answers_too() -> None:
    before = edition_of(ENTRIES), edition_of(WORDS)
    words_changed()
    assert edition_of(ENTRIES) != before[0] and edition_of(WORDS) != before[1]


def test_entries_change_the_edition_only_when_they_say_something_else() -> None:
    product = a_product("Khoai lang")
    rebuild()
    before, words = edition_of(ENTRIES), edition_of(WORDS)
    refresh("product", [product.pk])
    assert edition_of(ENTRIES) == before
    product.summary = "Khoai lang ngọt"
    product.save()
    refresh("product", [product.pk])
    after = edition_of(ENTRIES)
    assert after != before and edition_of(WORDS) != words, "a word is new"
    product.live = False
    product.save()
    refresh("product", [product.pk])
    assert edition_of(ENTRIES) != after
    assert not Entry.objects.filter(source="product", key=product.pk).exists()
