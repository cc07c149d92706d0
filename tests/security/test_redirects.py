"""No address leads to another site, whatever is asked of it."""

import re
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from shop.context import language_links
from shop.users.models import User
from tests.factories import PASSWORD, a_buyer, a_product, a_shop, signed_in
from tests.shop.promotion.making import a_campaign

pytestmark = pytest.mark.django_db

ELSEWHERE = (
    *("https://ke-xau.example/", "//ke-xau.example", "///ke-xau.example", "/\\ke-xau.example"),
    *(
        "\\\\ke-xau.example",
        "https:ke-xau.example",
        "javascript:alert(1)",
        "http:///ke-xau.example",
    ),
    *("/\t/ke-xau.example", "\x00//ke-xau.example", " //ke-xau.example", "//ke-xau.example\\@ta"),
    "/\r\nLocation: https://ke-xau.example",
)
#: Forms that go back to where they were sent from.
FORMS = (
    "/gio-hang/them/{pk}/",
    "/mon-da-luu/them/{pk}/",
    "/mon-da-luu/bo/{pk}/",
    "/du-18-tuoi/",
    "/giao-den/",
    "/tai-khoan/dang-xuat/",
)
#: What of a request names an address to go to, or where it came from.
NAMES_AN_ADDRESS = re.compile(
    r"""(?:GET|POST|data|params)(?:\.get\(|\.getlist\(|\[)\s*["'](?:next|back|return|to|url)["']"""
    r"""|HTTP_REFERER|["']Referer["']"""
)


def leads_to(location: str) -> str:
    """Whom a browser asks: it drops what is unseen, and takes a backslash, or more, for slashes."""
    seen = re.sub(r"[\t\r\n]", "", location.strip("".join(map(chr, range(33)))))
    seen = re.sub(r"^([a-z]+:)/*|^//+", r"\1//", seen.replace("\\", "/"))
    address = urlsplit(urljoin("https://phien-cho.example/gio-hang/", seen))
    return f"{address.scheme}://{address.netloc}"


def is_ours(location: str) -> bool:
    return leads_to(location) == "https://phien-cho.example" and "\x00" not in location


@pytest.mark.parametrize("wanted", [each for each in ELSEWHERE if not each.startswith("/\r")])
def test_each_of_these_would_lead_a_browser_away(wanted: str) -> None:
    assert not is_ours(wanted)


@pytest.mark.parametrize("form", FORMS)
def test_no_form_leads_away(form: str) -> None:
    a_shop()
    path = form.format(pk=a_product(stock=1000).pk)
    client, buyer = Client(), a_buyer()

    def led_to(address: str, **typed: str) -> str:
        client.force_login(buyer, backend="shop.users.backends.EmailBackend")
        answer = client.post(address, {"quantity": "1", "tinh": "24", **typed})
        assert answer.status_code == 302, (address, typed)
        return answer["Location"]

    # It does follow what it is asked, or what follows here says nothing.
    inside = "/cau-chuyen/?trang=2"
    assert led_to(path, next=inside) == inside
    assert led_to(f"{path}?next={quote(inside)}") == inside
    for wanted in ELSEWHERE:
        for location in (
            led_to(path, next=wanted),
            led_to(f"{path}?next={quote(wanted)}"),
            led_to(f"{path}?next={quote(wanted)}", next=wanted),
        ):
            assert is_ours(location), (wanted, location)
            assert not any(sign in location for sign in "\r\n"), location


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_no_page_hands_on_an_address_that_leads_away(wanted: str) -> None:
    a_shop()
    product = a_product()
    client = signed_in(a_buyer())
    refused = client.post(f"/gio-hang/them/{product.pk}/", {"quantity": "0", "next": wanted})
    asked = client.get(f"/mon-da-luu/them/{product.pk}/?next={quote(wanted)}")
    assert (refused.status_code, asked.status_code) == (422, 200)
    for page in (refused, asked, Client().get(f"/tai-khoan/dang-ky/?next={quote(wanted)}")):
        for kept in re.findall(r'name="next" value="([^"]*)"', page.content.decode()):
            assert is_ours(unescape(kept) or "/"), kept


def test_one_module_alone_reads_where_somebody_wants_to_go() -> None:
    """You want to go back somewhere? `catalogue.returning.asked_next` says where one may."""
    readers = {
        str(path.relative_to(settings.BASE_DIR))
        for room in ("catalogue", "shop", "cms")
        for path in (settings.BASE_DIR / room).rglob("*.py")
        if NAMES_AN_ADDRESS.search(path.read_text())
    }
    assert readers == {"catalogue/returning.py"}


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_in_and_up_lead_nowhere_else(wanted: str) -> None:
    a_shop()
    buyer = a_buyer()
    known = {"username": buyer.email, "password": PASSWORD}
    new = {"first_name": "Lan", "email": "moi@example.vn", "password1": PASSWORD}
    for path, typed in (
        ("/tai-khoan/dang-nhap/", known),
        ("/tai-khoan/dang-ky/", {**new, "password2": PASSWORD}),
    ):
        answer = Client().post(f"{path}?next={quote(wanted)}", {**typed, "next": wanted})
        assert answer.status_code == 302
        assert is_ours(answer["Location"]), answer["Location"]
    assert User.objects.filter(email="moi@example.vn").exists()


@pytest.mark.parametrize("door", ["/cms/login/", "/_util/login/", "/quan-ly/login/"])
def test_the_doors_of_wagtail_and_oscar_hand_on_nothing_that_leads_away(door: str) -> None:
    a_shop()
    buyer = a_buyer()
    client = Client()
    shown = client.get(f"{door}?next=//ke-xau.example/", follow=True)
    assert shown.status_code == 200
    typed = {"username": buyer.email, "password": PASSWORD, "next": "//ke-xau.example/"}
    last = shown.redirect_chain[-1][0] if shown.redirect_chain else door
    answer = client.post(last, typed)
    assert is_ours(answer.get("Location", "/"))


@pytest.mark.parametrize("path", ["//ke-xau.example/", "/\\ke-xau.example/", "///ke-xau.example"])
def test_the_other_language_is_this_shop(path: str) -> None:
    request = RequestFactory().get("/")
    request.path = request.path_info = path
    for link in language_links(request):
        assert not link["url"].startswith(("//", "http"))


def test_a_campaign_leads_to_a_page_of_the_shop() -> None:
    a_shop()
    campaign = a_campaign("//ke-xau.example")
    answer = Client().get(f"/di/{campaign.slug}/?c=//ke-xau.example&next=//ke-xau.example")
    assert answer.status_code == 302
    assert is_ours(answer["Location"])


def test_a_code_on_a_stamp_leads_to_a_page_of_the_shop() -> None:
    a_shop()
    for code in ("//ke-xau.example", "\\\\ke-xau.example", "a\r\nLocation: //ke-xau.example", ".."):
        answer = Client().get("/truy-xuat/", {"ma": code})
        assert is_ours(answer.get("Location", "/")), code
