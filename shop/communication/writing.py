"""Writing letters: rendered and stored in the transaction that causes them, sent after it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from shop.communication.letters import Letter
from shop.communication.sending import deliver_letters
from shop.communication.wording.letters import SUBJECT_LENGTH, words_of

__all__ = ["SUBJECT_LENGTH", "keep_letter", "write_letter"]


def write_letter(
    event_code: str,
    *,
    to: str,
    context: Mapping[str, Any],
    language: str,
    order: Any = None,
    user: Any = None,
    stop_link: str = "",
) -> Letter:
    """Write one letter in `language`; it leaves once the running transaction is committed.

    `ORDER_PLACED` is drawn from what staff wrote for it, else from
    `templates/emails/order_placed.subject.txt`, `.txt` and, where there is one, `.html`. Links in
    them begin with `base_url`. A letter about an account is tied to it by `user`. `stop_link` ends
    letters of this kind by one press. Raises TemplateDoesNotExist for an event without templates.
    """
    with override(language):
        facts = {
            "base_url": settings.BASE_URL,
            "shop_name": settings.OSCAR_SHOP_NAME,
            "language": language,
            "order": order,
            "stop_link": stop_link,
            **context,
        }
        words = words_of(event_code, facts)
    return keep_letter(
        Letter(
            event_code=event_code,
            to=to,
            subject=words.subject,
            text=words.text,
            html=words.html,
            language=language,
            order=order,
            user=user,
            stop_link=stop_link,
        )
    )


def keep_letter(letter: Letter) -> Letter:
    """Store a letter and have it sent after commit. Nothing that fails then reaches the caller."""
    letter.save()
    transaction.on_commit(deliver_letters.enqueue, robust=True)
    return letter
