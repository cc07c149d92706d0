"""Every address is of a kind that somebody declared, and shows a stranger nothing of a buyer.

The producers' portal, the staff's office and the editors' office are walked by `test_who_may`; this
walk is over all the rest, and over all of it with the doors that stand open.
"""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from shop.partner.membership import Role
from tests.addresses import Address, all_addresses
from tests.factories import a_buyer, a_user, in_group, signed_in
from tests.full_house import BUYER_EMAIL, House, a_full_house
from tests.neighbour import filled
from tests.shop.test_who_may import KEPT, a_member_next_door

pytestmark = pytest.mark.django_db

#: Anybody opens these: nothing on them belongs to one person.
PUBLIC = (
    *(
        ".well-known/",
        "luot-xem/",
        "da-xem/",
        "favicon.ico",
        "sitemap",
        "robots.txt",
        "01/",
        "media/",
        "san-pham/",
        "nhom/",
    ),
    *("hop-qua-tu-chon/", "truy-xuat/", "du-18-tuoi/", "the-chia-se/", "nha-san-xuat/", "uu-dai/"),
    *("tim-kiem/", "dia-gioi/", "giao-den/", "chuong-trinh-ocop/", "di/", "qua-doanh-nghiep/"),
    *("danh-gia/{slug}/", "hoi-dap/{slug}/", "_util/", "((?:[w-]+/)*)", "cms/login/"),
    "tai-lieu/",
)
#: A visitor's own, found by the session or a signed cookie: no address of it names anybody.
OF_THE_VISITOR = (
    *("gio-hang/", "thanh-toan/nguoi-nhan/", "mon-da-luu/", "tai-khoan/", "tai-khoan/hai-buoc/"),
    # The checkout itself, and no address under it.
    "thanh-toan/$",
)
#: Of one person, named in the address: theirs alone, or of whoever has the order's secret.
OF_ONE_PERSON = (
    *("don-hang/", "thanh-toan/chuyen-khoan/", "thanh-toan/the/", "danh-gia/anh/"),
    *("tai-khoan/so-dia-chi/{pk}/", "tai-khoan/thu/{pk}/", "tai-khoan/hoa-don/{pk}/"),
    *("tai-khoan/du-lieu/{pk}/", "tai-khoan/thiet-bi/{pk}/", "tai-khoan/nhan-don/{number}/"),
)
#: The address is the key: long, unguessable or signed, sent to one person.
BY_SECRET = (
    *("bao-gia/", "mon-da-luu/xem/", "hoi-dap/xac-nhan/", "danh-gia/thoi-moi/"),
    *("tai-khoan/bao-khi-co-hang/xac-nhan/", "tai-khoan/bao-khi-co-hang/thoi/"),
    *("tai-khoan/email/xac-nhan/", "tai-khoan/thoi-nhan-thu/", "tai-khoan/dat-lai-mat-khau/"),
    "kenh-san-xuat/loi-moi/",
)
#: Machines speak here: they prove who they are, or only leave a line in the log.
WEBHOOKS = ("webhooks/", "bao-cao-csp/")
#: Walked by `test_who_may`.
OFFICES = ("kenh-san-xuat/", "quan-ly/", "cms/")
KINDS = {
    "public": PUBLIC,
    "of the visitor": OF_THE_VISITOR,
    "of one person": OF_ONE_PERSON,
    "by secret": BY_SECRET,
    "webhooks": WEBHOOKS,
    "offices": OFFICES,
}
#: What only the buyer, the producer who sends and the shop may read.
PRIVATE = (BUYER_EMAIL, "lan2@example.com", "0912 345 678", "+84912345678", "0912345678")


def kind_of(form: str) -> str:
    """By the longest declaration that fits; empty when there is none."""
    fitting = [
        (len(declared), kind)
        for kind, all_declared in KINDS.items()
        for declared in all_declared
        if (form == declared[:-1] if declared.endswith("$") else form.startswith(declared))
    ]
    return max(fitting)[1] if fitting else ""


def test_every_address_is_declared() -> None:
    undeclared = [each.form for each in all_addresses() if not kind_of(each.form)]
    assert undeclared == []


def test_nothing_is_declared_that_is_not_there() -> None:
    forms = [each.form for each in all_addresses()]
    unused = [
        declared
        for all_declared in KINDS.values()
        for declared in all_declared
        if not any(form.startswith(declared.rstrip("$")) for form in forms)
    ]
    assert unused == []


@pytest.fixture
def house() -> House:
    return a_full_house()


def rows() -> dict[str, dict[Any, str]]:
    return {
        label: {row[0]: repr(row) for row in apps.get_model(label)._base_manager.values_list()}
        for label in KEPT
    }


def a_stranger(who: str) -> Client:
    if who == "guest":
        return Client()
    if who == "buyer":
        return signed_in(a_buyer())
    if who == "promoter":
        return signed_in(in_group(a_user(), "Promoters"))
    return signed_in(a_member_next_door(Role.OWNER))


def walked() -> list[Address]:
    return [each for each in all_addresses() if kind_of(each.form) not in ("by secret", "offices")]


def wrong(value: Any) -> str:
    """Another secret of the same length."""
    text = str(value)
    return text[:-1] + ("A" if text[-1] != "A" else "B")


def test_a_secret_that_is_one_letter_off_opens_nothing(house: House) -> None:
    opened = []
    secrets = ("key", "token")
    for address in all_addresses():
        if kind_of(address.form) != "by secret" or not set(secrets) & set(address.names):
            continue
        known = {**house.known}
        right: dict[str, Any] = {}
        for part in sorted(house.known, key=len):
            right |= house.known[part] if part in address.form else {}
        known[address.form] = {name: wrong(right[name]) for name in secrets if name in right}
        path = filled(address.form, address.names, known)
        for method in ("get", "post"):
            answer = getattr(Client(), method)(path)
            # A page that says that the link is none.
            says_so = 200 if "dat-lai-mat-khau" in path else 404
            if answer.status_code not in (302, 403, 404, 405, 410, says_so) or any(
                word.encode() in answer.content for word in PRIVATE
            ):
                opened.append(f"{method} {path}: {answer.status_code}")
    assert opened == []


@pytest.mark.parametrize("who", ["guest", "buyer", "promoter", "producer"])
def test_a_stranger_reads_and_changes_nothing_of_a_buyer(who: str, house: House) -> None:
    before = rows()
    client = a_stranger(who)
    shown = []
    for address in walked():
        path = filled(address.form, address.names, house.known)
        if "dang-xuat" in path:
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(path, {"do": "x", "reason": "x", "text": "x"})
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if any(word.encode() in body for word in PRIVATE):
                shown.append(f"{method} {path}: private words")
            opens = answer.status_code not in (302, 403, 404, 405)
            if kind_of(address.form) == "of one person" and opens:
                shown.append(f"{method} {path}: {answer.status_code}")
    assert shown == []
    after = rows()
    changed = {
        label: key
        for label, kept in before.items()
        for key, row in kept.items()
        if after[label].get(key) != row
    }
    assert changed == {}
