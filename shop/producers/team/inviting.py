"""Inviting people to work for a producer, and taking an invitation up."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.communication.writing import write_letter
from shop.partner.membership import Membership, Role
from shop.partner.models import Partner
from shop.producers.models import Invitation

#: Open invitations at once; more is a mistake or mischief with other people's mailboxes.
MOST_OPEN = 10


class NotPossible(Exception):
    """This cannot be done with the invitation. The message is for the person who asked."""


@transaction.atomic
def invite(producer: Partner, email: str, role: Role, *, by: Any) -> Invitation:
    """Write to somebody; a second letter to the same address replaces the first one.

    Raises NotPossible when they are there already, or too many invitations are open.
    """
    email = email.strip().lower()
    Partner.objects.select_for_update(of=("self",)).get(pk=producer.pk)
    if Membership.objects.filter(partner=producer, user__email=email).exists():
        raise NotPossible(_("Người này đã ở trong nhóm."))
    open_ones = Invitation.objects.open().filter(producer=producer)
    open_ones.filter(email=email).update(withdrawn_at=timezone.now())
    if open_ones.count() >= MOST_OPEN:
        raise NotPossible(_("Đã có 10 lời mời chưa ai nhận. Hãy thu bớt lại rồi mời tiếp."))
    invitation = Invitation.objects.create(producer=producer, email=email, role=role, invited_by=by)
    write_letter(
        "PRODUCER_INVITATION",
        to=email,
        context={"invitation": invitation, "path": invitation.get_absolute_url()},
        language=by.language,
    )
    return invitation


def withdraw(invitation: Invitation) -> None:
    """The link opens nothing any more; harmless twice."""
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(
        withdrawn_at=timezone.now()
    )


@transaction.atomic
def accept(invitation: Invitation, user: Any) -> Membership:
    """The person with the letter joins; harmless twice for the same person.

    Somebody who is there already keeps the greater of both roles. Raises NotPossible.
    """
    found = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    there = Membership.objects.filter(partner=found.producer_id, user=user).first()
    if found.accepted_by_id == user.pk and there is not None:
        return there
    if not Invitation.objects.open().filter(pk=found.pk).exists():
        raise NotPossible(_("Lời mời này không còn dùng được. Hãy nhờ người mời gửi lại."))
    if there is None:
        _tell_owners(found, user)
        there = Membership.objects.create(partner=found.producer, user=user, role=found.role)
    elif not there.may(Role(found.role)):
        _tell_owners(found, user)
        there.role = found.role
        there.save(update_fields=["role"])
    found.accepted_at, found.accepted_by = timezone.now(), user
    found.save()
    return there


def _tell_owners(invitation: Invitation, joined: Any) -> None:
    """Write to every owner but who joins: nobody enters a producer in silence."""
    owners = Membership.objects.filter(
        partner=invitation.producer_id, role=Role.OWNER, user__is_active=True
    ).exclude(user=joined)
    for owner in owners.select_related("user").order_by("pk"):
        write_letter(
            "PRODUCER_MEMBER_JOINED",
            to=owner.user.email,
            context={"invitation": invitation, "joined": joined},
            language=owner.user.language,
            user=owner.user,
        )
