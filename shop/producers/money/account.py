"""Changing where a producer is paid."""

from typing import Any

from django.db import transaction

from shop.communication.writing import write_letter
from shop.partner.membership import Membership, Role
from shop.producers.models import PayoutAccount


@transaction.atomic
def change_account(account: PayoutAccount, *, by: Any) -> PayoutAccount:
    """Keep it, and write to every owner: who steals a password shall not be paid in silence."""
    account.changed_by = by
    account.save()
    owners = Membership.objects.filter(
        partner=account.producer, role=Role.OWNER, user__is_active=True
    )
    for owner in owners.select_related("user").order_by("pk"):
        write_letter(
            "PAYOUT_ACCOUNT_CHANGED",
            to=owner.user.email,
            context={"account": account, "by": by, "last_four": account.number[-4:]},
            language=owner.user.language,
            user=owner.user,
        )
    return account
