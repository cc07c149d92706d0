"""Writing letters: rendered and stored in the transaction that causes them, sent after it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import override

from shop.communication.letters import Letter
from shop.communication.sending import deliver_letters

SUBJECT_LENGTH = 250


def write_letter(
    event_code: str,
    *,
    to: str,
    context: Mapping[str, Any],
    language: str,
    order: Any = None,
) -> Letter:
    """Write one letter in `language`; it leaves once the running transaction is committed.

    `ORDER_PLACED` is drawn from `templates/emails/order_placed.subject.txt`, `.txt` and, where
    there is one, `.html`. Links in them begin with `base_url`. Raises TemplateDoesNotExist for an
    event without templates.
    """
    name = f"emails/{event_code.lower()}"
    with override(language):
        facts = {
            "base_url": settings.BASE_URL,
            "shop_name": settings.OSCAR_SHOP_NAME,
            "language": language,
            "order": order,
            **context,
        }
        subject = " ".join(render_to_string(f"{name}.subject.txt", facts).split())
        text = render_to_string(f"{name}.txt", facts).strip() + "\n"
        try:
            html: str = render_to_string(f"{name}.html", facts)
        except TemplateDoesNotExist:
            html = ""
    return keep_letter(
        Letter(
            event_code=event_code,
            to=to,
            subject=subject[:SUBJECT_LENGTH],
            text=text,
            html=html,
            language=language,
            order=order,
        )
    )


def keep_letter(letter: Letter) -> Letter:
    """Store a letter and have it sent after commit. Nothing that fails then reaches the caller."""
    letter.save()
    transaction.on_commit(deliver_letters.enqueue, robust=True)
    return letter
