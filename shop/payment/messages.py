"""What providers say: stored as it came, then applied, once."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from shop.payment.models import ProviderMessage

logger = logging.getLogger(__name__)
BATCH = 100

#: Applies one verified message inside a transaction; says in a few words what came of it.
Handler = Callable[[ProviderMessage], str]


def store_message(
    provider: str, message_id: str, body: bytes | str, kind: str = ""
) -> ProviderMessage:
    """Keep a verified message; one that was told before is the row that is there already.

    Committed by itself: when applying fails or the machine dies, the message waits and
    `apply_waiting` takes it up.
    """
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    # PostgreSQL keeps no NUL in text.
    text = text.replace("\x00", "\ufffd")
    message, _created = ProviderMessage.objects.get_or_create(
        provider=provider, message_id=message_id, defaults={"body": text, "kind": kind[:100]}
    )
    return message


def apply_message(message: ProviderMessage) -> ProviderMessage:
    """Apply a stored message unless that was done; two at once, one does it. Never raises.

    What fails is noted on the message and tried again by the worker.
    """
    try:
        with transaction.atomic():
            locked = ProviderMessage.objects.select_for_update().get(pk=message.pk)
            if locked.state == ProviderMessage.State.APPLIED:
                return locked
            locked.outcome = handler_of(locked.provider)(locked)[:300]
            locked.state = ProviderMessage.State.APPLIED
            locked.applied_at = timezone.now()
            locked.last_error = ""
            locked.save()
            return locked
    except Exception as error:  # whatever it is, the message is kept and tried again
        logger.exception("message %s was not applied", message)
        ProviderMessage.objects.filter(pk=message.pk, state=ProviderMessage.State.NEW).update(
            attempts=F("attempts") + 1, last_error=f"{type(error).__name__}: {error}"[:2000]
        )
        message.refresh_from_db()
        return message


def apply_waiting(most: int = BATCH) -> int:
    """Apply what is stored and was not applied yet; how many were."""
    done = 0
    for message in ProviderMessage.objects.waiting().order_by("pk")[:most]:
        done += apply_message(message).state == ProviderMessage.State.APPLIED
    return done


def handler_of(provider: str) -> Handler:
    """Raises KeyError for a provider that the settings do not name."""
    return import_string(settings.PAYMENT_PROVIDERS[provider])
