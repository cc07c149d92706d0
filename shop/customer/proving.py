"""Proving an email address: by a link in a letter to it, opened by its account, signed in.

Both are asked for. The link alone would let whoever signed up with a stranger's address have the
stranger confirm it; the password alone proves nothing about the address.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from shop.communication.personal import tie_letters
from shop.communication.writing import write_letter
from shop.personal.consenting import move_consents
from shop.users.models import User

SALT = "shop.customer.email"
LINK_DAYS = 3


@dataclass(frozen=True)
class Proof:
    """What a link says: the account, its address when the link was written, the one to prove."""

    user: int
    present: str
    proved: str

    @property
    def is_change(self) -> bool:
        return self.present != self.proved


def write_confirm_letter(user: User) -> None:
    """A link that proves the account's own address."""
    _write(user, user.email, "EMAIL_CONFIRM")


def write_change_letter(user: User, email: str) -> None:
    """A link that makes `email` the account's address; until it is opened nothing changes."""
    _write(user, email.strip().lower(), "EMAIL_CHANGE")


def proof_of(token: str, user: User) -> Proof | None:
    """What the link says if it is `user`'s, fresh and still true; None otherwise."""
    try:
        key, present, proved = signing.loads(token, salt=SALT, max_age=LINK_DAYS * 24 * 60 * 60)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    proof = Proof(key, present, proved)
    return proof if (proof.user, proof.present) == (user.pk, user.email) else None


def accept(proof: Proof) -> User:
    """The address is proved, and is the account's from now on; the old one is told.

    Raises ValidationError when somebody else has that address by now. Twice is harmless.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=proof.user)
        if User.objects.filter(email=proof.proved).exclude(pk=user.pk).exists():
            raise ValidationError(_("Email này đã có tài khoản khác."))
        if proof.is_change:
            tie_letters(user)
        user.email = proof.proved
        user.email_verified_at = timezone.now()
        user.save(update_fields=["email", "email_verified_at"])
        if proof.is_change:
            move_consents(proof.present, proof.proved, user=user)
            write_letter(
                "EMAIL_CHANGED",
                to=proof.present,
                context={"user": user, "email": proof.proved},
                language=user.language,
                user=user,
            )
    return user


def _write(user: User, email: str, event_code: str) -> None:
    token = signing.dumps([user.pk, user.email, email], salt=SALT)
    with override(user.language):
        link = reverse("customer:email-confirm", args=[token])
    write_letter(
        event_code,
        to=email,
        # Without the name: whoever typed it may not be who reads it.
        context={"email": email, "days": LINK_DAYS, "link": settings.BASE_URL + link},
        language=user.language,
        user=user,
    )
