"""Sending what was written. A failure is noted on the letter and tried again later."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone
from django_tasks import task
from structlog.contextvars import bound_contextvars

from shop.communication.letters import Letter

logger = logging.getLogger(__name__)
#: Wait before each further try, minutes: five minutes, half an hour, two hours, half a day, a day.
RETRY_MINUTES = (5, 30, 120, 720, 1440)
#: Letters sent in one go.
BATCH = 100
ERROR_LENGTH = 2000


@task()
def deliver_letters() -> int:
    """Background task: send what is due; returns how many left."""
    return send_waiting()


def send_waiting(most: int = BATCH) -> int:
    """Send up to `most` letters that are due; returns how many left. Never raises for a letter."""
    due = list(Letter.objects.waiting().order_by("next_try_at", "pk")[:most])
    return sum(_send(letter) for letter in due)


def send_again(letter: Letter) -> bool:
    """Give a letter that was given up all its tries anew; False for any other letter."""
    again = (
        Letter.objects.failed()
        .filter(pk=letter.pk)
        .update(attempts=0, next_try_at=timezone.now(), last_error="")
    )
    if again:
        deliver_letters.enqueue()
    return bool(again)


def _send(letter: Letter) -> bool:
    wait = RETRY_MINUTES[min(letter.attempts, len(RETRY_MINUTES) - 1)]
    # The try is counted before it is made: two workers never send the same letter at once, and
    # one that dies half way tries again after the wait.
    claimed = Letter.objects.filter(
        pk=letter.pk, attempts=letter.attempts, sent_at__isnull=True
    ).update(attempts=F("attempts") + 1, next_try_at=timezone.now() + timedelta(minutes=wait))
    if not claimed:
        return False
    try:
        _email_of(letter).send()
    except Exception as error:  # any mail backend, any fault: it must not reach a request
        with bound_contextvars(order=letter.order.number if letter.order is not None else ""):
            logger.exception("letter %s (%s) was not sent", letter.pk, letter.event_code)
        Letter.objects.filter(pk=letter.pk).update(
            last_error=f"{type(error).__name__}: {error}"[:ERROR_LENGTH]
        )
        return False
    Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now(), last_error="")
    return True


def _email_of(letter: Letter) -> EmailMultiAlternatives:
    headers = {}
    if letter.stop_link:
        # One press in the mail program itself (RFC 8058).
        headers = {
            "List-Unsubscribe": f"<{letter.stop_link}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    email = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        settings.DEFAULT_FROM_EMAIL,
        [letter.to],
        headers=headers,
    )
    if letter.html:
        email.attach_alternative(letter.html, "text/html")
    return email
