"""Wagtail: the custom base page and image, languages, uploads."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from shop.settings.env import env

WAGTAIL_SITE_NAME = env.str("SHOP_NAME", "Phiên chợ Lục Nam")
#: The shop's own sign-in, and its way to a new password, for editors too.
WAGTAILADMIN_LOGIN_URL = reverse_lazy("customer:login")
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000")
# Neither can be changed after the first migrate.
WAGTAIL_PAGE_MODEL = "cms.BasePage"
WAGTAILIMAGES_IMAGE_MODEL = "pictures.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "catalogue.pictures.forms.PictureForm"

WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("English"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
# The editor drops marked letters where it may not keep them; ours become plain on saving.
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAIL_USER_TIME_ZONES = ["Asia/Ho_Chi_Minh"]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
TAGGIT_CASE_INSENSITIVE = True

MEGABYTE = 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * MEGABYTE
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "heic"]
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"heic": "jpeg", "avif": "avif", "webp": "webp"}
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * MEGABYTE
WAGTAILDOCS_EXTENSIONS = ["pdf", "jpg", "jpeg", "png"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT = True
# No video provider is asked while a page is shown (no third-party cookies, no SSRF).
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
