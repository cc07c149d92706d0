"""Browsing: what is listed, filtered, ordered, counted; and what stays hidden."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue.browse.keeping import shelf_today
from catalogue.browse.listing import PAGE_SIZE, Listing
from catalogue.browse.selection import Facet, Selection, Sort
from catalogue.browse.shelf import load_shelf, price_band
from catalogue.models import Product
from shop.places.models import Ward
from tests.catalogue.making import a_group, a_picture_of, a_variant
from tests.factories import (
    a_buyer,
    a_category,
    a_certificate,
    a_gift_box,
    a_producer,
    a_product,
    a_stock_record,
)

pytestmark = pytest.mark.django_db


def listing(
    *, adult: bool = False, sort: Sort = Sort.DEFAULT, **chosen: str | list[str]
) -> Listing:
    values = {
        Facet[name.upper()]: tuple([value] if isinstance(value, str) else value)
        for name, value in chosen.items()
    }
    return Listing(
        load_shelf(),
        Selection(values, sort),
        path="/san-pham/",
        shows_alcohol=adult,
    )


def titles(found: Listing) -> list[str]:
    return [card.title for card in found.cards]


def counts(found: Listing, facet: Facet) -> dict[str, int]:
    box = next(box for box in found.facets.boxes if box.facet == facet)
    return {option.value: option.count for option in box.options}


def born(product: Product, days_ago: int) -> Product:
    Product.objects.filter(pk=product.pk).update(
        date_created=timezone.now() - timedelta(days=days_ago)
    )
    return product


def out_of_season() -> int:
    """A season that is not now."""
    return 1 << (timezone.localdate().month % 12)


# --- What is listed --------------------------------------------------------------------------


def test_drafts_archived_goods_and_variants_are_not_listed(client: Client) -> None:
    cake = a_product("Bánh mật", price=None)
    a_variant(cake, "10 chiếc", price=60_000)
    a_product("Nháp", live=False)
    a_product("Ngừng bán", archived_at=timezone.now())
    assert titles(listing()) == ["Bánh mật"]
    page = client.get("/san-pham/").content.decode()
    assert "Bánh mật" in page and "Nháp" not in page and "Ngừng bán" not in page


def test_default_order_is_in_stock_then_in_season_then_newest() -> None:
    born(a_product("cũ"), 9)
    born(a_product("mới"), 1)
    born(a_product("trái mùa", season_mask=out_of_season()), 0)
    born(a_product("hết", stock=0), 0)
    assert titles(listing()) == ["mới", "cũ", "trái mùa", "hết"]


def test_goods_with_variants_are_in_stock_when_one_variant_is() -> None:
    cake = a_product("Bánh", price=None)
    a_variant(cake, "nhỏ", price=1, stock=0)
    a_variant(cake, "to", price=2, stock=1)
    gone = a_product("Nem", price=None)
    a_variant(gone, "gói", price=1, stock=0)
    a_variant(gone, "nháp", price=1, stock=9, live=False)
    assert titles(listing(in_stock="1")) == ["Bánh"]


def test_price_orders_count_the_cheapest_variant_of_both_structures() -> None:
    a_product("đơn 50", price=50_000)
    two = a_product("loại 30–90", price=None)
    a_variant(two, "to", price=90_000)
    a_variant(two, "nhỏ", price=30_000)
    sale = a_product("giảm còn 20", price=None)
    a_stock_record(sale, price=80_000, stock=3, sale_price=20_000)
    a_product("chưa giá", price=None)
    assert titles(listing(sort=Sort.CHEAPEST)) == [
        "giảm còn 20", "loại 30–90", "đơn 50", "chưa giá"
    ]  # fmt: skip
    assert titles(listing(sort=Sort.DEAREST)) == [
        "đơn 50", "loại 30–90", "giảm còn 20", "chưa giá"
    ]  # fmt: skip


def test_names_are_ordered_without_regard_to_marks() -> None:
    for title in ("Nem", "Đông trùng", "Bánh", "Ổi"):
        a_product(title)
    assert titles(listing(sort=Sort.NAME)) == ["Bánh", "Đông trùng", "Nem", "Ổi"]


def test_more_stars_come_first_when_asked() -> None:
    a_certificate(a_product("ba"), stars=3)
    a_certificate(a_product("năm"), stars=5)
    a_product("không")
    assert titles(listing(sort=Sort.STARS)) == ["năm", "ba", "không"]


# --- Filters ---------------------------------------------------------------------------------


def test_stars_count_only_while_valid() -> None:
    today = timezone.localdate()
    a_certificate(a_product("còn"), stars=4)
    a_certificate(a_product("hết"), stars=4, expires_on=today)
    a_certificate(a_product("đăng ký"), stars=None)
    found = listing(stars="4")
    assert titles(found) == ["còn"]
    assert counts(found, Facet.STARS) == {"4": 1}


def test_stars_fall_off_the_filter_the_day_the_certificate_ends() -> None:
    today = timezone.localdate()
    a_certificate(a_product(), stars=4, expires_on=today + timedelta(days=1))
    assert load_shelf(today).options[Facet.STARS] == {"4": 1}
    assert load_shelf(today + timedelta(days=1)).options[Facet.STARS] == {}


def test_several_values_of_one_filter_widen_and_two_filters_narrow() -> None:
    one, two = a_producer("HTX Một"), a_producer("HTX Hai")
    a_product("a", producer=one, gift_ready=True)
    a_product("b", producer=two)
    a_product("c", producer=a_producer("HTX Ba"), gift_ready=True)
    assert set(titles(listing(producer=[one.slug, two.slug]))) == {"a", "b"}
    assert titles(listing(producer=[one.slug, two.slug], gift="1")) == ["a"]


def test_counts_say_what_a_choice_would_leave() -> None:
    one, two = a_producer("HTX Một"), a_producer("HTX Hai")
    a_product("a", producer=one, price=30_000)
    a_product("b", producer=one, price=90_000)
    a_product("c", producer=two, price=90_000)
    found = listing(producer=one.slug)
    # Its own filter does not narrow a filter's counts, the others do.
    assert counts(found, Facet.PRODUCER) == {one.slug: 2, two.slug: 1}
    assert counts(found, Facet.PRICE) == {"duoi-50": 1, "50-100": 1}


def test_a_trade_holds_the_products_of_its_groups() -> None:
    trade = a_group("Ngành thử")
    group = a_group("Bộ thử", under=trade)
    a_product("bánh", category=group)
    a_product("rau", category=a_group("Bộ khác"))
    assert titles(listing(group=trade.slug)) == ["bánh"]
    (root,) = [node for node in listing().facets.tree() if node.name == "Ngành thử"]
    assert (root.count, [(c.name, c.count) for c in root.children]) == (1, [("Bộ thử", 1)])


def test_communes_are_offered_by_their_present_names() -> None:
    a_product("khoai", origin=Ward.objects.get(code="07498"))
    a_product("bánh", origin=Ward.objects.get(code="07462"))
    found = listing(commune="07498")
    assert titles(found) == ["khoai"]
    box = next(box for box in found.facets.boxes if box.facet == Facet.COMMUNE)
    assert [option.name for option in box.options] == ["xã Bắc Lũng", "xã Bảo Đài"]


def test_in_season_chilled_and_gift_are_switches() -> None:
    now = 1 << (timezone.localdate().month - 1)
    a_product("mùa", season_mask=now)
    a_product("trái mùa", season_mask=out_of_season())
    a_product("nem", freight_class="chilled")
    assert titles(listing(in_season="1")) == ["mùa"]
    assert titles(listing(chilled="1")) == ["nem"]
    assert [option.facet for option in listing().facets.switches] == [
        Facet.IN_SEASON, Facet.IN_STOCK, Facet.CHILLED
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("price", "band"),
    [(0, "duoi-50"), (49_999, "duoi-50"), (50_000, "50-100"), (499_999, "200-500"),
     (500_000, "tren-500")],
)  # fmt: skip
def test_price_bands_hold_their_lower_edge(price: int, band: str) -> None:
    assert price_band(price) == band


# --- The address -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["sao=4&sao=9", "sao=abc", "trang=-3", "trang=99999999999999", "trang=²", "sap=xyz", "xa=%00",
     "gia=' OR 1=1", "nhom=không-có", "con=0", "nsx=" + "a" * 3000],
)  # fmt: skip
def test_nonsense_in_the_address_is_no_error(client: Client, query: str) -> None:
    a_product()
    assert client.get(f"/san-pham/?{query}").status_code == 200


def test_filters_are_in_the_address_and_work_without_javascript(client: Client) -> None:
    a_product("Bánh mật", gift_ready=True)
    a_product("Nem chua", freight_class="chilled")
    page = client.get("/san-pham/?lanh=1").content.decode()
    assert "Nem chua" in page and "Bánh mật" not in page
    assert 'action="/san-pham/"' in page
    assert 'name="robots" content="noindex, follow"' in page
    assert '<link rel="canonical" href="http://127.0.0.1:8000/san-pham/">' in page


def test_htmx_gets_only_the_listing_and_a_tidy_address(client: Client) -> None:
    a_product()
    response = client.get(
        "/san-pham/?sap=mac-dinh&qua=&con=1",
        headers={"HX-Request": "true", "HX-Trigger": "filters"},
    )
    page = response.content.decode()
    assert "<html" not in page and 'id="listing"' in page
    assert response["HX-Push-Url"] == "/san-pham/?con=1"
    assert "HX-Request" in response["Vary"]


def test_the_back_button_gets_a_whole_page(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/san-pham/", headers=headers).content.decode()


def test_pages_have_real_links(client: Client) -> None:
    for number in range(PAGE_SIZE + 1):
        a_product(f"Món {number:02}")
    first = client.get("/san-pham/?sap=ten").content.decode()
    assert 'href="/san-pham/?sap=ten&amp;trang=2"' in first
    assert "Món 00" in first and f"Món {PAGE_SIZE}" not in first
    second = client.get("/san-pham/?sap=ten&trang=2").content.decode()
    assert f"Món {PAGE_SIZE}" in second and "Món 00" not in second
    # Past the end is the last page, not an error.
    assert f"Món {PAGE_SIZE}" in client.get("/san-pham/?sap=ten&trang=77").content.decode()


def test_a_group_has_a_page_with_its_place_in_the_tree(client: Client) -> None:
    trade = a_group("Ngành thử")
    group = a_group("Bộ thử", under=trade)
    a_product("Bánh mật", category=group)
    a_product("Rượu", category=a_group("Bộ khác"))
    page = client.get(f"/nhom/{group.slug}/").content.decode()
    assert "Bánh mật" in page and "Rượu" not in page
    assert f'<a href="/nhom/{trade.slug}/">Ngành thử</a>' in page
    assert client.get("/nhom/khong-co/").status_code == 404


def test_an_empty_result_says_what_to_do(client: Client) -> None:
    a_product()
    page = client.get("/san-pham/?lanh=1").content.decode()
    assert "Không có món nào hợp" in page and "Bỏ hết bộ lọc" in page


# --- Alcohol ---------------------------------------------------------------------------------


def test_alcohol_is_in_no_list_or_count_before_the_age_is_confirmed(client: Client) -> None:
    maker = a_producer("Trường Thọ")
    a_product("Rượu đông trùng", abv=30, producer=maker, price=250_000)
    a_product("Mật ong", producer=maker)
    page = client.get("/san-pham/").content.decode()
    assert "Rượu đông trùng" not in page
    assert "1 món có cồn chỉ hiện với người từ 18 tuổi." in page
    found = listing()
    assert titles(found) == ["Mật ong"]
    assert counts(listing(producer=maker.slug), Facet.PRODUCER) == {maker.slug: 1}
    assert set(titles(listing(adult=True))) == {"Mật ong", "Rượu đông trùng"}


def test_who_says_to_be_eighteen_sees_alcohol_and_returns_where_they_were(client: Client) -> None:
    a_product("Rượu đông trùng", abv=30)
    response = client.post("/du-18-tuoi/", {"next": "/san-pham/?con=1"})
    assert (response.status_code, response["Location"]) == (302, "/san-pham/?con=1")
    assert "Rượu đông trùng" in client.get("/san-pham/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "", "javascript:x"])
def test_the_age_form_leads_nowhere_else(client: Client, target: str) -> None:
    assert client.post("/du-18-tuoi/", {"next": target})["Location"] == "/san-pham/"


# --- Cost ------------------------------------------------------------------------------------


#: What a visitor's page of a listing asks the database: what changed, and what cards show.
MOST_QUERIES = 2


def _stock_up(count: int) -> None:
    for number in range(count):
        product = a_product(f"Món {number}", price=None, producer=a_producer(f"HTX {number}"))
        a_variant(product, "nhỏ", price=10_000)
        a_certificate(product)
        a_picture_of(product)
    a_gift_box(f"Hộp {count} món", of={a_product(f"Bánh {count}"): 2})


@pytest.mark.parametrize("path", ["/san-pham/", "/nhom/{group}/"])
def test_a_list_of_many_costs_no_more_queries_than_one_of_few(client: Client, path: str) -> None:
    path = path.format(group=a_category().slug)
    _stock_up(3)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    _stock_up(17)
    client.get(path)  # the shelf is mended once
    with CaptureQueriesContext(connection) as many:
        assert client.get(path).status_code == 200
    assert len(many) == len(few) <= MOST_QUERIES


def test_a_signed_in_buyer_costs_two_queries_more(client: Client) -> None:
    _stock_up(3)
    client.force_login(a_buyer())
    client.get("/san-pham/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/san-pham/").status_code == 200
    assert len(queries) <= MOST_QUERIES + 2


def test_filters_are_shown_though_another_visitor_just_had_all_drawn_ones_forgotten(
    client: Client,
) -> None:
    class Forgetful(dict[tuple[str, ...], str]):
        def __setitem__(self, key: tuple[str, ...], page: str) -> None:
            self.clear()

    a_product("Mật ong")
    shelf_today().drawn = Forgetful()
    assert 'id="filters"' in client.get("/san-pham/").content.decode()
