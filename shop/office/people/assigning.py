"""Putting people into groups: who may, into which, and what is written down of it."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction

from shop.staff import ADMINS, GROUPS
from shop.users.models import User


def groups_that(by: Any) -> list[str]:
    """Names of the groups that `by` may put people into, in the order of pages.

    Who may give rights to whoever gives rights is a superuser's to say.
    """
    return [name for name in GROUPS if by.is_superuser or name != ADMINS]


def may_change(by: Any, person: Any) -> bool:
    """Nobody gives rights to themselves, and superusers are changed by superusers."""
    if by.is_superuser:
        return True
    return person.pk != by.pk and not person.is_superuser and not _is_admin(person)


def _is_admin(person: Any) -> bool:
    return any(group.name == ADMINS for group in person.groups.all())


@transaction.atomic
def assign(person: User, names: Collection[str], *, by: Any) -> User:
    """Put a person into exactly these of the groups that `by` may give; others stay as they are.

    Who is in any is staff, who is in none is not. The audit log writes both down.
    Raises PermissionDenied.
    """
    locked = User.objects.select_for_update().get(pk=person.pk)
    allowed = set(groups_that(by))
    if not may_change(by, locked) or not set(names) <= allowed:
        raise PermissionDenied
    before = set(locked.groups.filter(name__in=allowed).values_list("name", flat=True))
    locked.groups.remove(*Group.objects.filter(name__in=before - set(names)))
    locked.groups.add(*Group.objects.filter(name__in=set(names) - before))
    is_staff = locked.is_superuser or locked.groups.filter(name__in=GROUPS).exists()
    if locked.is_staff != is_staff:
        locked.is_staff = is_staff
        locked.save(update_fields=["is_staff"])
    return locked
