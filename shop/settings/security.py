"""Sign-in, cookies, headers, content security policy."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE

from shop.settings.env import BASE_DIR, IS_PRODUCTION, env

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "shop.users.backends.EmailBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("first_name", "email", "phone")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "shop.users.passwords.validators.KnownPasswordValidator"},
]
#: Known passwords; another one is made by `manage.py build_password_list` from Pwned Passwords.
PASSWORD_LIST = Path(
    env.str("PASSWORD_LIST", str(BASE_DIR / "shop" / "users" / "passwords" / "known.bin"))
)
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60

# Ten wrong passwords for one account from one address close that door for a quarter of an hour.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "shop.limits.answers.locked_out"
# Who goes on guessing does not keep the door closed: it opens when its time is over.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "shop.users.names.locked_name"
AXES_RESET_ON_SUCCESS = True
# A browser that its owner signed in with before is counted for itself.
AXES_WHITELIST_CALLABLE = "shop.users.locking.is_beyond_axes"
AXES_CLIENT_IP_CALLABLE = "shop.network.client_network"
#: Sooner than this nobody fills in a form (`shop.traps`), seconds.
FORM_LEAST_SECONDS = 2
#: How many proxies of ours stand in front and add to `X-Forwarded-For`.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

#: Whether everyone with power signs in by two steps (`shop.two_factor`). Off in the demo, whose
#: passwords are published so that it can be tried.
TWO_FACTOR_REQUIRED = env.bool("TWO_FACTOR_REQUIRED", IS_PRODUCTION)
#: The name beside the codes in people's authenticator apps.
OTP_TOTP_ISSUER = env.str("SHOP_NAME", "Phiên chợ Lục Nam")
#: How long a browser may be remembered after both steps, days.
TWO_FACTOR_REMEMBER_DAYS = 30

#: How long the audit log is kept, days: three years, a civil claim's time (Bộ luật Dân sự 2015,
#: art. 429). Addresses of machines go much earlier.
AUDIT_KEEP_DAYS = env.int("AUDIT_KEEP_DAYS", 3 * 365)
AUDIT_KEEP_ADDRESS_DAYS = env.int("AUDIT_KEEP_ADDRESS_DAYS", 90)
AUDITLOG_DISABLE_ON_RAW_SAVE = True
#: No header of a visitor becomes part of the log.
AUDITLOG_CID_HEADER = None

#: Browsers take a cookie of this name only over HTTPS and from this host itself: no neighbouring
#: site under the same domain can plant one. Not the CSRF cookie, whose plain name Oscar's dashboard
#: reads.
HOST_ONLY = "__Host-" if IS_PRODUCTION else ""
SESSION_COOKIE_NAME = f"{HOST_ONLY}sessionid"
DEVICE_COOKIE = f"{HOST_ONLY}thiet_bi"
TWO_FACTOR_COOKIE = f"{HOST_ONLY}two_factor"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews in a frame of its own site.
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # asks for DENY, see the line above

#: Pages of Wagtail and Oscar that bring scripts within themselves. Our own pages of the staff are
#: under the shop's policy.
_OSCARS_OWN = ("catalogue", "partners", "offers", "ranges", "vouchers", "khach-hang/alerts")
ADMIN_PREFIXES = ("/cms/", *(f"/quan-ly/{name}/" for name in _OSCARS_OWN))
_MEDIA_HOST = env.str("S3_CUSTOM_DOMAIN", "")
_images = [SELF, "data:"] + ([f"https://{_MEDIA_HOST}"] if _MEDIA_HOST else [])
#: Where browsers tell what a policy stopped (`shop.headers.reports`).
_REPORTS = "/bao-cao-csp/"
_shop_policy: dict[str, Any] = {
    "default-src": [SELF],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": _images,
    "font-src": [SELF],
    "connect-src": [SELF],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF, "https://checkout.stripe.com"],
    "media-src": [source for source in _images if source != "data:"],
    "frame-ancestors": [SELF],
    "report-uri": _REPORTS,
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": _shop_policy}
#: What binds Wagtail's and Oscar's own pages; the shop's is reported on them.
ADMIN_POLICY = _shop_policy | {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [*_images, "blob:"],
    "font-src": [SELF, "data:"],
    "form-action": [SELF],
}

#: What no page of the shop asks a browser for.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
}
#: Whom to tell of a hole, a URI, in `/.well-known/security.txt`.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "mailto:anninh@phiencho.example")

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True) and IS_PRODUCTION
if IS_PRODUCTION:
    if SECURE_SSL_REDIRECT:
        _shop_policy["upgrade-insecure-requests"] = True
        ADMIN_POLICY["upgrade-insecure-requests"] = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 365 * 24 * 60 * 60)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
