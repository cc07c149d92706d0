"""Errors to Sentry, or to a server that speaks like it. Imported only where SENTRY_DSN is set."""

import tomllib
from typing import Any

import sentry_sdk
from django.conf import settings
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.types import Event, Hint
from sentry_sdk.utils import get_default_release
from structlog.contextvars import get_contextvars

from shop.observability.scrubbing import scrub_deep

#: What is bound while a request or a job runs, and may be searched for at Sentry.
TAGS = ("request_id", "job", "job_id", "task_id", "order")
#: Parts of a request that may go: no query, form, cookie, header or address of a machine.
REQUEST_PARTS = ("method", "url")


def start() -> None:
    """Begin to report; once in each process that reads the apps."""
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        environment=settings.SENTRY_ENVIRONMENT,
        release=settings.SENTRY_RELEASE or get_default_release() or _version(),
        traces_sample_rate=settings.SENTRY_TRACES_SAMPLE_RATE,
        integrations=[DjangoIntegration(middleware_spans=False, signals_spans=False)],
        send_default_pii=False,
        # Local variables of a frame hold forms, addresses, whole orders.
        include_local_variables=False,
        max_request_body_size="never",
        before_send=cleaned,
        before_send_transaction=cleaned,
    )


def cleaned(event: Event, _hint: Hint) -> Event:
    """The event with its ids as tags, and nothing of a person's."""
    bound = get_contextvars()
    event["tags"] = {
        **(event.get("tags") or {}),
        **{name: str(bound[name]) for name in TAGS if name in bound},
    }
    request: dict[str, Any] = event.get("request") or {}
    if request:
        event["request"] = {name: request[name] for name in REQUEST_PARTS if name in request}
    event.pop("user", None)
    return scrub_deep(event)


def _version() -> str:
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    return f"{project['name']}@{project['version']}"
