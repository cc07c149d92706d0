"""The search page: counts by kind, cards, corrections, and what may not be shown."""

from collections import Counter

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from catalogue.age import AGE_COOKIE, CONFIRMED
from catalogue.lookup.indexing import rebuild
from catalogue.lookup.search import Found
from shop.search import answers
from tests.cms.making import a_gift_page, a_story
from tests.factories import (
    a_gift_box,
    a_home,
    a_picture,
    a_producer,
    a_product,
    a_spirit,
    a_variant_product,
)

pytestmark = pytest.mark.django_db
PHONE = {"user-agent": "Mozilla/5.0"}


def found(client: Client, query: str, prefix: str = "", **more: str) -> str:
    """The page as this visitor sees it, every entry written."""
    rebuild()
    response = client.get(f"{prefix}/tim-kiem/", {"q": query, **more})
    assert response.status_code == 200
    return response.content.decode()


def test_products_and_makers_are_found_and_counted(client: Client) -> None:
    a_home()
    maker = a_producer("Tổ hợp tác bánh mật")
    a_product("Bánh mật Thanh Lâm", producer=maker)
    page = found(client, "banh mat")
    assert "<mark>Bánh mật</mark> Thanh Lâm" in page
    assert "Tất cả (2)" in page
    assert "Sản phẩm (1)" in page
    assert "Nhà sản xuất (1)" in page
    assert maker.get_absolute_url() in found(client, "banh mat", loai="producer")


def test_a_slip_is_corrected_in_words_with_their_marks(client: Client) -> None:
    a_home()
    a_product("Khoai lang Yên Sơn")
    page = found(client, "khoia lag")
    assert "Có phải bạn tìm" in page
    assert ">khoai lang</a>" in page
    assert "<mark>Khoai lang</mark> Yên Sơn" in page


def test_who_finds_nothing_is_offered_goods_groups_and_the_words_that_are_known(
    client: Client,
) -> None:
    a_home()
    a_product("Khoai lang Yên Sơn")
    page = found(client, "khoai máy bay")
    assert "Không thấy gì hợp với từ này" in page
    assert "Khoai lang Yên Sơn" in page
    assert 'href="?q=khoai"' in page
    assert 'aria-label="Nhóm sản phẩm"' in page


def test_alcohol_is_found_only_after_the_age_is_confirmed(client: Client) -> None:
    a_home()
    spirit = a_spirit("Rượu đông trùng hạ thảo")
    a_story("Chuyện rượu đông trùng", product=spirit)
    for path in ("/tim-kiem/", "/tim-kiem/goi-y/"):
        rebuild()
        page = client.get(path, {"q": "dong trung"}).content.decode()
        assert spirit.get_absolute_url() not in page
        assert "Chuyện" not in page
    client.cookies[AGE_COOKIE] = CONFIRMED
    page = found(client, "ruou")
    assert spirit.get_absolute_url() in page
    assert "Câu chuyện (1)" in page
    assert spirit.get_absolute_url() in client.get("/tim-kiem/goi-y/?q=ruou").content.decode()


def test_drafts_are_not_found(client: Client) -> None:
    a_home()
    a_product("Khoai lang Yên Sơn", live=False)
    assert "Không thấy gì" in found(client, "khoai lang")


def test_an_entry_that_is_behind_shows_nothing_that_is_gone(client: Client) -> None:
    a_home()
    product = a_product("Khoai lang Yên Sơn")
    rebuild()
    type(product).objects.filter(pk=product.pk).update(live=False, is_public=False)
    page = client.get("/tim-kiem/", {"q": "khoai lang"}).content.decode()
    assert product.get_absolute_url() not in page


def test_english_pages_show_english_names_and_lead_to_english_pages(client: Client) -> None:
    a_home()
    ready = a_product("Mật ong rừng", title_en="Forest honey", english_ready=True)
    a_product("Mật ong nhà", title_en="Home honey")
    a_story("Forest story", language="en")
    a_story("Chuyện forest", language="vi")
    page = found(client, "honey", prefix="/en")
    assert "Forest <mark>honey</mark>" in page
    assert f"/en/san-pham/{ready.slug}/" in page
    assert "Mật ong nhà" in page  # English not ready: shown in Vietnamese, found all the same
    assert "<mark>Forest</mark> story" in found(client, "forest", prefix="/en")
    assert "Chuyện" not in found(client, "forest", prefix="/en")
    assert "<mark>Mật ong</mark> rừng" in found(client, "mat ong")


def test_a_product_of_that_very_name_stands_above_a_gift_that_holds_it(client: Client) -> None:
    a_home()
    a_gift_page("Trà hoa vàng và mật ong: hộp quà Tết")
    a_product("Trà hoa vàng")
    page = found(client, "tra hoa vang")
    assert page.index('id="found-product"') < page.index('id="found-story"')


def test_a_gift_box_counts_once_and_what_is_told_of_it_is_a_story(client: Client) -> None:
    a_home()
    a_gift_page("Tết bánh mật", box=a_gift_box("Tết bánh mật", of={a_product("Trà"): 1}))
    page = found(client, "banh mat")
    assert "Hộp quà (1)" in page
    assert "Câu chuyện (1)" in page
    assert page.count("product-card__title") == 1
    assert page.index('id="found-box"') < page.index('id="found-story"')
    suggested = client.get("/tim-kiem/goi-y/", {"q": "banh mat"}).content.decode()
    assert suggested.count('role="option"') == 1


def test_pages_of_a_kind_are_real_links(client: Client) -> None:
    a_home()
    for number in range(30):
        a_product(f"Khoai lang {number:02d}")
    page = found(client, "khoai lang", loai="product")
    assert 'rel="next"' in page
    assert page.count("product-card__title") == 24
    rest = found(client, "khoai lang", loai="product", trang="2")
    assert rest.count("product-card__title") == 6
    assert 'rel="prev"' in rest


@pytest.mark.parametrize(
    "query", ["", "<script>alert(1)</script>", "'\"--", "%", "a" * 5000, "\x00khoai", "AND OR *"]
)
@pytest.mark.parametrize("path", ["/tim-kiem/", "/tim-kiem/goi-y/"])
def test_nothing_typed_breaks_the_page(client: Client, path: str, query: str) -> None:
    a_home()
    response = client.get(path, {"q": query, "trang": "99", "loai": "gì đó"})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_queries_are_few_and_do_not_grow_with_hits(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    a_home()
    picture = a_picture()
    a_product("Khoai lang", picture=picture)
    a_variant_product("Khoai sấy", picture=picture)
    a_story("Chuyện củ khoai")
    found(client, "khoai")
    # The edition of the index, and the cards.
    with django_assert_num_queries(2):
        client.get("/tim-kiem/", {"q": "KHOAI"}, headers=PHONE)
    for number in range(20):
        a_product(f"Khoai lang {number}", picture=picture)
    found(client, "khoai")
    with django_assert_num_queries(2):
        client.get("/tim-kiem/", {"q": "khoai"}, headers=PHONE)
    rebuild()
    # The search as well: one statement on PostgreSQL, two on SQLite.
    with django_assert_max_num_queries(4):
        client.get("/tim-kiem/", {"q": "khoai"}, headers=PHONE)


def test_an_answer_that_was_kept_is_left_when_an_entry_changes(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    a_home()
    product = a_product("Khoai lang")
    for address in ("/tim-kiem/", "/tim-kiem/goi-y/"):
        rebuild()
        assert "<mark>Khoai</mark> lang" in client.get(address, {"q": "khoai"}).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            added = a_product("Khoai sọ")
        assert "<mark>Khoai</mark> sọ" in client.get(address, {"q": "khoai"}).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            added.delete()
        assert "<mark>Khoai</mark> sọ" not in client.get(address, {"q": "khoai"}).content.decode()
    assert product.get_absolute_url() in client.get("/tim-kiem/?q=khoai").content.decode()


def test_a_word_that_is_new_corrects_a_slip_that_found_nothing_before(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    a_home()
    assert "Không thấy gì" in found(client, "bahn mat")
    with django_capture_on_commit_callbacks(execute=True):
        a_product("Bánh mật")
    page = client.get("/tim-kiem/", {"q": "bahn mat"}).content.decode()
    assert "<mark>Bánh mật</mark>" in page


def test_who_may_see_less_is_not_shown_what_was_kept_for_others(client: Client) -> None:
    a_home()
    spirit = a_spirit("Rượu đông trùng")
    client.cookies[AGE_COOKIE] = CONFIRMED
    assert spirit.get_absolute_url() in found(client, "dong trung")
    other = Client()
    for path in ("/tim-kiem/", "/tim-kiem/goi-y/"):
        assert spirit.get_absolute_url() in client.get(path, {"q": "ruou"}).content.decode()
        assert spirit.get_absolute_url() not in other.get(path, {"q": "ruou"}).content.decode()


def test_more_than_are_counted_for_certain_are_said_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = Counter(product=1001, story=3)
    monkeypatch.setattr(answers, "search", lambda *_asked: Found([], counts, words=("t",)))
    a_home()

    page = found(client, "t")
    assert "Thấy hơn 1.000 kết quả." in page
    assert "Tất cả (hơn 1.000)" in page
    assert "Sản phẩm (hơn 1.000)" in page
    assert "Câu chuyện (3)" in page
    assert "more than 1,000 results" in found(client, "t", prefix="/en")
