"""Errors by mail to `ADMINS`: scrubbed, and not a thousand of them in one incident."""

import logging
import threading
import time
import traceback
import zlib
from copy import copy
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.log import AdminEmailHandler
from django.utils.safestring import SafeString, mark_safe
from django.views.debug import ExceptionReporter

from shop.observability.ids import current_id
from shop.observability.scrubbing import scrub, scrub_message, scrubbed_path

HOUR = 3600


class ErrorReporter(ExceptionReporter):
    """What a mail says of a request: where it failed. No form, no cookie, no header, no query."""

    def get_traceback_text(self) -> SafeString:
        lines = []
        if self.request is not None:
            match = self.request.resolver_match
            lines.append(f"{self.request.method} {scrubbed_path(self.request)}")
            lines.append(f"View: {match.view_name if match else '-'}")
        lines.append(f"Id: {current_id() or '-'}\n")
        if isinstance(self.exc_value, BaseException):
            lines.append("".join(traceback.format_exception(self.exc_value)))
        return mark_safe("\n".join(lines))  # plain text


class Counts:
    """How often something happened: in all processes where they share a cache, else in this one."""

    def __init__(self) -> None:
        self.own: dict[str, tuple[float, int]] = {}
        self.lock = threading.Lock()

    def add(self, key: str, seconds: int) -> int:
        """Count once more; how many it is within these seconds."""
        try:
            cache.add(key, 0, seconds)
            return cache.incr(key)
        except Exception:  # the cache may be what broke
            return self._add_here(key, seconds)

    def _add_here(self, key: str, seconds: int) -> int:
        now = time.monotonic()
        with self.lock:
            until, count = self.own.get(key, (0.0, 0))
            if until <= now:
                until, count = now + seconds, 0
            self.own[key] = (until, count + 1)
            if len(self.own) > 1000:
                self.own = {name: kept for name, kept in self.own.items() if kept[0] > now}
            return count + 1


class ErrorMailHandler(AdminEmailHandler):
    """One mail for the same error in `ERROR_MAIL_SECONDS`, `ERROR_MAILS_AN_HOUR` in all."""

    counts = Counts()

    def __init__(self) -> None:
        super().__init__(include_html=False, reporter_class=f"{__name__}.ErrorReporter")

    def emit(self, record: logging.LogRecord) -> None:
        if not settings.ADMINS:
            return
        same = self.counts.add(f"error-mail:{_kind(record)}", settings.ERROR_MAIL_SECONDS)
        if same > 1:
            return
        sent = self.counts.add("error-mails", HOUR)
        if sent > settings.ERROR_MAILS_AN_HOUR:
            return
        try:
            clean = copy(record)
            clean.msg, clean.args = scrub_message(record.getMessage(), record), None
            super().emit(clean)
        except Exception:  # what reports a failure must not become another one
            self.handleError(record)

    def format_subject(self, subject: str) -> str:
        """One line, with the id by which the log is searched."""
        return super().format_subject(f"{subject} [{current_id() or '-'}]")

    def send_mail(self, subject: Any, message: Any, *args: Any, **kwargs: Any) -> None:
        super().send_mail(subject, scrub(str(message)), *args, **kwargs)


def _kind(record: logging.LogRecord) -> str:
    """The same for the same error: where it was raised, else which line logged it."""
    error = record.exc_info[1] if record.exc_info else None
    frames = traceback.extract_tb(error.__traceback__) if error is not None else []
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    kind = f"{type(error).__name__}:{place}:{record.name}:{record.lineno}"
    return f"{zlib.crc32(kind.encode()):x}"
