"""Django itself: apps, middleware, templates, database, caches, files, mail, language."""

from datetime import timedelta
from typing import Any

from shop.settings.env import BASE_DIR, IS_PRODUCTION, MODE, VAR_DIR, env

SHOP_MODE = MODE
DEMO_MODE = MODE == "demo"
DEBUG = env.bool("DEBUG", False)
#: The embedded shop's key. Production refuses to start with it.
DEFAULT_SECRET_KEY = "insecure-embedded-key-for-a-shop-on-one-machine-only-0123456789"
SECRET_KEY = env.str("SECRET_KEY", DEFAULT_SECRET_KEY)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
#: Public address of the shop, used in emails, QR codes and share cards.
BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_ID = 1

INSTALLED_APPS = [
    "cms.apps.CmsConfig",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.people_admin.apps.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "auditlog",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "shop.apps.ShopConfig",
    "shop.observability.apps.ObservabilityConfig",
    "shop.health.apps.HealthConfig",
    "shop.pagecache.apps.PageCacheConfig",
    "shop.users.apps.UsersConfig",
    "shop.personal.apps.PersonalConfig",
    "shop.places.apps.PlacesConfig",
    "shop.producers.apps.ProducersConfig",
    "shop.giving.apps.GivingConfig",
    "shop.contracts.apps.ContractsConfig",
    "shop.invoices.apps.InvoicesConfig",
    "shop.settlements.apps.SettlementsConfig",
    "shop.returns.apps.ReturnsConfig",
    "shop.corporate.apps.CorporateConfig",
    "shop.office.apps.OfficeConfig",
    "shop.audit.apps.AuditConfig",
    "shop.two_factor.apps.TwoFactorConfig",
    "shop.exports.apps.ExportsConfig",
    "shop.programme.apps.ProgrammeConfig",
    "shop.carriers.apps.CarriersConfig",
    "shop.questions.apps.QuestionsConfig",
    "catalogue.pictures.apps.PicturesConfig",
    "catalogue.lookup.apps.LookupConfig",
    "catalogue.browse.apps.BrowseConfig",
    # Oscar, forked where a class of it changes
    "oscar.config.Shop",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "shop.checkout.apps.CheckoutConfig",
    "shop.address.apps.AddressConfig",
    "shop.shipping.apps.ShippingConfig",
    "catalogue.apps.CatalogueConfig",
    "shop.reviews.apps.ReviewsConfig",
    "shop.communication.apps.CommunicationConfig",
    "shop.partner.apps.PartnerConfig",
    "shop.basket.apps.BasketConfig",
    "shop.payment.apps.PaymentConfig",
    "shop.offer.apps.OfferConfig",
    "shop.order.apps.OrderConfig",
    "shop.customer.apps.CustomerConfig",
    "shop.search.apps.SearchConfig",
    "oscar.apps.voucher.apps.VoucherConfig",
    "shop.promotion.apps.PromotionConfig",
    "shop.wishlists.apps.WishlistsConfig",
    "shop.dashboard.apps.DashboardConfig",
    "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig",
    "shop.dashboard.users.apps.UsersDashboardConfig",
    "shop.dashboard.orders.apps.OrdersDashboardConfig",
    "shop.dashboard.catalogue.apps.CatalogueDashboardConfig",
    "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
    "shop.dashboard.partners.apps.PartnersDashboardConfig",
    # Needs flatpages; pages belong to Wagtail. Installed because Oscar's dashboard asks for it.
    "oscar.apps.dashboard.pages.apps.PagesDashboardConfig",
    "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
    "shop.reviews.staff.apps.ReviewsDashboardConfig",
    "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    "shop.communication.staff.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
    "django.contrib.flatpages",
    "widget_tweaks",
    "haystack",
    "treebeard",
    "django_tables2",
    "phonenumber_field",
]

MIDDLEWARE = [
    # Before everything: load balancers ask without a host's name, a session or HTTPS.
    "shop.health.middleware.ProbesMiddleware",
    "shop.observability.middleware.RequestMiddleware",
    "shop.pagecache.middleware.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "shop.limits.bodies.BodyLimitMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "shop.headers.middleware.ResourcePolicyMiddleware",
    "shop.compression.TextCompressionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shop.headers.policy.PolicyMiddleware",
    "shop.private_pages.PrivatePagesMiddleware",
    "shop.keys.KeysMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "shop.pagecache.same_origin.SameOriginMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "shop.two_factor.middleware.SecondStepMiddleware",
    "shop.audit.middleware.ActorMiddleware",
    "shop.users.middleware.DeviceMiddleware",
    "shop.limits.middleware.LimitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shop.basket.middleware.BasketMiddleware",
    "cms.redirects.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"
AUTH_USER_MODEL = "users.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "wagtail.contrib.settings.context_processors.settings",
                "oscar.core.context_processors.metadata",
                "shop.context.shop",
                "cms.context.pages",
                "shop.pagecache.same_origin.token",
            ],
        },
    }
]

# --- Database -------------------------------------------------------------------------------

DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'shop.sqlite3'}")
DATABASES = {"default": env.dj_db_url("DATABASE_URL", DATABASE_URL)}
_database: dict[str, Any] = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # With stock settings two buyers at once meet "database is locked"; with these none did.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            "PRAGMA busy_timeout=20000;"
        ),
    }
else:
    # A connection opened per request costs six times the requests of a kept one.
    _database["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", 600)
    _database["CONN_HEALTH_CHECKS"] = True
    _options: dict[str, Any] = _database.setdefault("OPTIONS", {})
    # Connections of a process that its threads share: "2-8", fewest and most. They are kept, so
    # none belongs to a thread any more.
    if _pool := env.str("DATABASE_POOL", ""):
        _least, _dash, _most = _pool.partition("-")
        _options["pool"] = {"min_size": int(_least), "max_size": int(_most or _least)}
        _database["CONN_MAX_AGE"] = 0
    # Behind pgbouncer in transaction mode each transaction has another session, so neither a cursor
    # nor a prepared statement may outlive one.
    if env.bool("DATABASE_PGBOUNCER", False):
        _database["DISABLE_SERVER_SIDE_CURSORS"] = True
    else:
        # Planning the wide statement of a page takes longer than running it: what a connection asks
        # for the fifth time is planned once more and kept.
        _options |= {"server_side_binding": True, "prepare_threshold": 5}
        # Joined to a table of a few rows (baskets, boxes), the planner walks all products in the
        # order of their keys: half a second in a shop of 100,000, where an index answers at once.
        # Off for every statement, since wherever few are joined to many it would come back: of the
        # statement of cards alone, the home page's takes 100 ms with it and 3 without.
        # And a statement made of many small ones is taken for a great one, for which it starts
        # processes: 20 to 150 ms, for what one does in 5, while other requests want the cores.
        _options.setdefault(
            "options", "-c enable_mergejoin=off -c max_parallel_workers_per_gather=0"
        )
_database["ATOMIC_REQUESTS"] = False
#: How long a migration waits for others' locks, seconds (PostgreSQL).
MIGRATE_LOCK_SECONDS = env.int("MIGRATE_LOCK_SECONDS", 5)

# --- Cache, sessions ------------------------------------------------------------------------

REDIS_URL = env.str("REDIS_URL", "")
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    ),
    # How often who came (`shop.limits`). Without Redis each process counts by itself.
    "limits": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "limits",
        }
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "limits",
            "OPTIONS": {"MAX_ENTRIES": 50_000},
        }
    ),
}
# A cache of each process by itself would keep a session that another process has ended.
SESSION_ENGINE = f"django.contrib.sessions.backends.{'cached_db' if REDIS_URL else 'db'}"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
# In a signed cookie: a guest to whom something was said needs no session for it.
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"

# --- Files ----------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
WHITENOISE_AUTOREFRESH = MODE == "demo" and DEBUG

_S3_BUCKET = env.str("S3_BUCKET", "")
_S3: dict[str, Any] = {
    "bucket_name": _S3_BUCKET,
    "endpoint_url": env.str("S3_ENDPOINT_URL", None),
    "region_name": env.str("S3_REGION", None),
    "access_key": env.str("S3_ACCESS_KEY", None),
    "secret_key": env.str("S3_SECRET_KEY", None),
    "file_overwrite": False,
}
STORAGES: dict[str, dict[str, Any]] = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                **_S3,
                "custom_domain": env.str("S3_CUSTOM_DOMAIN", None),
                "querystring_auth": False,
            },
        }
        if _S3_BUCKET
        else {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    ),
    # Papers of producers: no address of the shop leads there, and a bucket must not be public.
    "private": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                **_S3,
                "bucket_name": env.str("S3_PRIVATE_BUCKET", _S3_BUCKET),
                "location": "private",
                "default_acl": "private",
                "querystring_auth": True,
            },
        }
        if _S3_BUCKET
        else {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": VAR_DIR / "private"},
        }
    ),
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if IS_PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
#: The whole of a request, files with it: the photographs of a listing at once.
MOST_REQUEST_BYTES = 64 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
#: Pages of many blocks in Wagtail's editor have thousands.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- Language, time, money ------------------------------------------------------------------

LANGUAGE_CODE = "vi"
#: Each by its own name, whoever reads.
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
#: Whole fonts, for what is drawn and printed here; browsers get the subsets in static/fonts.
PRINT_FONTS = BASE_DIR / "shop" / "contracts" / "fonts"
LOCALE_PATHS = [BASE_DIR / "shop" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["shop.formats"]

# --- Mail -----------------------------------------------------------------------------------

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if env.str("EMAIL_URL", ""):
    _email = env.dj_email_url("EMAIL_URL")
    EMAIL_HOST = _email["EMAIL_HOST"]
    EMAIL_PORT = _email["EMAIL_PORT"]
    EMAIL_HOST_USER = _email["EMAIL_HOST_USER"]
    EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = _email["EMAIL_USE_TLS"]
    EMAIL_USE_SSL = _email["EMAIL_USE_SSL"]
else:
    # No mail server: letters are kept as files beside the database, for a person to read.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Phiên chợ <donhang@phiencho.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20

# --- Background work ------------------------------------------------------------------------

TASKS = {
    "default": {
        "BACKEND": (
            "django_tasks_db.DatabaseBackend"
            if env.str("TASKS", "immediate") == "database"
            else "django_tasks.backends.immediate.ImmediateBackend"
        )
    }
}
