"""What robots are told: sitemaps, robots.txt, other languages of a page."""

import re
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.cms.making import a_story
from tests.factories import a_category, a_home, a_producer, a_product, a_spirit

pytestmark = pytest.mark.django_db
SPACE = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def read(client: Client, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)


def addresses(client: Client, section: str) -> list[str]:
    tree = read(client, f"/sitemap-{section}.xml")
    return [str(each.text) for each in tree.findall("s:url/s:loc", SPACE)]


def alternates(client: Client, section: str, address: str) -> dict[str, str]:
    for url in read(client, f"/sitemap-{section}.xml").findall("s:url", SPACE):
        if url.findtext("s:loc", namespaces=SPACE) == address:
            links = url.findall("x:link", SPACE)
            return {link.attrib["hreflang"]: link.attrib["href"] for link in links}
    raise AssertionError(address)


def whole(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def test_the_index_names_every_section_and_each_can_be_read(client: Client) -> None:
    a_home()
    a_product()
    tree = read(client, "/sitemap.xml")
    found = [str(each.text) for each in tree.findall("s:sitemap/s:loc", SPACE)]
    assert len(found) == 5
    for address in found:
        assert address.startswith(settings.BASE_URL)
        assert read(client, address.removeprefix(settings.BASE_URL)).findall("s:url", SPACE)


def test_a_product_is_listed_in_each_language_it_is_written_in(client: Client) -> None:
    both, one = a_product(english_ready=True), a_product(english_ready=False)
    found = addresses(client, "san-pham")
    vi, en = whole(both.get_absolute_url()), whole(f"/en{both.get_absolute_url()}")
    assert {vi, en} <= set(found)
    assert alternates(client, "san-pham", en) == {"vi": vi, "en": en, "x-default": vi}
    assert whole(one.get_absolute_url()) in found
    assert whole(f"/en{one.get_absolute_url()}") not in found


def test_what_nobody_may_find_is_in_no_sitemap(client: Client) -> None:
    spirit, draft = a_spirit(), a_product(live=False)
    group_of_spirits = spirit.categories.get()
    honey = a_product(category=a_category("Mật", number=12))
    found = addresses(client, "san-pham")
    assert whole(honey.get_absolute_url()) in found
    for hidden in (spirit, draft):
        assert whole(hidden.get_absolute_url()) not in found
    groups = addresses(client, "nhom")
    assert whole(honey.categories.get().get_absolute_url()) in groups
    if group_of_spirits != honey.categories.get():
        assert whole(group_of_spirits.get_absolute_url()) not in groups


def test_producers_with_a_page_are_listed(client: Client) -> None:
    shown, hidden = a_producer(), a_producer(is_public=False)
    found = addresses(client, "nha-san-xuat")
    assert whole(shown.get_absolute_url()) in found
    assert whole(hidden.get_absolute_url()) not in found


def test_live_pages_are_listed_beside_their_translations_without_alcohol(client: Client) -> None:
    a_home()
    told = a_story("Chuyện mật ong")
    of_spirits = a_story("Chuyện rượu", product=a_spirit())
    draft = a_story("Chưa xong")
    draft.unpublish()
    found = addresses(client, "trang")
    assert whole(told.url) in found
    for hidden in (of_spirits, draft):
        assert whole(hidden.url) not in found
    home = alternates(client, "trang", whole("/"))
    assert home == {"vi": whole("/"), "en": whole("/en/"), "x-default": whole("/")}


def test_sitemaps_ask_no_more_queries_for_more_rows(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    a_home()
    for number in range(4):
        a_product()
        a_story(f"Chuyện số {number}")
    for section in ("san-pham", "nhom", "nha-san-xuat", "trang"):
        with django_assert_max_num_queries(9):
            client.get(f"/sitemap-{section}.xml")


def test_robots_are_kept_from_what_belongs_to_one_visitor(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    for path in ("/gio-hang/", "/thanh-toan/", "/tai-khoan/", "/tim-kiem/", "/en/gio-hang/"):
        assert f"Disallow: {path}\n" in text
    assert f"Sitemap: {whole('/sitemap.xml')}" in text
    assert "Disallow: /\n" not in text


def test_a_list_names_its_other_languages_without_its_filters(client: Client) -> None:
    html = client.get("/san-pham/?sao=4&trang=2").content.decode()
    found = dict(re.findall(r'hreflang="([^"]+)" href="(http[^"]+)"', html))
    assert found == {
        "vi": whole("/san-pham/?trang=2"),
        "en": whole("/en/san-pham/?trang=2"),
        "x-default": whole("/san-pham/?trang=2"),
    }
