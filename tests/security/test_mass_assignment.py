"""A field that the form does not show is not read, whatever its name is a column of."""

from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from shop.address.models import UserAddress
from shop.order.models import Order
from shop.reviews.models import ProductReview
from shop.users.models import User
from tests.factories import (
    PASSWORD,
    a_buyer,
    a_producer,
    a_product,
    a_received_order,
    a_shop,
    a_user,
    signed_in,
    zone_rates,
)
from tests.shop.buying import a_guest_with, form_of, look, press

pytestmark = pytest.mark.django_db

#: Columns that no form of ours may write: who owns it, what it is worth, how far it has come.
NEVER = {
    *("id", "pk", "user", "owner", "status", "state", "is_staff", "is_superuser", "is_active"),
    *("groups", "user_permissions", "password", "email_verified_at", "date_joined", "last_login"),
    *("live", "is_public", "archived_at", "slug", "token", "key", "order", "basket", "created_at"),
    *("approved_at", "decided_by", "approved_by", "rating", "share_key", "session_round"),
}
#: What a stranger adds to any form.
EXTRA = {
    **dict.fromkeys(("is_staff", "is_superuser", "is_active", "live", "is_public"), "on"),
    **dict.fromkeys(("user", "owner", "user_id", "owner_id", "pk", "id", "groups"), "1"),
    **dict.fromkeys(("price", "unit_price", "price_incl_tax", "total", "total_incl_tax"), "1"),
    **{"status": "Approved", "state": "approved", "score": "5", "shipping_charge": "0"},
    **{"email_verified_at": "2026-01-01", "role": "owner", "shop_share": "0", "deposit": "0"},
}


def our_model_forms() -> list[Any]:
    found: list[Any] = []
    open_ones: list[Any] = [forms.ModelForm]
    while open_ones:
        for each in open_ones.pop().__subclasses__():
            open_ones.append(each)
            if each.__module__.split(".")[0] in ("shop", "catalogue", "cms"):
                found.append(each)
    return found


#: What a form for staff is about.
MEANT = {"shop.programme.forms.PlanForm": {"is_public"}}


def test_no_form_of_ours_writes_a_column_that_is_not_for_people() -> None:
    wrong = {}
    for each in our_model_forms():
        model = getattr(getattr(each, "_meta", None), "model", None)
        written = set(getattr(each, "base_fields", {})) & NEVER
        name = f"{each.__module__}.{each.__name__}"
        if model is not None and written - MEANT.get(name, set()):
            wrong[name] = written
    assert len(our_model_forms()) > 20
    assert wrong == {}


def test_every_form_of_a_model_names_its_fields() -> None:
    for each in our_model_forms():
        options = getattr(each, "_meta", None)
        if options is not None and options.model is not None:
            assert options.fields not in (None, forms.ALL_FIELDS), each


def test_nobody_signs_up_as_staff() -> None:
    a_shop()
    typed = {"first_name": "Lan", "email": "lan@example.vn", "password1": PASSWORD}
    Client().post(reverse("customer:register"), {**EXTRA, **typed, "password2": PASSWORD})
    made = User.objects.get(email="lan@example.vn")
    assert not made.is_staff and not made.is_superuser and not made.groups.exists()
    assert made.email_verified_at is None


def test_a_profile_changes_neither_rights_nor_the_email() -> None:
    buyer = a_buyer()
    before = buyer.email
    typed = {"first_name": "Lan Anh", "phone": "", "language": "vi", "email": "x@example.vn"}
    signed_in(buyer).post(reverse("customer:profile-update"), {**EXTRA, **typed})
    buyer.refresh_from_db()
    assert buyer.first_name == "Lan Anh"
    assert buyer.email == before and not buyer.is_staff and not buyer.is_superuser


def test_an_address_is_always_ones_own() -> None:
    a_shop()
    buyer, other = a_buyer(), a_buyer()
    typed = {"full_name": "Lan", "phone": "0912345678", "province": "24", "ward": "07498"}
    extra = {**EXTRA, "user": other.pk, "user_id": other.pk}
    page = reverse("customer:address-create")
    signed_in(buyer).post(page, {**extra, **typed, "street": "Thôn Nội Chùa"})
    assert [each.user for each in UserAddress.objects.all()] == [buyer]


def test_a_buyer_names_neither_price_nor_total_nor_state() -> None:
    zone_rates()
    guest = a_guest_with(a_product(price=45_000))
    extra = {name: value for name, value in EXTRA.items() if name != "email"}
    press(guest, form_of(look(guest)), **extra)
    order = Order.objects.get()
    assert order.lines.get().unit_price_incl_tax == 45_000
    assert order.total_incl_tax > 45_000
    assert order.user is None and order.status == "placed"


def test_what_is_put_into_the_basket_costs_what_it_costs() -> None:
    zone_rates()
    product = a_product(price=45_000)
    client = Client()
    client.post(reverse("basket:add", args=[product.pk]), {**EXTRA, "quantity": "2"})
    assert "90.000" in client.get(reverse("basket:summary")).content.decode()


def test_a_review_waits_for_its_moderator() -> None:
    a_shop()
    buyer, product = a_buyer(), a_product()
    a_received_order(product, buyer=buyer)
    typed = {"score": "4", "title": "Ngon", "body": "Ngon lắm, gói kỹ.", "name": "Lan"}
    page = reverse("reviews:write", args=[product.slug])
    signed_in(buyer).post(page, {**EXTRA, "status": "1", **typed})
    review = ProductReview.objects.get()
    assert review.status == ProductReview.FOR_MODERATION
    assert review.user == buyer and review.score == 4


def test_a_producer_puts_nothing_on_the_shelf_by_a_field() -> None:
    a_shop()
    owner = a_user()
    product = a_product(producer=a_producer(members=[owner]), live=False, is_public=False)
    page = reverse("producers:listing-words", args=[product.pk])
    typed = {"title": "Mật ong mới", "summary": "x", "description": "y"}
    signed_in(owner).post(page, {**EXTRA, **typed, "structure": "child", "parent": "1"})
    product.refresh_from_db()
    assert not product.live and not product.is_public
    assert product.structure == Product.STANDALONE
    assert not product.get_latest_revision_as_object().live
