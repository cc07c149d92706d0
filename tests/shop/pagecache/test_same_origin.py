"""Forms without a token: taken from pages of ours, refused from anywhere else."""

import re

import pytest
from django.test import Client
from django.urls import resolve, reverse

from shop.basket.models import Line
from shop.pagecache.pages import FORMS
from tests.cms.making import a_gift_page
from tests.factories import a_buyer, a_gift_box, a_home, a_product, a_spirit

pytestmark = pytest.mark.django_db

FROM_HERE = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "http://testserver"}
FROM_ELSEWHERE = [
    {},
    {"HTTP_SEC_FETCH_SITE": "cross-site"},
    {"HTTP_SEC_FETCH_SITE": "same-site"},
    {"HTTP_SEC_FETCH_SITE": "none"},
    {"HTTP_SEC_FETCH_SITE": ""},
    {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"},
    {"HTTP_ORIGIN": "null"},
    {"HTTP_ORIGIN": "https://evil.example"},
    {"HTTP_ORIGIN": "https://testserver"},
    {"HTTP_ORIGIN": "http://testserver.evil.example"},
    {"HTTP_ORIGIN": "http://testserver:81"},
    {"HTTP_REFERER": "http://testserver/"},
]


def strict() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(
    "said",
    [FROM_HERE, {"HTTP_SEC_FETCH_SITE": "same-origin"}, {"HTTP_ORIGIN": "http://testserver"}],
)
def test_a_form_of_ours_is_taken(said: dict[str, str]) -> None:
    product = a_product("Mật ong", stock=9)
    answer = strict().post(reverse("basket:add", args=[product.pk]), {"quantity": "2"}, **said)
    assert answer.status_code == 302
    assert Line.objects.get().quantity == 2


@pytest.mark.parametrize("said", FROM_ELSEWHERE)
def test_a_form_from_anywhere_else_is_refused(said: dict[str, str]) -> None:
    product = a_product("Mật ong", stock=9)
    for client in (strict(), strict()):
        answer = client.post(reverse("basket:add", args=[product.pk]), {"quantity": "1"}, **said)
        assert answer.status_code == 403
    assert not Line.objects.exists()


@pytest.mark.parametrize("said", FROM_ELSEWHERE)
def test_who_is_signed_in_is_not_made_to_buy_from_elsewhere(said: dict[str, str]) -> None:
    product = a_product("Mật ong", stock=9)
    client = strict()
    client.force_login(a_buyer())
    answer = client.post(reverse("basket:add", args=[product.pk]), {"quantity": "1"}, **said)
    assert answer.status_code == 403


def test_a_browser_that_says_nothing_is_taken_with_its_token() -> None:
    product = a_product("Mật ong", stock=9)
    client = strict()
    client.force_login(a_buyer())
    page = client.get(product.get_absolute_url()).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    form = {"quantity": "1", "csrfmiddlewaretoken": token.group(1)}
    url = reverse("basket:add", args=[product.pk])
    assert client.post(url, form).status_code == 302
    assert client.post(url, {**form, "csrfmiddlewaretoken": "x" * 64}).status_code == 403


@pytest.mark.parametrize(
    "url", ["/tai-khoan/dang-nhap/", "/tai-khoan/dang-ky/", "/gio-hang/vouchers/add/"]
)
def test_every_other_form_needs_its_token_wherever_it_comes_from(url: str) -> None:
    assert strict().post(url, {}, **FROM_HERE).status_code == 403


def test_every_form_on_a_kept_page_is_one_that_needs_no_token() -> None:
    a_home()
    box = a_gift_box(of={a_product("Bánh mật", stock=60): 1})
    urls = [
        "/",
        "/san-pham/",
        a_product("Mật ong", stock=9).get_absolute_url(),
        a_product("Hồng", stock=0).get_absolute_url(),
        a_spirit("Rượu").get_absolute_url(),
        a_gift_page(box=box).url,
        reverse("questions:of-product", args=[box.slug]),
        reverse("reviews:of-product", args=[box.slug]),
        reverse("catalogue:trace-form"),
        reverse("partner:index"),
    ]
    actions = set()
    for url in urls:
        response = Client().get(url)
        assert response.status_code == 200 and response.has_header("ETag"), url
        for form in re.findall(r"<form[^>]*method=\"post\"[^>]*>", response.content.decode()):
            action = re.search(r'action="([^"#?]*)', form)
            assert action is not None, form
            actions.add(resolve(action.group(1)).view_name)
    assert "basket:add" in actions and "catalogue:confirm-age" in actions
    assert actions <= FORMS
