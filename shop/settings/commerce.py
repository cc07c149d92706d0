"""Oscar and the rules of selling."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from oscar.defaults import *  # noqa: F403

from shop.settings.env import IS_PRODUCTION, env

OSCAR_SHOP_NAME = env.str("SHOP_NAME", "Phiên chợ Lục Nam")
OSCAR_SHOP_TAGLINE = _("Quà quê có chuyện để kể")
OSCAR_HOMEPAGE = "/"
OSCAR_DEFAULT_CURRENCY = "VND"
OSCAR_CURRENCY_LOCALE = "vi_VN"
OSCAR_CURRENCY_FORMAT = {"VND": {"format": "#,##0\xa0¤", "currency_digits": False}}
#: Prices are what the buyer pays, tax included (Luật Giá 2023).
OSCAR_OFFERS_INCL_TAX = True
OSCAR_OFFER_ROUNDING_FUNCTION = "catalogue.money.to_dong"
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_ALLOW_GUEST_CHECKOUT_WITH_ACCOUNT = True
OSCAR_ALLOW_ANON_REVIEWS = False
OSCAR_MODERATE_REVIEWS = True
OSCAR_EAGER_ALERTS = False
OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = 500
OSCAR_REQUIRED_ADDRESS_FIELDS = ("first_name", "line1", "line4", "country")
OSCAR_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "donhang@phiencho.example")
OSCAR_SLUG_FUNCTION = "catalogue.text.slugify_vi"
OSCAR_BASKET_COOKIE_SECURE = IS_PRODUCTION
OSCAR_PRODUCTS_PER_PAGE = 24
OSCAR_HIDDEN_FEATURES = ["reports"]
OSCAR_DELETE_IMAGE_FILES = False
OSCAR_MISSING_IMAGE_URL = "missing.png"
OSCAR_ACCOUNTS_REDIRECT_URL = "customer:summary"

#: Order numbers start with these letters; with the code they are the transfer note.
ORDER_NUMBER_PREFIX = env.str("ORDER_NUMBER_PREFIX", "PC")

# Statuses: what money did is the payment's state, what happened to goods is the parcel's; the
# order's own status is the short answer to "how is my order?".
OSCAR_INITIAL_ORDER_STATUS = "pending-payment"
OSCAR_INITIAL_LINE_STATUS = "new"
OSCAR_ORDER_STATUS_PIPELINE = {
    "pending-payment": ("placed", "to-confirm", "cancelled"),
    # Cash on delivery that staff confirm with the buyer first.
    "to-confirm": ("placed", "pending-payment", "cancelled"),
    "placed": ("packing", "shipped", "completed", "returned", "cancelled"),
    "packing": ("shipped", "completed", "returned", "cancelled"),
    # Back to packing: goods are sent anew in the place of bad ones (shop.returns.replacing).
    "shipped": ("completed", "returned", "packing"),
    "completed": ("returned", "packing"),
    "returned": (),
    "cancelled": (),
}
OSCAR_LINE_STATUS_PIPELINE = {
    "new": ("packing", "shipped", "cancelled"),
    "packing": ("shipped", "cancelled"),
    "shipped": ("delivered", "returned"),
    "delivered": ("returned",),
    "returned": (),
    "cancelled": (),
}

# Oscar's listings ask Haystack and, without a server, show nothing. Ours are querysets.
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"

PHONENUMBER_DEFAULT_REGION = "VN"
PHONENUMBER_DB_FORMAT = "E164"

LOGIN_URL = reverse_lazy("customer:login")
LOGIN_REDIRECT_URL = reverse_lazy("customer:summary")
