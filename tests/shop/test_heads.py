"""What every public page tells search engines and networks: head, card, structured data."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from cms.models import PlaceIndexPage, PlacePage
from shop.pagecache.edition import next_edition
from tests.cms.making import a_gift_page, a_story
from tests.factories import (
    a_category,
    a_certificate,
    a_home,
    a_picture,
    a_producer,
    a_product,
    a_review,
    a_spirit,
    a_variant_product,
)
from tests.schema_org import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> dict[str, str]:
    """One of every kind of page that visitors may find."""
    a_home()
    picture = a_picture()
    category = a_category()
    producer = a_producer("HTX Lục Sơn", intro="Chúng tôi sấy long nhãn.", picture=picture)
    product = a_product(
        "Long nhãn",
        picture=picture,
        producer=producer,
        category=category,
        summary="Long nhãn sấy củi.",
        gtin="8936000000004",
    )
    a_certificate(product, stars=4)
    a_review(product)
    both = a_product("Mật ong", picture=picture, english_ready=True, title_en="Honey")
    variants = a_variant_product(picture=picture)
    section = PlaceIndexPage.objects.get(locale__language_code="vi")
    place = PlacePage(title="Suối Mỡ", lead="Một dòng suối.", locale=section.locale)
    section.add_child(instance=place)
    place.save_revision().publish()
    next_edition()
    story = a_story(lead="Chuyện kể.", picture=picture, author="Lan", product=product)
    return {
        "home": "/",
        "home in English": "/en/",
        "catalogue": "/san-pham/",
        "catalogue in English": "/en/san-pham/",
        "category": category.get_absolute_url(),
        "product": product.get_absolute_url(),
        "product in both": f"/en{both.get_absolute_url()}",
        "variants": variants.get_absolute_url(),
        "producers": "/nha-san-xuat/",
        "programme": "/chuong-trinh-ocop/",
        "programme in English": "/en/chuong-trinh-ocop/",
        "producer": producer.get_absolute_url(),
        "stories": section.get_parent().url + "cau-chuyen/",
        "story": story.url,
        "gift": a_gift_page(lead="Hộp quà.", picture=picture, box=product).url,
        "place": place.url,
    }


def content_of(html: str, name: str) -> list[str]:
    found = re.findall(rf'<meta (?:name|property)="{re.escape(name)}" content="([^"]*)">', html)
    return [unescape(text) for text in found]


def read(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def blocks(html: str) -> list[dict[str, Any]]:
    return [
        json.loads(text)
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    ]


def test_every_page_has_one_title_description_address_and_card(pages: dict[str, str]) -> None:
    for name, path in pages.items():
        html = read(path)
        assert len(re.findall(r"<title>[^<]{4,}</title>", html)) == 1, name
        canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
        assert canonical == [f"{settings.BASE_URL}{path}"], name
        assert content_of(html, "og:url") == canonical, name
        if "story" not in name and name not in ("gift", "stories", "home", "home in English"):
            assert len(content_of(html, "description")) == 1, name
        for tag in ("og:title", "og:type", "og:site_name", "og:image:alt"):
            assert len([text for text in content_of(html, tag) if text]) == 1, (name, tag)
        assert content_of(html, "og:image:width") == ["1200"], name
        assert content_of(html, "og:image:height") == ["630"], name


def test_every_card_named_in_a_head_can_be_fetched(pages: dict[str, str]) -> None:
    for name, path in pages.items():
        (src,) = content_of(read(path), "og:image")
        response = Client().get(src.removeprefix(settings.BASE_URL))
        assert response.status_code == 200, name
        assert response["Content-Type"] == "image/jpeg", name


def test_all_structured_data_is_schema_orgs(pages: dict[str, str]) -> None:
    told = {name: blocks(read(path)) for name, path in pages.items()}
    for name, found in told.items():
        for block in found:
            assert faults(block) == [], name
    kinds = {name: {block["@type"] for block in found} for name, found in told.items()}
    assert kinds["home"] == {"WebSite", "Organization"}
    assert kinds["product"] == {"Product", "BreadcrumbList"}
    assert kinds["producer"] == {"Organization", "BreadcrumbList"}
    assert kinds["story"] == {"Article", "BreadcrumbList"}
    for name in ("gift", "place", "category", "catalogue", "stories", "programme"):
        assert kinds[name] == {"BreadcrumbList"}, name


def test_the_reader_of_schema_org_refuses_what_is_wrong() -> None:
    context = {"@context": "https://schema.org"}
    assert faults(context | {"@type": "Sách"})
    assert faults(context | {"@type": "Organization", "name": "A", "stars": 5})
    assert faults(context | {"@type": "Organization", "name": None})
    assert faults(context | {"@type": "WebSite", "name": "A", "url": "khong-phai-url"})
    assert faults({"@type": "Organization", "name": "A"})


def test_a_products_reviews_and_stars_are_told(pages: dict[str, str]) -> None:
    (product,) = [b for b in blocks(read(pages["product"])) if b["@type"] == "Product"]
    assert product["aggregateRating"]["reviewCount"] == 1
    assert product["review"][0]["author"]["name"] == "Nguyễn L."
    assert product["hasCertification"]["certificationRating"]["ratingValue"] == 4


def test_a_product_without_english_is_told_once_in_vietnamese() -> None:
    product = a_product(english_ready=False)
    own = product.get_absolute_url()
    html = read(f"/en{own}")
    assert f'<link rel="canonical" href="{settings.BASE_URL}{own}">' in html
    assert 'rel="alternate" hreflang="en"' not in html


def test_nothing_of_spirits_is_told() -> None:
    spirit = a_spirit()
    html = read(spirit.get_absolute_url())
    assert "noindex" in content_of(html, "robots")[0]
    assert not [block for block in blocks(html) if block["@type"] == "Product"]
