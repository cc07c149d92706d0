"""What is drawn once for many is, for each visitor, what they would have been shown alone.

Every page is drawn for every visitor with nothing kept, then for all of them one after the other,
in both directions: whatever somebody else saw first, it reads the same.
"""

import gc
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from catalogue import cards, product_page
from catalogue.age import AGE_COOKIE, CONFIRMED
from catalogue.browse.keeping import shelf_today
from catalogue.kept import Kept
from shop.address.models import UserAddress
from shop.invoices.profiles import keep_profile
from shop.invoices.requesting import InvoiceDetails
from shop.shipping.estimates import PROVINCE_COOKIE
from shop.templatetags.keeping_tags import KeepDrawn, KeepDrawnBy
from shop.users.models import User
from tests.factories import (
    PASSWORD,
    a_category,
    a_certificate,
    a_gift_box,
    a_product,
    a_question,
    a_review,
    a_shop,
    a_spirit,
    a_staff_member,
    a_variant_product,
    an_order,
    signed_in,
)
from tests.shop.buying import a_guest_with, look

pytestmark = pytest.mark.django_db

#: What only one visitor has said: in no page of another.
SECRETS = (
    "Riêng Thị Một",
    "17 ngõ Riêng",
    "Công ty Riêng",
    "0912 000 111",
    "lời riêng",
    "rieng-mot",
)
#: Signed or drawn by lot: another one in each answer.
_BY_LOT = re.compile(r'(csrfmiddlewaretoken|placement_key|shown|typed_at)" value="[^"]*"')


def pages() -> list[str]:
    honey = a_product("Mật ong", category=a_category())
    a_certificate(honey)
    a_review(honey)
    a_question(honey)
    variants = a_variant_product()
    box = a_gift_box(of={honey: 2})
    spirit = a_spirit()
    return [
        *("/", "/san-pham/", "/en/san-pham/", "/gio-hang/", "/thanh-toan/", "/tim-kiem/?q=mat ong"),
        *(each.get_absolute_url() for each in (a_category(), honey, variants, box, spirit)),
    ]


def visitors() -> dict[str, Client]:
    goods = a_product("Chè lam")
    of_age, typing, member = Client(), a_guest_with(goods), signed_in(one())
    of_age.cookies[AGE_COOKIE] = CONFIRMED
    of_age.cookies[PROVINCE_COOKIE] = "01"
    private = {"full_name": SECRETS[0], "street": SECRETS[1], "invoice_company": SECRETS[2]}
    look(typing, **private, note=SECRETS[4], greeting=SECRETS[4], phone=SECRETS[3])
    member.post(f"/gio-hang/them/{goods.pk}/", {"quantity": "1"})
    return {
        "a guest": a_guest_with(goods),
        "of age, in a province": of_age,
        "a guest who typed": typing,
        "a member": member,
        "one of the staff": signed_in(a_staff_member()),
    }


def one() -> User:
    member = User.objects.create_user(
        "rieng-mot@example.vn", PASSWORD, first_name=SECRETS[0], phone="+84912000111"
    )
    an_order(a_product("Chè kho"), buyer=member)
    UserAddress.objects.create(
        user=member,
        first_name=SECRETS[0],
        line1=SECRETS[1],
        province_code="01",
        ward_code="00166",
        country_id="VN",
    )
    keep_profile(member, InvoiceDetails(SECRETS[2], "0100109106", SECRETS[1], member.email))
    return member


def kept_parts() -> list[KeepDrawn | KeepDrawnBy]:
    """Of all templates that were read so far."""
    return [each for each in gc.get_objects() if type(each) in (KeepDrawn, KeepDrawnBy)]


def keep_nothing(parts: list[KeepDrawn | KeepDrawnBy]) -> None:
    for part in parts:
        part._texts.clear()
    cards._kept, product_page._kept = Kept(cards.MOST_KEPT), Kept(product_page.MOST_KEPT)
    shelf_today().drawn.clear()


def seen(visitor: Client, path: str) -> str:
    answer = visitor.get(path, headers={"Accept": "text/html"})
    return _BY_LOT.sub(r'\1"', f"{answer.status_code}\n{answer.content.decode()}")


@pytest.fixture
def _stopped() -> Iterator[None]:
    with time_machine.travel("2026-11-27 10:00:00+07:00", tick=False):
        yield


@pytest.mark.usefixtures("_stopped")
def test_no_page_depends_on_who_saw_it_first() -> None:
    a_shop()
    paths, people = pages(), visitors()
    for path in paths:
        for visitor in people.values():
            visitor.get(path)  # what was seen lately is seen, what is remembered is remembered
    alone, parts = {}, kept_parts()
    for path in paths:
        for who, visitor in people.items():
            keep_nothing(parts)
            alone[who, path] = seen(visitor, path)
    for order in (list(people), list(reversed(people))):
        keep_nothing(parts)
        for path in paths:
            for who in order:
                assert seen(people[who], path) == alone[who, path], (who, path)
    # The pages were there, and one person's words on some of them: on their own.
    assert sum(page.startswith("200") for page in alone.values()) > len(alone) / 2
    for secret in SECRETS:
        told = {who for (who, _path), page in alone.items() if secret in page}
        assert told and told <= {"a guest who typed", "a member"}, secret
