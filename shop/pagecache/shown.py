"""Which tables visitors see on pages that are kept, and which not. Every model is named here.

A test walks all models. One that nobody named counts as shown: pages are dropped too often then,
and never show what is no more.
"""

from functools import cache

from django.apps import apps

_STATE = frozenset(
    {
        "latest_revision_id",
        "latest_revision_created_at",
        "has_unpublished_changes",
        "draft_title",
        "folded",
        "locked",
        "locked_at",
        "locked_by_id",
    }
)
_USES = frozenset({"num_applications", "num_orders", "total_discount", "num_basket_additions"})

#: Label → columns that no page says; an UPDATE of these alone drops nothing. `app.*`: all of it.
#: Drafts are saved every half second while somebody writes, uses of offers with every order.
SHOWN: dict[str, frozenset[str]] = {
    "browse.ListingChange": frozenset(),  # lists follow it, a moment after the row itself
    "catalogue.*": _STATE,
    "cms.BasePage": _STATE,
    "cms.*": frozenset(),
    "offer.*": _USES,
    "partner.Partner": frozenset(),
    "partner.PriceChange": frozenset(),
    "partner.StockRecord": frozenset(),
    "pictures.*": frozenset(),
    "places.*": frozenset(),
    "programme.ProgrammePlan": frozenset(),
    "questions.Question": frozenset(),
    "reviews.ProductReview": frozenset(),
    "reviews.ReviewPhoto": frozenset(),
    "shipping.*": frozenset(),
    "shop.SellerIdentity": frozenset(),
    "sites.Site": frozenset(),
    "voucher.*": _USES,
    "wagtailcore.Locale": frozenset(),
    "wagtailcore.PageViewRestriction": frozenset(),
    "wagtailcore.PageViewRestriction_groups": frozenset(),
    "wagtailcore.Site": frozenset(),
    "wagtaildocs.Document": frozenset(),
    "wagtailredirects.Redirect": frozenset(),
}

_OFFICE = "work of the staff, the editors or the machinery"
_OWN = "seen by the one whom it concerns, who is signed in or has a link"
_SUMS = "sums for the office"

#: Label → why no kept page says anything of it.
NOT_SHOWN: dict[str, str] = {
    "address.*": _OWN,
    "analytics.*": _SUMS,
    "auditlog.*": _OFFICE,
    "auth.*": _OFFICE,
    "axes.*": _OFFICE,
    "basket.*": _OWN,
    "carriers.*": _OWN,
    "catalogue.BoxDesign": "a box that a buyer filled, under its own link",
    "catalogue.DesignItem": "a box that a buyer filled, under its own link",
    "cms.LoadedDemo": _OFFICE,
    "cms.PromoterSection": _OFFICE,
    "communication.*": _OWN,
    "contenttypes.*": _OFFICE,
    "contracts.*": _OWN,
    "corporate.*": _OWN,
    "customer.*": _OWN,
    "django_tasks_database.*": _OFFICE,
    "exports.*": _OFFICE,
    "flatpages.*": "not served",
    "giving.*": _OWN,
    "health.*": _OFFICE,
    "invoices.*": _OWN,
    "lookup.*": "answers of the search, which are not kept",
    "office.*": _OFFICE,
    "order.*": _OWN,
    "otp_static.*": _OFFICE,
    "otp_totp.*": _OFFICE,
    "partner.Membership": _OFFICE,
    "partner.PartnerAddress": "not shown; a producer's place is its own columns",
    "partner.StockAlert": _OFFICE,
    "partner.StockChange": "the log; the count itself is the stock record's",
    "payment.*": _OWN,
    "personal.*": _OWN,
    "producers.*": _OFFICE,
    "promotion.*": "links and codes; what they lead to is a page, what they take off an offer",
    "returns.*": _OWN,
    "reviews.NoInvitation": _OWN,
    "reviews.ReviewInvitation": _OWN,
    "reviews.Vote": "nobody votes here",
    "sessions.*": _OWN,
    "settlements.*": _OFFICE,
    "simple_translation.*": _OFFICE,
    "taggit.*": _OFFICE,
    "users.*": "of a person a review says the name, written into the review's own row when erased",
    "wagtailadmin.*": _OFFICE,
    "wagtailcore.*": _OFFICE,
    "wagtailembeds.*": "no page embeds anything",
    "wagtailimages.*": "pictures are the library's own",
    "wagtailsearch.*": _OFFICE,
    "wagtailusers.*": _OFFICE,
    "wishlists.*": _OWN,
}


def quiet_columns(label: str) -> frozenset[str] | None:
    """Of a model that is shown, the columns that are not; None of one that is not shown."""
    whole_app = f"{label.partition('.')[0]}.*"
    if label in SHOWN:
        return SHOWN[label]
    if label in NOT_SHOWN:
        return None
    if whole_app in SHOWN:
        return SHOWN[whole_app]
    return None if whole_app in NOT_SHOWN else frozenset()


def is_declared(label: str) -> bool:
    names = {label, f"{label.partition('.')[0]}.*"}
    return any(name in SHOWN or name in NOT_SHOWN for name in names)


def is_shown(table: str, columns: frozenset[str]) -> bool:
    """Whether writing to these columns of the table (none named: to rows) changes a page."""
    quiet = _quiet_of_tables().get(table)
    return quiet is not None and not (columns and columns <= quiet)


@cache
def _quiet_of_tables() -> dict[str, frozenset[str]]:
    found = {}
    for model in apps.get_models(include_auto_created=True):
        quiet = quiet_columns(model._meta.label)
        if quiet is not None:
            found[model._meta.db_table] = quiet
    # A migration may have written rows by statements that nobody watches.
    return {**found, "django_migrations": frozenset()}
