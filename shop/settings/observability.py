"""What operators see: logs, error mails, metrics, Sentry, and when the shop counts as ready."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from shop.settings.env import IS_PRODUCTION, env

# --- Logs -----------------------------------------------------------------------------------

#: `json` (one object a line, for a collector) or `line` (for people).
LOG_FORMAT = env.str("LOG_FORMAT", "json" if IS_PRODUCTION else "line")
if LOG_FORMAT not in ("json", "line"):
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}; it must be json or line.")
#: One line for each request, without its query.
ACCESS_LOG = env.bool("ACCESS_LOG", IS_PRODUCTION)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    # 503 is said on purpose, by /readyz/ and where something is turned off.
    "filters": {"unmeant": {"()": "shop.observability.logs.unmeant"}},
    "formatters": {"shop": {"()": "shop.observability.logs.LogFormatter", "shape": LOG_FORMAT}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "shop"},
        "error_mails": {
            "class": "shop.observability.mails.ErrorMailHandler",
            "level": "ERROR",
            "formatter": "shop",
        },
    },
    "root": {"handlers": ["console", "error_mails"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        # Django's own handler would mail whole requests.
        "django": {"handlers": [], "level": "INFO"},
        "django.request": {"level": "ERROR", "filters": ["unmeant"]},
        # Scanners that ask for other hosts: a 400 in the access log is enough.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL"},
        "gunicorn.error": {"level": env.str("GUNICORN_LOG_LEVEL", "warning").upper()},
        "shop.access": {"level": "INFO"},
        "axes": {"level": "WARNING"},
        "oscar": {"level": "WARNING"},
    },
}

# --- Error mails ----------------------------------------------------------------------------

#: Who is told of errors, addresses with commas between.
_admins: list[str] = env.list("ADMINS", [])
ADMINS = [(address, address) for address in _admins]
EMAIL_SUBJECT_PREFIX = "[Phiên chợ] "
#: The same error is told once in so many seconds, and no more than so many mails in an hour.
ERROR_MAIL_SECONDS = env.int("ERROR_MAIL_SECONDS", 600)
ERROR_MAILS_AN_HOUR = env.int("ERROR_MAILS_AN_HOUR", 20)

# --- Metrics --------------------------------------------------------------------------------

#: `Authorization: Bearer …` for /metrics/ and for the details of /readyz/. Empty: no metrics.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")

# --- Sentry ---------------------------------------------------------------------------------

#: Empty: sentry-sdk is not even imported.
SENTRY_DSN = env.str("SENTRY_DSN", "")
SENTRY_ENVIRONMENT = env.str("SENTRY_ENVIRONMENT", "production" if IS_PRODUCTION else "demo")
#: Empty: the git commit, else the package's version.
SENTRY_RELEASE = env.str("SENTRY_RELEASE", "")
SENTRY_TRACES_SAMPLE_RATE = env.float("SENTRY_TRACES_SAMPLE_RATE", 0.0)

# --- Ready ----------------------------------------------------------------------------------

#: No check of /readyz/ is waited for longer, seconds.
READY_SECONDS = env.float("READY_SECONDS", 2.0)
#: Less free space than this where media or the runtime files lie is not ready, megabytes.
READY_FREE_MB = env.int("READY_FREE_MB", 500)
#: A worker that said nothing for longer is dead, seconds; so is a queue that nobody takes from.
READY_WORKER_SECONDS = env.int("READY_WORKER_SECONDS", 300)
