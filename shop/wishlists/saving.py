"""Saving a product for later: on the account's list, or in the session of who has none."""

import secrets
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from catalogue.models import Product
from shop.wishlists.models import Line, WishList

SESSION_KEY = "saved"
#: Products that one list holds; the oldest go when there are more.
MOST_SAVED = 200


def saved_keys(request: HttpRequest) -> list[int]:
    """Keys of what this visitor saved, the latest first."""
    user: Any = request.user
    if not user.is_authenticated:
        kept = request.session.get(SESSION_KEY, [])
        return [key for key in reversed(kept) if type(key) is int]
    found = Line.objects.filter(wishlist__owner=user, product__isnull=False)
    return list(found.order_by("-pk").values_list("product", flat=True))


def save(request: HttpRequest, product: Product) -> None:
    """Remember a product; harmless twice."""
    user: Any = request.user
    if user.is_authenticated:
        _add(user, [product])
        return
    kept = [key for key in request.session.get(SESSION_KEY, []) if key != product.pk]
    request.session[SESSION_KEY] = [*kept, product.pk][-MOST_SAVED:]


def forget(request: HttpRequest, pk: int) -> None:
    """Take a product off; harmless twice."""
    user: Any = request.user
    if user.is_authenticated:
        Line.objects.filter(wishlist__owner=user, product=pk).delete()
        return
    kept = request.session.get(SESSION_KEY, [])
    request.session[SESSION_KEY] = [key for key in kept if key != pk]


def list_of(user: Any) -> WishList:
    """The person's one list, made when first asked for."""
    return WishList.objects.get_or_create(owner=user)[0]


@transaction.atomic
def _add(user: Any, products: list[Product]) -> None:
    wishlist = WishList.objects.select_for_update(of=("self",)).get(pk=list_of(user).pk)
    there = set(wishlist.lines.values_list("product", flat=True))
    Line.objects.bulk_create(
        Line(wishlist=wishlist, product=product, title=product.get_title()[:255])
        for product in products
        if product.pk not in there
    )
    kept = wishlist.lines.order_by("-pk").values_list("pk", flat=True)[:MOST_SAVED]
    wishlist.lines.exclude(pk__in=list(kept)).delete()


@receiver(user_logged_in, dispatch_uid="wishlists.bring-along")
def bring_along(request: HttpRequest | None = None, user: Any = None, **kwargs: Any) -> None:
    """What was saved before signing in goes to the account's list."""
    session: Any = getattr(request, "session", None)
    keys = session.pop(SESSION_KEY, None) if session is not None else None
    if keys:
        found = Product.objects.listed().in_bulk([key for key in keys if type(key) is int])
        _add(user, [found[key] for key in keys if key in found])


def share(wishlist: WishList, name: str) -> None:
    """Open the list to whoever has its link; a name may be changed while it is open."""
    wishlist.share_key = wishlist.share_key or secrets.token_urlsafe(18)
    wishlist.shared_name = name
    wishlist.save(update_fields=["share_key", "shared_name"])


def stop_sharing(wishlist: WishList) -> None:
    """The link that was given opens nothing any more; another one is made next time."""
    wishlist.share_key = ""
    wishlist.save(update_fields=["share_key"])
