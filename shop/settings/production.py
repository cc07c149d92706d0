"""What production may not do without: named all at once, before anything is served."""

from django.core.exceptions import ImproperlyConfigured

from shop.settings.base import BASE_URL, DEFAULT_SECRET_KEY, SECRET_KEY
from shop.settings.env import IS_PRODUCTION, MODE, env
from shop.settings.security import SECURE_SSL_REDIRECT

MODES = ("demo", "test", "production")
#: Least length of a production secret, in characters.
SECRET_KEY_MIN_LENGTH = 50


def missing_in_production() -> list[str]:
    """Names of the environment variables that production needs and has not got."""
    needed = ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL", "BASE_URL"]
    # Not guessed: one too few and all visitors count as one, one too many and they write it.
    needed.append("TRUSTED_PROXIES")
    missing = [name for name in needed if not env.str(name, "")]
    if "SECRET_KEY" not in missing and (
        SECRET_KEY == DEFAULT_SECRET_KEY or len(SECRET_KEY) < SECRET_KEY_MIN_LENGTH
    ):
        missing.insert(
            0, f"SECRET_KEY (must be your own, {SECRET_KEY_MIN_LENGTH} characters or more)"
        )
    if "BASE_URL" not in missing and not BASE_URL.startswith("https://") and SECURE_SSL_REDIRECT:
        missing.append("BASE_URL (must begin with https://, letters and pages name it)")
    return missing


if MODE not in MODES:
    raise ImproperlyConfigured(f"SHOP_MODE is {MODE!r}; it must be one of {', '.join(MODES)}.")
if IS_PRODUCTION and (_missing := missing_in_production()):
    raise ImproperlyConfigured(
        "SHOP_MODE=production, but these are not set: " + ", ".join(_missing)
    )
