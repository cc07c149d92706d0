"""A product's page is drawn once while the database says the same, and never of yesterday."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue import product_page
from catalogue.kept import Kept
from catalogue.models import Certificate, Lot, Product
from catalogue.pictures.models import Picture, Rendition
from catalogue.pictures.specs import GALLERY_SPECS
from catalogue.product_page import page_at
from shop.partner.models import Partner, StockRecord
from shop.places.models import Ward
from shop.questions.models import Question
from tests.catalogue.making import a_picture_of, a_variant
from tests.factories import (
    a_buyer,
    a_category,
    a_certificate,
    a_gift_box,
    a_lot,
    a_producer,
    a_product,
    a_question,
    a_review,
    a_stock_record,
    signed_in,
)

pytestmark = pytest.mark.django_db

WARD = "07498"


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(product_page, "_kept", Kept(20))


@pytest.fixture
def goods() -> Product:
    """Goods with all that a page shows."""
    maker = a_producer("Hợp tác xã", ward=Ward.objects.get(code=WARD))
    goods = a_product("Tên cũ", producer=maker, price=50_000, storage="Nơi mát")
    a_certificate(goods, stars=3, issuer="UBND huyện")
    a_lot(goods, "LO-CU")
    a_picture_of(goods, "Ảnh cũ")
    return goods


def shown(client: Client, product: Product, query: str = "") -> str:
    response = client.get(f"/san-pham/{product.slug}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def a_visitor(email: str = "") -> Client:
    return signed_in(a_buyer(email))


# --- Right at once ---------------------------------------------------------------------------


def _renamed(goods: Product) -> None:
    Product.objects.filter(pk=goods.pk).update(title="Tên mới")


def _described(goods: Product) -> None:
    Product.objects.filter(pk=goods.pk).update(description="Chữ vừa viết")


def _stored_otherwise(goods: Product) -> None:
    Product.objects.filter(pk=goods.pk).update(storage="Ngăn đá")


def _dearer(goods: Product) -> None:
    StockRecord.objects.filter(product=goods).update(price=77_000)


def _nearly_gone(goods: Product) -> None:
    StockRecord.objects.filter(product=goods).update(num_in_stock=3, num_allocated=0)


def _gone(goods: Product) -> None:
    StockRecord.objects.filter(product=goods).update(num_in_stock=0)


def _with_a_variant(goods: Product) -> None:
    a_variant(goods, "Gói 2 kg", price=90_000)


def _certified_anew(goods: Product) -> None:
    Certificate.objects.filter(product=goods).update(issuer="UBND tỉnh")


def _starred(goods: Product) -> None:
    a_certificate(goods, stars=5, decided_on=timezone.localdate())


def _of_another_lot(goods: Product) -> None:
    Lot.objects.filter(product=goods).update(code="LO-MOI")


def _pictured(goods: Product) -> None:
    a_picture_of(goods, "Ảnh mới")


def _told_to_the_blind(goods: Product) -> None:
    Picture.objects.filter(product_images__product=goods).update(alt_text="Củ vàng ruộm")


def _made_smaller(goods: Product) -> None:
    Rendition.objects.create(
        image=goods.images.get().original,
        filter_spec=GALLERY_SPECS[0],
        focal_point_key="2e16d0ba",
        width=333,
        height=333,
        file="images/cat-nho.webp",
    )


def _of_a_maker_renamed(goods: Product) -> None:
    Partner.objects.filter(pk=goods.producer_id).update(name="Nhà vườn mới")


def _of_a_maker_introduced(goods: Product) -> None:
    Partner.objects.filter(pk=goods.producer_id).update(intro="Ba đời làm nghề")


def _of_a_commune_renamed(goods: Product) -> None:
    Ward.objects.filter(code=WARD).update(name="Làng Mới", full_name="Xã Làng Mới")


def _reviewed(goods: Product) -> None:
    a_review(goods, title="Ngon lắm")


def _asked_about(goods: Product) -> None:
    a_question(goods, text="Để được mấy ngày?")


def _filed(goods: Product) -> None:
    goods.categories.set([a_category("Hạt và củ", number=None)])


def _beside_another(goods: Product) -> None:
    a_product("Món bên cạnh", producer=goods.producer)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_renamed, "Tên mới"),
        (_described, "Chữ vừa viết"),
        (_stored_otherwise, "Ngăn đá"),
        (_dearer, "77.000"),
        (_nearly_gone, "Chỉ còn 3"),
        (_gone, "Hết hàng"),
        (_certified_anew, "UBND tỉnh"),
        (_starred, "OCOP 5 sao"),
        (_of_another_lot, "LO-MOI"),
        (_pictured, "Ảnh mới"),
        (_told_to_the_blind, "Củ vàng ruộm"),
        (_made_smaller, "cat-nho.webp"),
        (_of_a_maker_renamed, "Nhà vườn mới"),
        (_of_a_maker_introduced, "Ba đời làm nghề"),
        (_of_a_commune_renamed, "Làng Mới"),
        (_reviewed, "Ngon lắm"),
        (_asked_about, "Để được mấy ngày?"),
        (_filed, "Hạt và củ"),
        (_beside_another, "Món bên cạnh"),
    ],
)
def test_a_kept_page_says_the_new_at_once(
    goods: Product, change: Callable[[Product], None], words: str
) -> None:
    """Even when the row is written behind the back of every signal."""
    buyer = a_visitor()
    assert words not in shown(buyer, goods)
    change(goods)
    assert words in shown(buyer, goods)


def test_a_variant_is_there_at_once_and_gone_at_once() -> None:
    buyer, cake = a_visitor(), a_product("Bánh mật", price=None)
    a_variant(cake, "5 chiếc", price=30_000)
    assert "10 chiếc" not in shown(buyer, cake)
    ten = a_variant(cake, "10 chiếc", price=60_000)
    assert "10 chiếc" in shown(buyer, cake)
    StockRecord.objects.filter(product=ten).update(price=61_000)
    assert "61.000" in shown(buyer, cake)
    Product.objects.filter(pk=ten.pk).update(live=False, is_public=False)
    assert "10 chiếc" not in shown(buyer, cake)


@pytest.mark.parametrize(
    "fields", [{"live": False, "is_public": False}, {"archived_at": timezone.now()}]
)
def test_what_is_taken_off_has_no_page_any_more(goods: Product, fields: dict) -> None:
    buyer = a_visitor()
    shown(buyer, goods)
    Product.objects.filter(pk=goods.pk).update(**fields)
    assert buyer.get(f"/san-pham/{goods.slug}/").status_code == 404


def test_a_kept_page_forgets_a_sale_that_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    buyer, goods = a_visitor(), a_product(price=None)
    ends = timezone.now() + timedelta(minutes=5)
    a_stock_record(goods, price=180_000, stock=5, sale_price=150_000, sale_ends_at=ends)
    assert "150.000" in shown(buyer, goods)
    monkeypatch.setattr(timezone, "now", lambda: ends)
    assert "150.000" not in shown(buyer, goods)


def test_a_page_is_drawn_in_the_language_asked_for() -> None:
    buyer, cake = a_visitor(), a_product("Bánh mật", title_en="Molasses cake", english_ready=True)
    assert "Ghi trên nhãn" in shown(buyer, cake)
    english = buyer.get(f"/en/san-pham/{cake.slug}/").content.decode()
    assert "<h1>Molasses cake</h1>" in english and "Ghi trên nhãn" not in english
    assert "Ghi trên nhãn" in shown(buyer, cake)


def test_a_renamed_group_is_told_on_the_way_to_the_product(goods: Product) -> None:
    buyer, group = a_visitor(), goods.categories.get()
    assert f">{group.name}</a>" in shown(buyer, goods)
    before, group.name = group.name, "Rau củ"
    group.save()
    page = shown(buyer, goods)
    assert ">Rau củ</a>" in page and before not in page


def test_a_gift_box_follows_its_contents() -> None:
    buyer, cake = a_visitor(), a_product("Bánh mật", price=60_000)
    box = a_gift_box(of={cake: 2})
    assert "Thêm vào giỏ" in shown(buyer, box)
    StockRecord.objects.filter(product=cake).update(num_in_stock=1)
    assert "Thêm vào giỏ" not in shown(buyer, box)


def test_an_approved_answer_and_a_hidden_review_are_told_at_once(goods: Product) -> None:
    buyer, review = a_visitor(), a_review(goods, title="Ngon lắm")
    question = a_question(goods, text="Để được mấy ngày?")
    assert "Ngon lắm" in shown(buyer, goods)
    review.status = review.REJECTED
    review.save()
    Question.objects.filter(pk=question.pk).update(answer="Năm ngày")
    page = shown(buyer, goods)
    assert "Ngon lắm" not in page and "Năm ngày" in page


# --- Whose ------------------------------------------------------------------------------------


def test_what_is_one_visitor_s_stands_on_no_other_one_s_page() -> None:
    goods = a_product(stock=0)
    first, second = a_visitor("mot@example.vn"), a_visitor("hai@example.vn")
    assert "mot@example.vn" in shown(first, goods)
    page = shown(second, goods)
    assert "hai@example.vn" in page and "mot@example.vn" not in page
    stranger = shown(Client(), goods)
    assert "@example.vn" not in stranger and 'id="bao-email"' in stranger


def test_each_form_carries_the_token_of_who_is_shown_it(goods: Product) -> None:
    token = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
    first, second = a_visitor(), a_visitor()
    pages = [shown(first, goods), shown(second, goods), shown(first, goods)]
    assert len({page.count("<form") for page in pages}) == 1
    found = [token.findall(page) for page in pages]
    assert all(len(tokens) == pages[0].count('method="post"') for tokens in found)
    assert not set(found[0]) & set(found[1])


def test_where_somebody_came_from_and_lives_is_told_to_them_alone(goods: Product) -> None:
    first, second = a_visitor(), a_visitor()
    first.post("/giao-den/", {"tinh": "79"})
    mine = shown(first, goods, "?tu=12&c=tet")
    assert 'name="from_page" value="12"' in mine and 'value="79" selected' in mine
    theirs = shown(second, goods)
    assert "from_page" not in theirs and "selected" not in theirs


def test_drinks_beside_are_shown_to_the_grown_up_alone(goods: Product) -> None:
    a_product("Rượu đông trùng", abv=30, producer=goods.producer)
    grown_up, other = a_visitor(), a_visitor()
    grown_up.post("/du-18-tuoi/")
    assert "Rượu đông trùng" in shown(grown_up, goods)
    assert "Rượu đông trùng" not in shown(other, goods)


def test_the_variant_asked_for_is_chosen_on_that_page_alone() -> None:
    buyer, cake = a_visitor(), a_product("Bánh mật", price=None)
    small = a_variant(cake, "5 chiếc", price=30_000)
    large = a_variant(cake, "10 chiếc", price=60_000)
    chosen = re.compile(r'value="(\d+)" required checked')
    asked = [f"?v={large.pk}", "", f"?v={small.pk}", f"?v={large.pk}", "?v=999999"]
    found = [chosen.findall(shown(buyer, cake, query)) for query in asked]
    assert found == [[str(pk)] for pk in (large.pk, small.pk, small.pk, large.pk, small.pk)]


# --- Cost -------------------------------------------------------------------------------------


def test_a_page_is_made_once_while_nothing_changes(goods: Product) -> None:
    first = page_at(goods.slug)
    assert first is not None and page_at(goods.slug) is first
    assert page_at(goods.slug, "1e9") is first


def test_drawing_a_page_reads_nothing_that_its_key_does_not_hold(
    goods: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What were read while drawing would stay as it was then."""
    buyer = a_visitor()
    a_variant(goods, "Gói 2 kg", price=90_000)
    Product.objects.filter(pk=goods.pk).update(structure="parent")
    shown(buyer, goods)
    with CaptureQueriesContext(connection) as kept:
        shown(buyer, goods)
    monkeypatch.setattr(product_page, "_kept", Kept(20))
    with CaptureQueriesContext(connection) as drawn:
        shown(buyer, goods)
    assert len(drawn) == len(kept) <= 5
