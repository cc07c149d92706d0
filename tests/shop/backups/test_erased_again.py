"""Who was erased after a backup is erased again when it comes back."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone

from shop.backups.erased import LIST, erase_again, remember_erasures
from shop.personal.erasing import erase_person
from shop.personal.models import Erasure
from shop.personal.registry import Person
from shop.users.models import User
from tests.factories import a_buyer

pytestmark = pytest.mark.django_db


def test_person_of_an_old_backup_goes_again_and_gets_no_second_letter(
    tmp_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    made_at = timezone.now() - timedelta(hours=1)
    erase_person(Person.of(a_buyer("hoa@example.com")))
    assert remember_erasures(tmp_path) == 1
    assert remember_erasures(tmp_path) == 0
    assert "hoa" not in (tmp_path / LIST).read_text()
    # The old backup comes back: the person is there, the erasure is not.
    Erasure.objects.all().delete()
    a_buyer("hoa@example.com")
    a_buyer("mai@example.com")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert erase_again(made_at, [tmp_path]) == (1, [])
    assert list(User.objects.filter(email__in=["hoa@example.com", "mai@example.com"])) == [
        User.objects.get(email="mai@example.com")
    ]
    assert mail.outbox == []


def test_who_came_back_before_the_backup_stays(tmp_path: Path) -> None:
    erase_person(Person.of(a_buyer("hoa@example.com")))
    remember_erasures(tmp_path)
    a_buyer("hoa@example.com")
    assert erase_again(timezone.now(), [tmp_path]) == (0, [])
    assert User.objects.filter(email="hoa@example.com").exists()
