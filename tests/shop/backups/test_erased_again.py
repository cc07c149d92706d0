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


@pytest.mark.parametrize("kept", [0, 1, 20, 90, -2])
def test_a_line_that_broke_off_costs_no_other_line(tmp_path: Path, kept: int) -> None:
    made_at = timezone.now() - timedelta(hours=1)
    for name in ("hoa", "lan", "mai"):
        erase_person(Person.of(a_buyer(f"{name}@example.com")))
    remember_erasures(tmp_path)
    first, second, third = (tmp_path / LIST).read_text().splitlines()
    # The power went while the second was written; the third came after, by who did not look.
    (tmp_path / LIST).write_text(f"{first}\n{second[:kept]}{third}\n{second[:kept]}")
    for name in ("hoa", "lan", "mai"):
        a_buyer(f"{name}@example.com")
    done, refused = erase_again(made_at, [tmp_path])
    assert done == 2
    assert len(refused) == (2 if kept else 0)
    assert all(str(tmp_path / LIST) in words for words in refused)
    assert User.objects.filter(email="lan@example.com").exists()


def test_whom_a_broken_line_named_is_written_again_on_a_line_of_their_own(tmp_path: Path) -> None:
    made_at = timezone.now() - timedelta(hours=1)
    for name in ("hoa", "lan"):
        erase_person(Person.of(a_buyer(f"{name}@example.com")))
    remember_erasures(tmp_path)
    first, second = (tmp_path / LIST).read_text().splitlines()
    (tmp_path / LIST).write_text(f"{first}\n{second[:30]}")
    assert remember_erasures(tmp_path) == 1
    assert remember_erasures(tmp_path) == 0
    assert (tmp_path / LIST).read_text() == f"{first}\n{second[:30]}\n{second}\n"
    a_buyer("lan@example.com")
    done, refused = erase_again(made_at, [tmp_path])
    assert (done, len(refused)) == (1, 1)


def test_a_whole_line_without_its_end_counts(tmp_path: Path) -> None:
    made_at = timezone.now() - timedelta(hours=1)
    erase_person(Person.of(a_buyer("hoa@example.com")))
    remember_erasures(tmp_path)
    (tmp_path / LIST).write_text((tmp_path / LIST).read_text().rstrip("\n"))
    a_buyer("hoa@example.com")
    assert erase_again(made_at, [tmp_path]) == (1, [])


def test_who_came_back_before_the_backup_stays(tmp_path: Path) -> None:
    erase_person(Person.of(a_buyer("hoa@example.com")))
    remember_erasures(tmp_path)
    a_buyer("hoa@example.com")
    assert erase_again(timezone.now(), [tmp_path]) == (0, [])
    assert User.objects.filter(email="hoa@example.com").exists()
