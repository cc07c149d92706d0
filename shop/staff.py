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
    *(f"reviews.{verb}_productreview" for verb in ("view", "change")),
    "lookup.view_searchcount",
)


def ensure_staff_group() -> Group:
    """The group of the shop's staff with its rights. Adds what is missing, takes nothing away."""
    group, _made = Group.objects.get_or_create(name=STAFF)
    for right in RIGHTS:
        app, codename = right.split(".")
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label=app, codename=codename)
        )
    return group
