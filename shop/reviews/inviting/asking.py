"""A job of the worker: some days after an order has arrived, ask its buyer once.

It is a letter about the order, not an advertisement (Nghị định 91/2020/NĐ-CP, điều 3): it names
only goods of the order, offers nothing, and one press ends such letters for the address.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from catalogue.models import Product
from shop.communication.writing import write_letter
from shop.order.letters import link_of
from shop.order.models import Line, Order, Parcel
from shop.reviews.inviting.models import NoInvitation, ReviewInvitation
from shop.reviews.models import ProductReview

SALT = "shop.reviews.inviting"
#: Orders looked at in one round of the worker: what else it does waits no longer for that.
BATCH = 20


@dataclass(frozen=True)
class Goods:
    """One thing to speak of, by the words and the link of its form."""

    title: str
    link: str


def invite_buyers() -> int:
    """Write to buyers whose orders arrived some days ago; returns how many letters."""
    return sum(_invite(order) for order in _due()[:BATCH])


def _due() -> Any:
    """Delivered long enough ago, not so long that a letter would surprise, not looked at yet."""
    now = timezone.now()
    latest = now - timedelta(days=settings.REVIEW_INVITATION_DAYS)
    earliest = now - timedelta(days=settings.REVIEW_INVITATION_UNTIL_DAYS)
    delivered = Parcel.objects.filter(status=Parcel.Status.DELIVERED)
    # By their parcels: of the orders themselves most are years old, and never looked at.
    arrived = delivered.filter(delivered_at__range=(earliest, latest)).values("order")
    still_coming = delivered.filter(order=OuterRef("pk"), delivered_at__gt=latest)
    return (
        Order.objects.filter(status="completed", review_invitation=None, user__is_active=True)
        .filter(~Exists(still_coming), pk__in=arrived)
        .select_related("user")
        .order_by("pk")
    )


def _invite(order: Order) -> bool:
    """Whether a letter was written. Two workers write one; looked at is looked at for good."""
    email = order.contact_email.lower()
    try:
        with transaction.atomic():
            ReviewInvitation.objects.create(order=order)
            if not email or NoInvitation.objects.filter(email=email).exists():
                return False
            goods = goods_to_review(order)
            if goods:
                _write(order, email, goods)
    except IntegrityError:
        return False
    return bool(goods)


def goods_to_review(order: Order) -> list[Product]:
    """Goods of the order with a page, which its buyer has not written of; no strong drinks."""
    lines = Line.objects.filter(
        order=order, parcel__status=Parcel.Status.DELIVERED, is_wrapping=False
    ).select_related("product__parent__producer", "product__producer")
    found = {line.product.canonical.pk: line.product.canonical for line in lines if line.product}
    written = set(
        ProductReview.objects.filter(user=order.user, product__in=found).values_list(
            "product", flat=True
        )
    )
    own = set(order.user.partners.values_list("pk", flat=True))
    return [
        product
        for product in found.values()
        if product.pk not in written
        and product.is_listed
        and not product.is_unpromotable
        and product.producer_id not in own
    ]


def _write(order: Order, email: str, goods: list[Product]) -> None:
    with override(order.language):
        context = {
            "link": link_of(order),
            "goods": [
                Goods(
                    product.display_title,
                    settings.BASE_URL + reverse("reviews:write", args=[product.slug]),
                )
                for product in goods
            ],
        }
        stop_link = settings.BASE_URL + reverse("reviews:stop-inviting", args=[token_of(email)])
    write_letter(
        "REVIEW_INVITATION",
        to=order.contact_email,
        context=context,
        language=order.language,
        order=order,
        user=order.user,
        stop_link=stop_link,
    )


def token_of(email: str) -> str:
    """What a stop link carries; only the shop can make one."""
    return signing.dumps(email, salt=SALT)


def address_in(token: str) -> str | None:
    """The address of a stop link; None for one that the shop did not make."""
    try:
        return str(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return None


def stop_inviting(email: str) -> None:
    """No more invitations to this address; harmless twice."""
    NoInvitation.objects.get_or_create(email=email)
