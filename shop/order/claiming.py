"""Taking an order that was placed without an account into one's own.

By the proved address that it was placed with, or by whoever opened its secret link. A number alone,
or a number with a telephone number, stands on every parcel: they claim nothing.
"""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shop.order.models import Order
from shop.users.models import User


class CannotClaim(Exception):
    """Its message is for the person who tried."""


def claimable(user: User) -> QuerySet[Order]:
    """Orders of no account under the user's address, newest first; none before it is proved."""
    if user.email_verified_at is None:
        return Order.objects.none()
    return (
        Order.objects.filter(user=None, anonymous=None)
        .alias(guest=Lower("guest_email"))
        .filter(guest=user.email)
        .order_by("-date_placed")
    )


def may_claim(request: HttpRequest, order: Order) -> bool:
    """Whether the page of an order, opened by its secret, offers to take it in."""
    return bool(request.user.is_authenticated and order.user_id is None)


def claim(order: Order, user: Any) -> Order:
    """The order is the user's from now on. Who may is the caller's question; twice is harmless.

    Raises CannotClaim when somebody else's account has it: an order changes hands never.
    """
    with transaction.atomic():
        locked = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
        if locked.user_id == user.pk:
            return locked
        if locked.user_id is not None:
            raise CannotClaim(_("Đơn này đã ở trong một tài khoản khác."))
        locked.user = user
        # Its letters follow the account's address from now on, where it was the same.
        if locked.guest_email.lower() == user.email:
            locked.guest_email = ""
        locked.save(update_fields=["user", "guest_email"])
    return locked
