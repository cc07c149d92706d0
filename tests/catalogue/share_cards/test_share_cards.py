"""Share cards: drawn from today's facts, at an address that changes with them."""

import unicodedata
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image

from catalogue.models import Product
from catalogue.share_cards import drawing
from catalogue.share_cards.drawing import draw
from catalogue.share_cards.facts import SIZES, ShareFacts, of_product, share_card
from tests.cms.making import a_gift_page, a_story
from tests.factories import (
    a_certificate,
    a_home,
    a_picture,
    a_product,
    a_spirit,
    a_variant_product,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def src_of(product: Product, size: str = "ngang") -> str:
    facts = of_product(product.pk)
    assert facts is not None
    return share_card("san-pham", product.pk, facts, size).src


def size_of(content: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(content)) as image:
        assert image.format == "JPEG"
        return image.size


@pytest.mark.parametrize("size", SIZES)
def test_a_card_has_the_size_that_networks_want(size: str) -> None:
    response = Client().get(src_of(a_product(picture=a_picture()), size))
    assert size_of(response.content) == SIZES[size]
    assert "immutable" in response["Cache-Control"]


def test_it_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    src = src_of(a_product())
    first = Client().get(src).content
    monkeypatch.setattr("catalogue.share_cards.views.draw", lambda *_: pytest.fail("drawn again"))
    assert Client().get(src).content == first


def test_the_products_page_names_its_card(settings: Any) -> None:
    product = a_product(picture=a_picture())
    page = Client().get(product.get_absolute_url()).content.decode()
    assert f'<meta property="og:image" content="{settings.BASE_URL}{src_of(product)}">' in page
    assert '<meta property="og:image:width" content="1200">' in page


def test_stars_fall_off_the_card_on_the_day_they_end(monkeypatch: pytest.MonkeyPatch) -> None:
    product = a_product()
    certificate = a_certificate(product, stars=4)
    ends = timezone.localdate() + timedelta(days=1)
    type(certificate).objects.filter(pk=certificate.pk).update(expires_on=ends)
    with_stars = src_of(product)
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    facts = of_product(product.pk)
    assert facts is not None
    assert (facts.stars, facts.stars_text) == (0, "")
    response = Client().get(with_stars)
    assert response.status_code == 302
    assert response["Location"] == src_of(product) != with_stars


def test_a_new_price_or_picture_is_a_new_address() -> None:
    product = a_product(price=45_000, picture=a_picture())
    seen = {src_of(product)}
    record = product.stockrecords.get()
    record.price = 50_000
    record.save()
    seen.add(src_of(product))
    image = product.images.get()
    image.original = a_picture("Ảnh khác")
    image.save()
    seen.add(src_of(product))
    with translation.override("en"):
        seen.add(src_of(product))
    assert len(seen) == 4


def test_a_made_up_address_draws_nothing_of_its_own() -> None:
    product = a_product()
    made_up = reverse("share-card", args=["san-pham", product.pk, "ngang", "0" * 20])
    response = Client().get(made_up)
    assert response["Location"] == src_of(product)
    assert not default_storage.exists(f"share/{'0' * 20}.jpg")


@pytest.mark.parametrize(
    ("kind", "size"), [("san-pham", "khong-lo"), ("don-hang", "ngang"), ("trang", "ngang")]
)
def test_what_has_no_card_is_not_found(kind: str, size: str) -> None:
    product = a_product()
    assert Client().get(reverse("share-card", args=[kind, 999, size, "k"])).status_code == 404
    if size == "khong-lo":
        url = reverse("share-card", args=[kind, product.pk, size, "k"])
        assert Client().get(url).status_code == 404


def test_nobody_is_given_spirits_to_spread() -> None:
    spirit = a_spirit()
    assert of_product(spirit.pk) is None
    url = reverse("share-card", args=["san-pham", spirit.pk, "ngang", "k"])
    assert Client().get(url).status_code == 404


def test_a_product_taken_off_has_no_card() -> None:
    product = a_product()
    src = src_of(product)
    Product.objects.filter(pk=product.pk).update(live=False, is_public=False)
    assert Client().get(src).status_code == 404


def test_the_lowest_of_several_prices_says_from() -> None:
    facts = of_product(a_variant_product().pk)
    assert facts is not None
    assert facts.price.startswith("Từ 120.000")


def test_a_sample_is_called_so_on_the_card() -> None:
    facts = of_product(a_product(is_sample=True).pk)
    assert facts is not None
    assert facts.note == "Dữ liệu mẫu"


def test_marks_written_apart_are_drawn_as_one_letter() -> None:
    apart = unicodedata.normalize("NFD", "Đông trùng hạ thảo Ễ ữ ặ")
    whole = unicodedata.normalize("NFC", apart)
    assert apart != whole
    sizes = SIZES["ngang"]
    assert draw(ShareFacts(title=apart), sizes) == draw(ShareFacts(title=whole), sizes)


@pytest.mark.parametrize("title", ["Trà", "Khoai lang sấy dẻo " * 12, "Dàidằngdặc" * 30])
@pytest.mark.parametrize("size", SIZES)
def test_no_title_runs_over_the_edge(title: str, size: str) -> None:
    """Right of the margin there is paper, down to the frame."""
    facts = ShareFacts(title, "Xã Bắc Lũng " * 20, 5, "OCOP 5 sao", "1.250.000 ₫", "Dữ liệu mẫu")
    with Image.open(BytesIO(draw(facts, SIZES[size]))) as image:
        width, height = image.size
        strip = image.crop(
            (width - drawing.MARGIN + 12, drawing.FRAME + 8, width - drawing.FRAME - 8, height - 20)
        ).convert("L")
        assert min(strip.getdata()) > 200


def test_a_card_whose_picture_is_gone_is_drawn_without() -> None:
    picture = a_picture()
    product = a_product(picture=picture)
    picture.file.storage.delete(picture.file.name)
    assert size_of(Client().get(src_of(product)).content) == SIZES["ngang"]


def test_a_gift_page_shows_its_boxs_price_and_follows_it(settings: Any) -> None:
    a_home()
    box = a_product("Hộp quà đầu xuân", price=389_000)
    gift = a_gift_page("Hạt giống đầu xuân", box=box)
    page = Client().get(gift.url).content.decode()
    start = page.index('property="og:image" content="') + len('property="og:image" content="')
    src = page[start : page.index('"', start)].removeprefix(settings.BASE_URL)
    assert size_of(Client().get(src).content) == SIZES["ngang"]
    record = box.stockrecords.get()
    record.price = 400_000
    record.save()
    assert Client().get(src).status_code == 302


def test_a_story_that_was_taken_down_has_no_card() -> None:
    a_home()
    story = a_story("Chuyện củ khoai")
    page = Client().get(story.url).content.decode()
    assert f"/the-chia-se/trang/{story.pk}/ngang/" in page
    story.unpublish()
    url = reverse("share-card", args=["trang", story.pk, "ngang", "k"])
    assert Client().get(url).status_code == 404


def test_asking_for_a_card_costs_six_queries_at_most() -> None:
    src = src_of(a_variant_product(picture=a_picture()))
    with CaptureQueriesContext(connection) as queries:
        Client().get(src)
    assert len(queries) <= 6
