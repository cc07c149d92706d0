"""Paying producers what they are owed: prepared for all at once, sent by the bank, ticked off."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.money import format_dong
from shop.partner.membership import Role
from shop.partner.models import Partner
from shop.producers.models import NoticeKind, PayoutAccount
from shop.producers.notices import News, tell
from shop.settlements.models import Entry, Payout
from shop.settlements.months import end_of, payout_day
from shop.settlements.statements import owed_now

#: Smaller sums wait for the next time: the bank's fee would eat them.
LEAST_PAYOUT = 50_000


class NotPossible(Exception):
    """The payout is settled already. The message is for the person who asked."""


@dataclass(frozen=True)
class NextPayout:
    """What a producer is owed now, đồng (below nought it owes), and the day it may expect it.

    No day without an account, or while the sum is smaller than `LEAST_PAYOUT`.
    """

    owed: Decimal
    account: PayoutAccount | None
    day: date | None = None


def next_payout(producer: Partner) -> NextPayout:
    owed = owed_now(producer)
    account = PayoutAccount.objects.filter(producer=producer).first()
    if account is None or owed < LEAST_PAYOUT:
        return NextPayout(owed, account)
    rested = account.changed_at + timedelta(days=settings.PAYOUT_HOLD_DAYS)
    first = timezone.localdate()
    if rested > timezone.now():  # some hour of that day: it is sure of the next one
        first = timezone.localdate(rested) + timedelta(days=1)
    return NextPayout(owed, account, payout_day(first))


def prepare(until: date, *, by: Any) -> list[Payout]:
    """A payout for each producer that is owed enough at the end of that day and has an account.

    What is prepared is off the account at once, so that preparing twice pays once. An account
    that was changed within `PAYOUT_HOLD_DAYS` waits.
    """
    made = []
    for producer_id in _rested().order_by("producer_id").values_list("producer_id", flat=True):
        payout = _prepare_for(producer_id, until, by)
        if payout is not None:
            made.append(payout)
    return made


def without_account(until: date) -> list[str]:
    """Names of producers owed enough at the end of that day, with no account that may be paid to.

    They named none, or changed it within `PAYOUT_HOLD_DAYS`.
    """
    rows = Entry.objects.filter(at__lt=end_of(until))
    rows = rows.exclude(producer_id__in=_rested().values("producer_id"))
    owed = rows.values("producer__name").annotate(owed=Sum("amount"))
    enough = owed.filter(owed__gte=LEAST_PAYOUT).order_by("producer__name")
    return list(enough.values_list("producer__name", flat=True))


def _rested() -> QuerySet[PayoutAccount]:
    """Accounts that stand long enough to be paid to."""
    since = timezone.now() - timedelta(days=settings.PAYOUT_HOLD_DAYS)
    return PayoutAccount.objects.filter(changed_at__lte=since)


@transaction.atomic
def _prepare_for(producer_id: int, until: date, by: Any) -> Payout | None:
    producer = Partner.objects.select_for_update(of=("self",)).get(pk=producer_id)
    account = _rested().filter(producer=producer).first()
    if account is None:  # changed meanwhile
        return None
    entries = Entry.objects.of(producer)
    # What has been paid since is not paid again, though it is of a later day.
    owed = min(entries.filter(at__lt=end_of(until)).balance(), entries.balance())
    if owed < LEAST_PAYOUT:
        return None
    payout = Payout.objects.create(
        producer=producer,
        amount=owed,
        until=until,
        bank_bin=account.bank_bin,
        number=account.number,
        holder=account.holder,
        prepared_by=by,
    )
    Entry.objects.create(
        producer=producer,
        kind=Entry.Kind.PAYOUT,
        amount=-owed,
        payout=payout,
        key=f"payout:{payout.pk}",
        words=f"{account.bank} {account.number}",
        by=by,
    )
    return payout


@transaction.atomic
def mark_paid(payout: Payout, reference: str, *, by: Any) -> Payout:
    """The bank has sent it; the producer's owners get a letter. Harmless twice."""
    found = Payout.objects.select_for_update(of=("self",)).get(pk=payout.pk)
    if found.state == Payout.State.PAID:
        return found
    if found.state != Payout.State.PREPARED:
        raise NotPossible(_("Lần chuyển này đã bị bỏ."))
    found.state, found.reference = Payout.State.PAID, reference
    found.settled_by, found.settled_at = by, timezone.now()
    found.save()
    tell(
        News(
            found.producer_id,
            NoticeKind.MONEY,
            key=f"payout:{found.pk}",
            words=lambda: _("Cửa hàng đã chuyển %(sum)s") % {"sum": format_dong(found.amount)},
            path=reverse("producers:money"),
            event_code="PAYOUT_SENT",
            context={"payout": found},
            at_least=Role.OWNER,
        )
    )
    return found


@transaction.atomic
def cancel(payout: Payout, *, by: Any) -> Payout:
    """It did not go, or came back: the sum is owed again. Harmless twice."""
    found = Payout.objects.select_for_update(of=("self",)).get(pk=payout.pk)
    if found.state == Payout.State.CANCELLED:
        return found
    found.state = Payout.State.CANCELLED
    found.settled_by, found.settled_at = by, timezone.now()
    found.save()
    Entry.objects.create(
        producer=found.producer,
        kind=Entry.Kind.PAYOUT_BACK,
        amount=found.amount,
        payout=found,
        key=f"payout-back:{found.pk}",
        by=by,
    )
    return found
