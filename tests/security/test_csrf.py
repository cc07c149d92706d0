"""A form of another site changes nothing: every address that takes a POST asks for the token.

A machine that speaks to us has no token; it proves itself otherwise, and is named here.
"""

from typing import Any

import pytest
from django.test import Client

from shop.users.models import User
from tests.addresses import Address, all_addresses
from tests.factories import PASSWORD, a_shop, signed_in
from tests.neighbour import filled

pytestmark = pytest.mark.django_db

#: Address → what stands in the place of the token.
WITHOUT = {
    "webhooks/stripe/": "Stripe's signature over the body",
    "webhooks/{provider}/": "a signature or key of each teller",
    "webhooks/van-chuyen/{carrier}/": "the carrier's key",
    "bao-cao-csp/": "reports of browsers, logged and never read back",
    "thanh-toan/": "the checkout asks itself, and keeps what was typed",
    "danh-gia/thoi-moi/{token}/": "a signed token in the address; one-click (RFC 8058)",
    "tai-khoan/bao-khi-co-hang/thoi/{key}/": "a secret key in the address; one-click (RFC 8058)",
    "tai-khoan/thoi-nhan-thu/{token}/": "a signed token in the address; one-click (RFC 8058)",
}


def is_exempt(address: Address) -> bool:
    return bool(getattr(address.view, "csrf_exempt", False))


#: Wagtail's own API for its editor: Django REST framework's sessions ask for the token themselves.
ASKS_ITSELF = "cms/api/main/"


def test_only_the_named_addresses_do_without_a_token() -> None:
    exempt = {each.form for each in all_addresses() if is_exempt(each)}
    assert {form for form in exempt if not form.startswith(ASKS_ITSELF)} == set(WITHOUT)


def test_every_other_address_refuses_a_post_without_the_token() -> None:
    a_shop()
    boss = signed_in(User.objects.create_superuser("chu@example.vn", PASSWORD))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = boss.cookies
    answered = {}
    for address in all_addresses():
        is_asked = not is_exempt(address) or address.form.startswith(ASKS_ITSELF)
        if is_asked and "((" not in address.form:
            path = filled(address.form, address.names, {"redirects": {}})
            answer: Any = strict.post(path, {"a": "b"})
            # The API says of most of its addresses that they take no POST at all.
            refused = (403, 404, 405) if is_exempt(address) else (403, 404)
            if answer.status_code not in refused:
                answered[path] = answer.status_code
    assert answered == {}


def test_a_token_of_another_site_is_none(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.get("/tai-khoan/dang-nhap/")
    token = strict.cookies["csrftoken"].value
    sent = {"csrfmiddlewaretoken": token, "username": "a@b.vn", "password": "x"}
    for origin in ("https://ke-xau.example", "null"):
        answer = strict.post("/tai-khoan/dang-nhap/", sent, headers={"origin": origin})
        assert answer.status_code == 403
    assert strict.post("/tai-khoan/dang-nhap/", sent).status_code != 403
