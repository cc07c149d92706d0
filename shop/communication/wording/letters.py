"""The words of one letter: staff's where they wrote some that work, else the shop's own."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string

from shop.communication.event_type import CommunicationEventType
from shop.communication.wording.engine import check, drawn
from shop.communication.wording.kinds import KINDS, needed_in, variables_of
from shop.communication.wording.originals import file_of

logger = logging.getLogger(__name__)
SUBJECT_LENGTH = 250


@dataclass(frozen=True)
class Words:
    """`subject` is one line; `html` is empty for a letter of text only."""

    subject: str
    text: str
    html: str


def words_of(code: str, facts: Mapping[str, Any]) -> Words:
    """The letter in `facts["language"]`, which the caller has activated.

    Raises TemplateDoesNotExist for an event without templates.
    """
    staff = None
    if code in KINDS:
        staff = CommunicationEventType.objects.filter(code=code).first()
    return words_with(code, facts, staff)


def words_with(code: str, facts: Mapping[str, Any], staff: CommunicationEventType | None) -> Words:
    """The letter with what `staff` holds, kept or not yet kept."""
    subject = _part(code, "subject", facts, staff)
    html = _part(code, "html", facts, staff, one_line(subject))
    return Words(one_line(subject), _part(code, "text", facts, staff).strip() + "\n", html)


def one_line(words: str) -> str:
    """A subject: nothing that was typed into it begins another header."""
    return " ".join(words.split())[:SUBJECT_LENGTH]


def _part(
    code: str,
    part: str,
    facts: Mapping[str, Any],
    staff: CommunicationEventType | None,
    subject: str = "",
) -> str:
    is_html = part == "html"
    written = staff.source(part, facts["language"]) if staff else ""
    if written and (words := _of_staff(code, part, written, facts)) is not None:
        if not is_html:
            return words
        return render_to_string(
            "emails/staff_words.html", {**facts, "subject": subject, "body": words}
        )
    try:
        found: str = render_to_string(
            file_of(code, part), {**facts, "is_html": is_html, "subject": subject}
        )
    except TemplateDoesNotExist:
        if not is_html:
            raise
        return ""
    return found


def _of_staff(code: str, part: str, written: str, facts: Mapping[str, Any]) -> str | None:
    """None for words that do not work: the letter leaves with the shop's own instead."""
    try:
        is_html = part == "html"
        check(written, allowed=variables_of(code), needed=needed_in(code, part), is_html=is_html)
        words = drawn(written, facts, is_html=is_html)
    except Exception:  # whatever it is, the letter must leave
        logger.exception("staff's words for %s (%s) do not work", code, part)
        return None
    return words if words.strip() else None
