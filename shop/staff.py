"""What the shop's own staff may do, by group; one person may be in several.

Text and pictures of products are the moderators' in Wagtail, so that no edit goes around the check
before publishing. `manage.py setup_shop` adds groups and rights that are missing and takes nothing
away, so that a shop that was set up before gets what is new, and keeps what it gave itself.
"""

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _

#: Looks after the shop as a whole; small shops need no other group beside it.
STAFF = "Shop staff"
#: "app.codename" of Django's permissions, as Oscar's dashboard asks for them.
RIGHTS = (
    *("order.view_order", "order.change_order"),
    *("office.view_customers", "office.view_numbers", "office.move_parcels"),
    # Never `users.change_user`: whoever has it may set passwords.
    "users.view_user",
    *("returns.view_returnrequest", "returns.change_returnrequest", "returns.change_returnrule"),
    *("exports.view_exportjob", "exports.add_exportjob"),
    *("partner.view_partner", "partner.view_stockalert"),
    *("catalogue.view_product", "catalogue.view_category"),
    *(f"voucher.{verb}_voucher" for verb in ("view", "add", "change")),
    *(f"voucher.{verb}_voucherset" for verb in ("view", "add", "change")),
    *(f"offer.{verb}_conditionaloffer" for verb in ("view", "add", "change")),
    *(f"offer.{verb}_range" for verb in ("view", "add", "change")),
    *(f"communication.{verb}_communicationeventtype" for verb in ("view", "change")),
    *("communication.view_letter", "communication.change_letter"),
    *(f"reviews.{verb}_productreview" for verb in ("view", "change")),
    *(f"questions.{verb}_question" for verb in ("view", "change")),
    *("producers.view_application", "producers.change_application"),
    *("partner.view_pricechange", "partner.change_pricechange"),
    *("corporate.view_quoterequest", "corporate.change_quoterequest"),
    "lookup.view_searchcount",
    "shipping.change_zonerate",
    "payment.view_payment",
    "promotion.decide_promocode",
    "auditlog.view_logentry",
    *("personal.view_consent", "personal.take_addresses"),
)

PACKING = "Packing"
#: Who packs and hands over: the orders' parcels, and no money.
PACKING_RIGHTS = ("order.view_order", "office.move_parcels")

SUPPORT = "Support"
#: Who answers buyers: their orders and accounts, whether money came, companies that ask.
SUPPORT_RIGHTS = (
    *("order.view_order", "order.change_order"),
    *("office.view_customers", "users.view_user"),
    *("returns.view_returnrequest", "returns.change_returnrequest"),
    *(f"questions.{verb}_question" for verb in ("view", "change")),
    *("corporate.view_quoterequest", "corporate.change_quoterequest"),
    "communication.view_letter",
    "payment.view_payment",
    "invoices.view_invoicerequest",
    "personal.view_consent",
)

MODERATION = "Moderation"
#: Who decides what may be said and sold; texts themselves are read in the editors' office.
MODERATION_RIGHTS = (
    *(f"reviews.{verb}_productreview" for verb in ("view", "change")),
    *(f"questions.{verb}_question" for verb in ("view", "change")),
    *("producers.view_application", "producers.change_application"),
    *("partner.view_pricechange", "partner.change_pricechange"),
    "promotion.decide_promocode",
    "lookup.view_searchcount",
)

OFFICE = "OCOP office"
#: Who speaks for the programme: confirms decisions by their scans, keeps the year's plan, sees
#: what is sold, and nothing of any buyer.
OFFICE_RIGHTS = (
    "producers.view_certificateproposal",
    "producers.change_certificateproposal",
    *(f"programme.{verb}_programmeplan" for verb in ("view", "add", "change")),
)

ACCOUNTS = "Accounts"
#: Who moves money: marks it received, decides about the queue, gives back, names the account.
ACCOUNTS_RIGHTS = (
    *("invoices.view_invoicerequest", "invoices.change_invoicerequest"),
    *("payment.view_payment", "payment.change_payment"),
    *("payment.add_refund", "payment.change_bankaccount"),
    *("settlements.view_payout", "settlements.change_payout"),
    *("exports.view_exportjob", "exports.add_exportjob"),
    "office.view_numbers",
    "order.view_order",
    "returns.view_returnrequest",
)

ADMINS = "Staff admins"
#: Who says who may do what, and reads who did it.
ADMINS_RIGHTS = ("office.assign_groups", "users.view_user", "auditlog.view_logentry")

#: Every group of the staff, in the order in which pages show them.
GROUPS: dict[str, tuple[str, ...]] = {
    STAFF: RIGHTS,
    PACKING: PACKING_RIGHTS,
    SUPPORT: SUPPORT_RIGHTS,
    ACCOUNTS: ACCOUNTS_RIGHTS,
    MODERATION: MODERATION_RIGHTS,
    OFFICE: OFFICE_RIGHTS,
    ADMINS: ADMINS_RIGHTS,
}
LABELS = {
    STAFF: _("Nhân viên cửa hàng"),
    PACKING: _("Đóng gói"),
    SUPPORT: _("Chăm sóc khách"),
    ACCOUNTS: _("Kế toán"),
    MODERATION: _("Kiểm duyệt"),
    OFFICE: _("Văn phòng chương trình OCOP"),
    ADMINS: _("Quản trị nhân viên"),
}

#: Groups of the editors' office (`cms.roles`), as the staff's pages name them. Those of one section
#: are "Promoters: Bắc Lũng".
EDITORS_LABELS = {
    "Moderators": _("Kiểm duyệt viên"),
    "Promoters": _("Người viết chuyện"),
}


def label_of(name: str) -> str:
    """The group in words for people."""
    kind, colon, section = name.partition(":")
    label = LABELS.get(name) or EDITORS_LABELS.get(kind)
    return f"{label}{colon}{section}" if label else name


def ensure_staff_group() -> Group:
    """Every group with its rights. Adds what is missing, takes nothing away; returns `STAFF`."""
    groups = {name: _ensure(name, rights) for name, rights in GROUPS.items()}
    return groups[STAFF]


def _ensure(name: str, rights: tuple[str, ...]) -> Group:
    group, _made = Group.objects.get_or_create(name=name)
    for right in rights:
        app, codename = right.split(".")
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label=app, codename=codename)
        )
    return group
