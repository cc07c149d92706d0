"""What no browser sends: zero bytes, bytes that are no text, endless numbers, queries in disguise.

Always the same requests, to every page that asks for no sign-in; `tests/fuzz` sends others.
"""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from catalogue.models import Product
from shop.users.models import User
from tests.addresses import all_addresses
from tests.full_house import House, a_full_house
from tests.fuzz.requests import EVERYWHERE
from tests.fuzz.targets import is_ours, targets_of
from tests.neighbour import filled

pytestmark = pytest.mark.django_db

ZALGO = "A\u0334\u0335\u031c\u0330" * 50
SQL = ("'", '"', "';--", "' OR '1'='1", "1 OR 1=1", "') OR ('1'='1", "1; DROP TABLE x", "\\'")
QUERIES = (
    *("a=%ff%fe&q=%ff", "q=%00", "q=%ED%A0%80", "q=%C0%80", "=", "&&&", "q", "%=%", "q[]=1&q[]=2"),
    *("q=" + "a" * 60_000, "&".join(["q=a"] * 900), "trang=-1", "trang=0", "trang=" + "9" * 4400),
    *("trang=last", "trang=1e9", "trang=٣", "q=" + "%28" * 3000, "q=" + "a+" * 3000),
)

#: Bodies that are no form: their kind, and what is in them.
BODIES = (
    ("application/json", b'{"quantity": "1"}'),
    ("application/json", b"[" * 200_000),
    ("application/json", b'{"a":' * 50_000),
    ("application/x-www-form-urlencoded", b"a=%ff&b=\xff\xfe"),
    ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 1500)),
    ("application/x-www-form-urlencoded; charset=none", b"a=b"),
    ("multipart/form-data", b"--x"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data"),
    ("multipart/form-data; boundary=", b"--\r\n"),
    ("multipart/form-data; boundary=" + "a" * 300, b"x"),
    ("text/xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    ("", b"\x00\xff"),
)

#: One of each kind for every page.
VALUES = ("a\x00b", ZALGO, "-1", "9" * 5000, SQL[3])


@pytest.fixture
def house() -> House:
    return a_full_house()


@pytest.fixture
def guest(house: House) -> Client:
    return house.client("guest")


def public(house: House) -> list[Any]:
    return [each for each in targets_of(house, "guest") if not each.fields]


def test_no_parameter_of_a_public_page_breaks_it(house: House, guest: Client) -> None:
    """No error, of the database neither; nothing gone."""
    before = (Product.objects.count(), User.objects.count())
    broken, sent = [], 0
    for target in public(house):
        names = (*target.parameters, *EVERYWHERE)
        if guest.get(target.path).status_code != 200:
            continue
        for value in VALUES:
            # All of them at once, and twice: any one that breaks the page is found.
            answer = guest.get(target.path, {name: ["1", value] for name in names})
            sent += 1
            if answer.status_code >= 500:
                broken.append(f"{target.path} {value[:40]!r}")
    assert sent > 200
    assert broken == []
    assert (Product.objects.count(), User.objects.count()) == before


def test_a_query_that_is_none_breaks_nothing(guest: Client) -> None:
    for path in ("/", "/san-pham/", "/tim-kiem/", "/tim-kiem/goi-y/", "/truy-xuat/"):
        for query in QUERIES:
            assert guest.get(f"{path}?{query}").status_code < 500, (path, query[:60])


def test_no_part_of_any_address_breaks_it(house: House) -> None:
    broken = []
    staff = house.client("staff")
    for address in filter(is_ours, all_addresses()):
        for name in address.names:
            for value in ("9" * 25, "a%00b%0d%0aX-A:b"):
                known = {**house.known, address.form: {name: "zzq"}}
                path = filled(address.form, address.names, known).replace("zzq", value)
                answer = staff.get(path)
                if answer.status_code >= 500:
                    broken.append(path)
                assert "X-A" not in answer.headers
    assert broken == []


def test_no_query_is_made_of_what_is_typed(house: House, guest: Client) -> None:
    """A sentence of SQL finds nothing, and opens nothing that it is not the key of."""
    for value in SQL:
        found = guest.get("/tim-kiem/", {"q": f"khongcotren {value}"}).content.decode()
        assert house.product.title not in found
        number = quote(f"x{value}", safe="")
        for path in (f"/don-hang/{number}/", f"/bao-gia/{number}/", f"/san-pham/{number}/"):
            assert guest.get(path).status_code == 404
        signed = guest.post("/tai-khoan/dang-nhap/", {"username": value, "password": value})
        assert signed.status_code == 200


def test_a_body_that_is_no_form_is_refused_and_breaks_nothing(house: House, guest: Client) -> None:
    paths = sorted({each.path for each in targets_of(house, "guest") if each.method == "POST"})
    assert len(paths) > 10
    for turn, (kind, body) in enumerate(BODIES):
        for path in paths[turn % 4 :: 4]:
            answer = guest.generic("POST", path, body, kind)
            assert answer.status_code < 500, (path, kind)
            assert b"root:" not in answer.content


def test_no_method_is_put_on_by_a_header(house: House, guest: Client) -> None:
    path = f"/gio-hang/them/{house.product.pk}/"
    plain = guest.get(path).status_code
    for header in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        assert guest.get(path, headers={header: "POST"}).status_code == plain
        answer = guest.post("/gio-hang/", {"_method": "DELETE"}, headers={header: "DELETE"})
        assert answer.status_code < 500


def test_no_answer_is_split_by_what_is_asked(house: House, guest: Client) -> None:
    for value in ("a\r\nSet-Cookie: x=1", "a\nX-A: b", "a\r\n\r\n<html>", "a%0d%0aX-A: b"):
        asked = quote(value, safe="")
        for path in (
            f"/tim-kiem/?q={asked}",
            f"/truy-xuat/?ma={asked}",
            f"/01/{asked}/10/{asked}",
            f"/di/{asked}/",
            f"/khong-co/{asked}",
            f"/san-pham/{house.product.slug}/?v={asked}",
            f"/cms/login/?next=/{asked}",
        ):
            answer = guest.get(path)
            assert "x" not in answer.cookies
            assert "X-A" not in answer.headers
            assert not any("\n" in each for pair in answer.headers.items() for each in pair)
