"""Oscar's dispatcher, sending by letter: its mails too leave the request."""

from typing import Any

from django.utils.translation import get_language
from oscar.apps.communication import utils

from shop.communication.letters import Letter
from shop.communication.writing import SUBJECT_LENGTH, keep_letter


class Dispatcher(utils.Dispatcher):
    def send_email_messages(
        self,
        recipient_email: str,
        messages: dict[str, Any],
        from_email: str | None = None,
        attachments: Any = None,
    ) -> Letter:
        """Keep the mail as a letter. Attachments are not supported: none of ours has any."""
        return keep_letter(
            Letter(
                event_code="OSCAR",
                to=recipient_email,
                subject=" ".join(str(messages["subject"]).split())[:SUBJECT_LENGTH],
                text=str(messages["body"] or ""),
                html=str(messages["html"] or ""),
                language=get_language() or "vi",
            )
        )

    def create_email(self, user: Any, messages: dict[str, Any], email: Any) -> None:
        """Nothing more: the letter is the record."""
