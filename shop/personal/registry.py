"""Who holds what about a person. Each room of the shop answers for its own tables.

A room is a `Room` named in `settings.PERSONAL_ROOMS`. A test (`test_nothing_forgotten.py`)
walks every table that could hold something of a person and fails for one that no room answers for
and that `shop.personal.nothing` does not name either.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from auditlog.models import LogEntry
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.module_loading import import_string

from shop.order.models import Order
from shop.private_files import delete_files
from shop.users.models import User


@dataclass(frozen=True)
class Person:
    """Whose data it is: an account, an address without one, or both.

    `owns_email` says that the address was proved (or that staff looked at who asks): only then what
    hangs on the address alone is theirs.
    """

    email: str
    user: User | None = None
    owns_email: bool = False

    @classmethod
    def of(cls, user: User) -> "Person":
        return cls(user.email, user, user.email_verified_at is not None)

    def by_email(self, field: str = "email") -> Q:
        """Rows with this person's address in `field`, in any case of letters; none unproved."""
        return Q(**{f"{field}__iexact": self.email}) if self.owns_email else Q(pk__in=[])

    def by_user(self, field: str = "user") -> Q:
        return Q(**{field: self.user.pk}) if self.user else Q(pk__in=[])

    @property
    def orders(self) -> QuerySet[Order]:
        """Theirs by account, and those bought without one under the proved address."""
        rows = Order.objects.alias(guest=Lower("guest_email"))
        guest = Q(user=None, guest=self.email) if self.owns_email else Q(pk__in=[])
        return rows.filter(self.by_user() | guest)


@dataclass(frozen=True)
class ErasureWishes:
    """What somebody chose. Reviews and questions that stay are nobody's from then on."""

    keep_public: bool = False


@dataclass
class Trace:
    """What one erasure leaves to do after its transaction: files that lie beside the database."""

    files: list[Any] = field(default_factory=list)

    def drop(self, *files: Any) -> None:
        self.files.extend(file for file in files if file)

    def delete_files(self) -> None:
        delete_files(self.files)


class Room:
    """One room's answer. `holds` are the labels of its tables; the rest is overridden as needed."""

    #: Key in the export, and in the log of erasures.
    name: str
    #: For people, in the language in use.
    title: Any
    holds: tuple[str, ...] = ()

    def refusals(self, person: Person) -> list[str]:
        """Why this person cannot be erased now, in words for them."""
        return []

    def export(self, person: Person) -> Any:
        """Plain data, only this person's: rows as written by `shop.personal.rows.dump`."""
        return []

    def files(self, person: Person) -> Iterable[Any]:
        """Stored files that go into the export as they are."""
        return []

    def erase(self, person: Person, wishes: ErasureWishes, trace: Trace) -> int:
        """Take away what no law keeps; how many rows. Inside of a transaction; safe twice."""
        return 0

    def anonymise(self, orders: Sequence[int], trace: Trace) -> None:
        """Take the person out of orders whose term is over. In a transaction that holds them."""

    def anonymise_invoices(self, orders: Sequence[int]) -> None:
        """The same for what stands on invoices, when their own term is over."""


@cache
def rooms() -> list[Room]:
    """All rooms, in the order of the settings."""
    return [import_string(path)() for path in settings.PERSONAL_ROOMS]


def held() -> dict[str, str]:
    """Label of each table → name of the room that answers for it."""
    return {label: room.name for room in rooms() for label in room.holds}


def forget_changes(rows: QuerySet[Any]) -> None:
    """Take what the log of changes says about rows that are to go, or to lose their people."""
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(rows.model),
        object_id__in=list(rows.values_list("pk", flat=True)),
    ).delete()


def delete(rows: QuerySet[Any]) -> int:
    """Delete rows with what hangs on them; how many of themselves."""
    model: type[Model] = rows.model
    return rows.delete()[1].get(model._meta.label, 0)
