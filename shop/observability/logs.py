"""How log lines look: one JSON object each, or one readable line each; scrubbed in either.

Every record of the process passes here, of Django, gunicorn and libraries too. What is bound with
`structlog.contextvars` (request_id, job, job_id, task_id, order) stands in each line.
"""

from typing import Literal

import structlog
from django.utils.log import CallbackFilter
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from shop.observability.scrubbing import scrub, scrub_message

Shape = Literal["json", "line"]
#: `extra=` of a record that may be written; anything else (Django adds the whole request) may not.
EXTRA = ("method", "view", "path", "status", "ms", "queries")
#: Made by ourselves: nothing of a person's can be in them.
_OURS = frozenset({"timestamp", "level", "logger", "request_id", "job_id", "method", "view"})
#: Scrubbed where they are written (`scrubbed_path`), once for each request.
_CLEAN = frozenset({"path"})


def scrub_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A structlog processor: no text keeps what must not be logged, nor ends the line itself."""
    record = event["_record"]
    if hasattr(record, "request"):
        event["event"] = scrub_message(event["event"], record)
    for key, value in event.items():
        if key in _OURS or not isinstance(value, str):
            continue
        clean = value if key in _CLEAN else scrub(value)
        if key != "exception":
            clean = clean.replace("\n", "\\n").replace("\r", "\\r")
        event[key] = clean
    return event


def unmeant() -> CallbackFilter:
    """A filter that lets errors pass, but not a 503: that is an answer."""
    return CallbackFilter(lambda record: getattr(record, "status_code", 0) != 503)


class LogFormatter(ProcessorFormatter):
    """The one formatter of `LOGGING`; `shape` is `json` or `line`."""

    def __init__(self, shape: Shape) -> None:
        renderer: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
        if shape == "line":
            renderer = structlog.dev.ConsoleRenderer(
                colors=False,
                pad_event_to=0,
                pad_level=False,
                exception_formatter=structlog.dev.plain_traceback,
            )
        super().__init__(
            foreign_pre_chain=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(allow=EXTRA),
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[
                structlog.processors.format_exc_info,
                scrub_line,
                ProcessorFormatter.remove_processors_meta,
                renderer,
            ],
        )
