"""Giving and withdrawing consent. Each answer is a row; the latest one of an address holds."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language, override

from shop.communication.writing import write_letter
from shop.personal.models import Consent, hash_of
from shop.personal.purposes import PURPOSES, Purpose

SALT = "shop.personal.consent"
Source = Consent.Source


def has_consent(purpose: Purpose, email: str) -> bool:
    """Whether the owner of `email` agrees to `purpose` now. Ask right before writing to them."""
    latest = (
        Consent.objects.counted()
        .filter(email_hash=hash_of(email), purpose=purpose.code)
        .order_by("-pk")
        .values_list("granted", flat=True)
        .first()
    )
    return bool(latest)


def give(purpose: Purpose, email: str, *, source: str, user: Any = None) -> None:
    """They agree. One letter says so, with the way out: somebody may have typed a wrong address.

    Said again, nothing is written.
    """
    if has_consent(purpose, email):
        return
    with transaction.atomic():
        consent = _write(purpose, email, True, source, user)
        if user is None or user.email_verified_at is None:
            link = withdraw_link(purpose, email)
            write_letter(
                "CONSENT_GIVEN",
                to=consent.email,
                context={"words": consent.words, "link": link},
                language=consent.language,
                user=consent.user,
                stop_link=link,
            )


def withdraw(purpose: Purpose, email: str, *, source: str, user: Any = None) -> None:
    """They no longer agree. Nothing to write where they never did, or did so already."""
    if has_consent(purpose, email):
        _write(purpose, email, False, source, user)


def withdraw_all(email: str, *, source: str) -> None:
    for purpose in PURPOSES.values():
        withdraw(purpose, email, source=source)


def move_consents(old: str, new: str, *, user: Any) -> None:
    """The account has another address: what it agreed to it agrees to there, and no longer here."""
    for purpose in PURPOSES.values():
        if has_consent(purpose, old):
            _write(purpose, old, False, Source.ACCOUNT, user)
            _write(purpose, new, True, Source.ACCOUNT, user)


def withdraw_link(purpose: Purpose, email: str) -> str:
    """The whole link by which an address is taken out without signing in. No address is in it."""
    token = signing.dumps([purpose.code, hash_of(email)], salt=SALT)
    return settings.BASE_URL + reverse("customer:consent-withdraw", args=[token])


def latest_of_link(token: str) -> Consent | None:
    """The answer that a withdrawal link is about, with purpose and hash; None for a forged one."""
    try:
        code, hashed = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Consent.objects.filter(purpose=code, email_hash=hashed).order_by("-pk").first()


def withdraw_by_link(consent: Consent) -> None:
    """The same as `withdraw`, for an address of which only the hash may be left."""
    if consent.granted:
        Consent.objects.create(
            purpose=consent.purpose,
            granted=False,
            email=consent.email,
            email_hash=consent.email_hash,
            user=consent.user,
            words=consent.words,
            words_version=consent.words_version,
            language=consent.language,
            source=Source.LINK,
        )


def _write(purpose: Purpose, email: str, granted: bool, source: str, user: Any) -> Consent:
    language = (get_language() or "vi")[:2]
    with override(language):
        words = purpose.sentence()
    return Consent.objects.create(
        purpose=purpose.code,
        granted=granted,
        email=email.strip().lower(),
        email_hash=hash_of(email),
        user=user if user is not None and user.is_authenticated else None,
        words=words,
        words_version=purpose.version,
        language=language,
        source=source,
    )
