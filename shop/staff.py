"""What the shop's own staff may do in Oscar's dashboard.

Text and pictures of products are the moderators' in Wagtail, so that no edit goes around the check
before publishing; staff look after orders, buyers, vouchers and offers, and see the rest.
"""

from django.contrib.auth.models import Group, Permission

STAFF = "Shop staff"
#: "app.codename" of Django's permissions, as Oscar's dashboard asks for them.
RIGHTS = (
    *("order.view_order", "order.change_order"),
    *("users.view_user", "users.change_user"),
    *("partner.view_partner", "partner.view_stockalert"),
    *("catalogue.view_product", "catalogue.view_category"),
    *(f"voucher.{verb}_voucher" for verb in ("view", "add", "change")),
    *(f"voucher.{verb}_voucherset" for verb in ("view", "add", "change")),
    *(f"offer.{verb}_conditionaloffer" for verb in ("view", "add", "change")),
    *(f"offer.{verb}_range" for verb in ("view", "add", "change")),
    *(f"communication.{verb}_communicationeventtype" for verb in ("view", "change")),
    *("communication.view_letter", "communication.change_letter"),
    *(f"reviews.{verb}_productreview" for verb in ("view", "change")),
    *("producers.view_application", "producers.change_application"),
    *("partner.view_pricechange", "partner.change_pricechange"),
    *("corporate.view_quoterequest", "corporate.change_quoterequest"),
    "lookup.view_searchcount",
    "payment.view_payment",
    "promotion.decide_promocode",
)

OFFICE = "OCOP office"
#: Who speaks for the programme: confirms decisions by their scans, and nothing else.
OFFICE_RIGHTS = (
    "producers.view_certificateproposal",
    "producers.change_certificateproposal",
)

ACCOUNTS = "Accounts"
#: Who moves money: marks it received, decides about the queue, gives back, names the account.
ACCOUNTS_RIGHTS = (
    *("invoices.view_invoicerequest", "invoices.change_invoicerequest"),
    *("payment.view_payment", "payment.change_payment"),
    *("payment.add_refund", "payment.change_bankaccount"),
    *("settlements.view_payout", "settlements.change_payout"),
    "order.view_order",
)


def ensure_staff_group() -> Group:
    """The group of the shop's staff with its rights. Adds what is missing, takes nothing away."""
    _ensure(ACCOUNTS, ACCOUNTS_RIGHTS)
    _ensure(OFFICE, OFFICE_RIGHTS)
    return _ensure(STAFF, RIGHTS)


def _ensure(name: str, rights: tuple[str, ...]) -> Group:
    group, _made = Group.objects.get_or_create(name=name)
    for right in rights:
        app, codename = right.split(".")
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label=app, codename=codename)
        )
    return group
