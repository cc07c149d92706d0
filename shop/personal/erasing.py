"""Erasing a person: what no law keeps goes at once, orders wait for the end of their term."""

import logging
from dataclasses import dataclass, field
from typing import Any

from auditlog.context import disable_auditlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from shop.order.models import Order
from shop.personal.keeping import years_of
from shop.personal.models import Erasure, hash_of
from shop.personal.registry import ErasureWishes, Person, Trace, rooms
from shop.users.models import User

logger = logging.getLogger(__name__)


class CannotErase(Exception):
    """Something is under way. `reasons` are sentences for the person."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass
class Outcome:
    """What went, by room, and how many orders stay until their term is over."""

    counts: dict[str, int] = field(default_factory=dict)
    orders_kept: int = 0


def reasons_against(person: Person) -> list[str]:
    """Why the person cannot be erased now; empty when they can."""
    return [reason for room in rooms() for reason in room.refusals(person)]


def erase_person(
    person: Person,
    *,
    wishes: ErasureWishes | None = None,
    by: str = Erasure.By.OWNER,
    dry_run: bool = False,
    tell: bool = True,
) -> Outcome:
    """Erase everything of the person that no law keeps, and close the account.

    One transaction, safe twice and at once. Files go after the commit. `dry_run` does it all and
    takes it back; without `tell` no letter is sent. Raises CannotErase while an order, a return
    or money is under way.
    """
    trace = Trace()
    outcome = Outcome()
    language = person.user.language if person.user else settings.LANGUAGE_CODE
    # The log of changes would keep what is taken away here; `Erasure` is the record.
    with disable_auditlog(), transaction.atomic():
        if person.user:
            locked = User.objects.select_for_update().filter(pk=person.user.pk).first()
            if locked is None:
                return outcome  # somebody else was faster
            person = Person(person.email, locked, person.owns_email)
        # Held against a payment or a parcel that moves at this moment.
        list(Order.objects.filter(pk__in=person.orders.values("pk")).select_for_update())
        if reasons := reasons_against(person):
            raise CannotErase(reasons)
        outcome.orders_kept = person.orders.filter(anonymous=None).count()
        outcome.counts = {
            room.name: room.erase(person, wishes or ErasureWishes(), trace) for room in rooms()
        }
        if person.user:
            person.user.delete()
        Erasure.objects.create(
            email_hash=hash_of(person.email),
            by=by,
            counts={name: count for name, count in outcome.counts.items() if count},
            orders_kept=outcome.orders_kept,
        )
        if dry_run:
            transaction.set_rollback(True)
            return outcome
        transaction.on_commit(trace.delete_files, robust=True)
        if tell:
            transaction.on_commit(
                lambda: _tell(person.email, language, outcome.orders_kept), robust=True
            )
    return outcome


def _tell(email: str, language: str, kept: int) -> None:
    """A last letter. It is sent, not kept: a kept one would hold the address again."""
    with override(language):
        facts: dict[str, Any] = {
            "base_url": settings.BASE_URL,
            "shop_name": settings.OSCAR_SHOP_NAME,
            "language": language,
            "kept": kept,
            "years": years_of("order"),
        }
        name = "emails/account_erased"
        subject = " ".join(render_to_string(f"{name}.subject.txt", facts).split())
        letter = EmailMultiAlternatives(
            subject,
            render_to_string(f"{name}.txt", facts),
            settings.DEFAULT_FROM_EMAIL,
            [email],
        )
        letter.attach_alternative(render_to_string(f"{name}.html", facts), "text/html")
    letter.send()
