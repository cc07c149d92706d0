"""What a visitor typed, kept in the session until the order stands."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from shop.address.forms import initial_of
from shop.address.models import UserAddress
from shop.shipping.estimates import remembered_province

TYPED = "checkout_typed"
#: Fields that are remembered. Neither the age nor the sealed facts: both are said each time.
REMEMBERED = (
    "full_name", "phone", "email", "province", "ward", "street", "note", "delivery", "payment",
    "payment_before",
    "is_gift", "card", "greeting", "sender_name", "buyer_phone", "deliver_on",
    "invoice_wanted", "invoice_company", "invoice_tax_code", "invoice_address", "invoice_email",
)  # fmt: skip
LONGEST = 600


def remember_typed(request: HttpRequest, data: Mapping[str, Any]) -> None:
    request.session[TYPED] = {
        name: str(data[name])[:LONGEST] for name in REMEMBERED if data.get(name)
    }


def forget_typed(request: HttpRequest) -> None:
    request.session.pop(TYPED, None)


def initial_for(request: HttpRequest) -> dict[str, str]:
    """What the empty form is shown with: typed before, else the member's usual address, else the
    province that delivery was asked for on a product's page."""
    typed = request.session.get(TYPED)
    if typed:
        return dict(typed)
    user: Any = request.user
    asked = {"province": remembered_province(request)}
    if not user.is_authenticated:
        return asked
    initial = asked | {"full_name": user.first_name, "phone": user.phone or "", "email": user.email}
    usual = own_addresses(user)[:1]
    return {**initial, **(initial_of(usual[0]) if usual else {})}


def own_addresses(user: Any) -> list[UserAddress]:
    """A member's address book, the usual one first."""
    if not user.is_authenticated:
        return []
    return list(
        UserAddress.objects.filter(user=user).order_by("-is_default_for_shipping", "-date_created")
    )


def placement_key(basket: Any) -> str:
    """The key of this basket's form: the same in two tabs, so that they write one order.

    Worked out, not kept: who only looks at the page needs no session. Nobody guesses another's.
    """
    digest = salted_hmac("shop.checkout.placement", str(basket.pk), algorithm="sha256").hexdigest()
    return str(uuid.UUID(digest[:32]))
