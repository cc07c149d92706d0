"""The shop's settings for tests: nothing leaves the process, nothing costs time."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_SCRATCH = Path(tempfile.mkdtemp(prefix="phien-cho-test-"))
atexit.register(shutil.rmtree, _SCRATCH, ignore_errors=True)

# Before the shop's settings are read, and stronger than a developer's .env.
os.environ.update(
    SHOP_MODE="test",
    SHOP_VAR_DIR=str(_SCRATCH),
    TASKS="immediate",
    REDIS_URL="",
    PAGE_CACHE_SECONDS="0",
    S3_BUCKET="",
    EMAIL_URL="",
    DEBUG="false",
    LOG_LEVEL="WARNING",
)

from shop.settings import *  # noqa: E402, F403
from shop.settings import INSTALLED_APPS, MIDDLEWARE  # noqa: E402

# Brings the command `flush` that gives the template's rows back after a test that commits.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.database"]
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("axes.")]

AXES_ENABLED = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# As in production: a page's queries are counted without the session's.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "limits")
}
# Tests come from one address, thousands of times; those about limits switch them on.
RATE_LIMITS_ON = False
# And fill in forms faster than people.
FORM_LEAST_SECONDS = 0
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MEDIA_ROOT = _SCRATCH / "media"
STATIC_ROOT = _SCRATCH / "static"
STATIC_ROOT.mkdir()
# A test's client starts the middleware anew; looking for static files when asked for one is cheaper
# than listing all of them each time.
WHITENOISE_AUTOREFRESH = True
