"""No address leads to another site, whatever is asked of it."""

from urllib.parse import quote

import pytest
from django.test import Client, RequestFactory

from shop.context import language_links
from shop.users.models import User
from tests.factories import PASSWORD, a_buyer, a_product, a_shop
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
FORMS = (
    "/gio-hang/them/{pk}/",
    "/mon-da-luu/them/{pk}/",
    "/mon-da-luu/bo/{pk}/",
    "/du-18-tuoi/",
    "/giao-den/",
    "/tai-khoan/dang-xuat/",
)


def is_ours(location: str) -> bool:
    return (
        location.startswith("/")
        and not location.startswith(("//", "/\\"))
        and (not any(sign in location for sign in "\r\n\t\x00"))
    )


@pytest.mark.parametrize("form", FORMS)
def test_no_form_leads_away(form: str) -> None:
    a_shop()
    path = form.format(pk=a_product().pk)
    client, buyer = Client(), a_buyer()
    for wanted in ELSEWHERE:
        for address in (path, f"{path}?next={quote(wanted)}"):
            client.force_login(buyer, backend="shop.users.backends.EmailBackend")
            answer = client.post(address, {"next": wanted, "quantity": "1", "tinh": "24"})
            assert is_ours(answer.get("Location", "/")), (address, wanted)


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
