"""What every page stands in: header, footer, links to the other language; drawn once for all."""

from typing import Any

import pytest
from django.http import Http404
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import translation
from django.utils.safestring import mark_safe
from pytest_django import DjangoAssertNumQueries
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from cms.models import StandardPage
from shop.context import alternate_links, language_links
from shop.seller import SellerIdentity
from tests.cms.making import a_page
from tests.factories import a_home, a_user

KEPT = Template(
    "{% load keeping_tags %}{% keep_drawn word=word %}<{{ word }}{{ other }}>{% endkeep_drawn %}"
)


def test_what_is_kept_is_drawn_for_its_values_and_names_nothing_else() -> None:
    assert KEPT.render(Context({"word": "chè", "other": "của An"})) == "<chè>"
    assert KEPT.render(Context({"word": "mật", "other": ""})) == "<mật>"


def test_a_safe_text_and_one_that_is_not_are_kept_apart() -> None:
    assert KEPT.render(Context({"word": mark_safe("<b>")})) == "<<b>>"
    assert KEPT.render(Context({"word": "<b>"})) == "<&lt;b&gt;>"


@pytest.mark.django_db
def test_a_row_is_no_value_to_keep_a_text_by() -> None:
    with pytest.raises(TypeError, match="word"):
        KEPT.render(Context({"word": a_user()}))


@pytest.mark.django_db
def test_neither_a_row_nor_a_safe_text_hides_in_a_tuple() -> None:
    for hidden in (a_user(), mark_safe("<b>")):
        with pytest.raises(TypeError, match="word"):
            KEPT.render(Context({"word": ("chè", (hidden,))}))


@pytest.mark.django_db
def test_the_footer_says_at_once_what_the_seller_says_now(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    a_home()
    seller = SellerIdentity.for_site(Site.objects.get(is_default_site=True))
    with django_capture_on_commit_callbacks(execute=True):
        seller.phone = "0204 111 222"
        seller.save()
    assert "0204 111 222" in client.get("/gio-hang/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        seller.phone = "0204 333 444"
        seller.save()
    page = client.get("/gio-hang/").content.decode()
    assert "0204 333 444" in page and "0204 111 222" not in page


@pytest.mark.django_db
def test_a_policy_stands_in_the_footer_of_its_own_language(client: Client) -> None:
    home = a_home()
    a_page(StandardPage, home, "Đổi trả trong bảy ngày", in_footer=True)
    assert "Đổi trả trong bảy ngày" in client.get("/gio-hang/").content.decode()
    assert "Đổi trả trong bảy ngày" not in client.get("/en/gio-hang/").content.decode()


@pytest.mark.django_db
def test_the_menu_marks_the_page_one_is_on(client: Client) -> None:
    here = '<a href="/san-pham/" aria-current="page">'
    assert here in client.get("/san-pham/").content.decode()
    page = client.get("/gio-hang/").content.decode()
    assert here not in page and '<a href="/san-pham/">' in page


@pytest.mark.django_db
def test_each_visitor_sees_their_own_words_in_the_search_field() -> None:
    assert 'value="mật ong"' in Client().get("/tim-kiem/?q=mật ong").content.decode()
    page = Client().get("/tim-kiem/?q=chè").content.decode()
    assert 'value="chè"' in page and "mật ong" not in page


@pytest.mark.parametrize(
    ("path", "vi", "en"),
    [
        ("/san-pham/?sao=4", "/san-pham/", "/en/san-pham/"),
        ("/en/san-pham/", "/san-pham/", "/en/san-pham/"),
        ("/en/", "/", "/en/"),
        ("/nhom/ch%C3%A8/", "/nhom/ch%C3%A8/", "/en/nhom/ch%C3%A8/"),
        ("/quan-ly/", "/quan-ly/", "/quan-ly/"),
        ("/không/có.gì", "/kh%C3%B4ng/c%C3%B3.g%C3%AC", "/kh%C3%B4ng/c%C3%B3.g%C3%AC"),
    ],
)
def test_a_page_leads_to_itself_in_the_other_language(path: str, vi: str, en: str) -> None:
    request = RequestFactory().get(path)
    with translation.override("en" if path.startswith("/en/") else "vi"):
        try:
            request.resolver_match = resolve(request.path_info)
        except Http404:
            request.resolver_match = None
        links = {link["code"]: link["url"] for link in language_links(request)}
        assert dict(alternate_links(request)) == {"vi": vi, "en": en, "x-default": vi}
    query = path.partition("?")[1] + path.partition("?")[2]
    assert links == {"vi": vi + query, "en": en + query}


@pytest.mark.django_db
def test_a_page_that_is_not_there_costs_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_home()
    client.get("/khong-co/")
    with django_assert_num_queries(1):
        client.get("/khong-co-gi/")


@pytest.mark.django_db
def test_an_old_address_leads_on_as_soon_as_somebody_says_so(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    a_home()
    assert client.get("/trang-cu/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        Redirect.objects.create(old_path="/trang-cu", redirect_link="/san-pham/")
    assert client.get("/trang-cu/").headers["Location"] == "/san-pham/"
