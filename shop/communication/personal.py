"""Letters: those of an order are contract data, the rest is nobody's business for long."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy

from shop.communication.letters import SECRET_EVENTS, Letter
from shop.personal.registry import ErasureWishes, Person, Room, Trace, delete
from shop.personal.rows import dump


class LettersRoom(Room):
    name = "letters"
    title = gettext_lazy("Thư chúng tôi đã gửi")
    holds = ("communication.Letter",)

    def export(self, person: Person) -> Any:
        return dump(letters_to(person), leave_out=("html", "stop_link", "last_error"))

    def erase(self, person: Person, wishes: ErasureWishes, trace: Trace) -> int:
        return delete(_all_to(person).filter(order=None))

    def anonymise(self, orders: Sequence[int], trace: Trace) -> None:
        # Those to producers about it too: they name who gets the parcel.
        Letter.objects.filter(order__in=orders).delete()


#: Letters about the account itself. Others may be asked for by anybody who types an address.
ACCOUNT_EVENTS = ("PASSWORD_CHANGED", "NEW_DEVICE", "DATA_READY", "EMAIL_CHANGED")


def letters_to(person: Person) -> Any:
    """Written to this person: to the proved address, and to the buyer of an order of theirs.

    Never those with a link that opens an account. An address that nobody proved shows only what is
    about the account and its orders: quotes and alerts of the address may be somebody else's.
    """
    rows = _all_to(person).exclude(event_code__in=SECRET_EVENTS)
    if person.owns_email or not person.user:
        return rows
    return rows.exclude(Q(order=None) & ~Q(event_code__in=ACCOUNT_EVENTS))


def tie_letters(user: Any) -> None:
    """What this account may read now stays its own: its address is about to be another one."""
    person = Person.of(user)
    own = _all_to(person) if person.owns_email else letters_to(person)
    Letter.objects.filter(pk__in=own.values("pk")).update(user=user)


def _all_to(person: Person) -> Any:
    """Those tied to the account, and those to the address that are tied to no other."""
    rows = Letter.objects.alias(address=Lower("to"))
    if not person.user:
        return rows.filter(address=person.email, user=None)
    own = Q(address=person.email)
    if not person.owns_email:
        own &= Q(order__user=person.user) | Q(order=None, created_at__gte=person.user.date_joined)
    asked = Q(order__user=person.user, address=Lower("order__guest_email"))
    return rows.filter(Q(user=person.user) | (Q(user=None) & (own | asked)))


def forget_old_letters() -> int:
    """Letters that belong to no order, after their time."""
    before = timezone.now() - timedelta(days=settings.KEEP_DAYS["letters"])
    return delete(Letter.objects.filter(order=None, created_at__lt=before))
