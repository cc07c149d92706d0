"""Every table that could hold something of a person is answered for by a room, or named as not."""

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import CASCADE, ForeignKey

from shop.personal.nothing import NOTHING, says_nothing
from shop.personal.registry import held, rooms
from shop.personal.watching import watched


def test_no_table_is_forgotten() -> None:
    """A new table of yours stands here? Give its room a `personal.py` (see `shop.personal`)."""
    answered = held()
    forgotten = {
        model._meta.label
        for model in watched(answered)
        if model._meta.label not in answered and not says_nothing(model._meta.label)
    }
    assert forgotten == set()


def test_every_name_is_that_of_a_table() -> None:
    labels = {model._meta.label for model in apps.get_models()}
    apps_known = {f"{label.partition('.')[0]}.*" for label in labels}
    assert set(held()) <= labels
    assert set(NOTHING) <= labels | apps_known


def test_every_table_has_one_answer() -> None:
    labels = [label for room in rooms() for label in room.holds]
    assert len(labels) == len(set(labels))
    assert not [label for label in labels if label in NOTHING]
    assert len({room.name for room in rooms()}) == len(settings.PERSONAL_ROOMS)


def test_what_goes_with_the_account_is_answered_for() -> None:
    """A row that the database deletes with the account must be nobody else's record."""
    user = get_user_model()
    going = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and field.related_model is user
        and field.remote_field.on_delete is CASCADE
    }
    assert {label for label in going if label not in held() and not says_nothing(label)} == set()
