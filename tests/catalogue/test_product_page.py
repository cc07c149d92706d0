"""A product's own page."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue.models import Product
from shop.places.models import FormerCommune, Ward
from tests.catalogue.making import a_picture_of, a_variant
from tests.factories import (
    a_buyer,
    a_certificate,
    a_gift_box,
    a_lot,
    a_producer,
    a_product,
    a_question,
    a_review,
)

pytestmark = pytest.mark.django_db


def page_of(client: Client, product: Product, query: str = "") -> str:
    response = client.get(f"/san-pham/{product.slug}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def structured(page: str) -> dict[str, dict]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return {data["@type"]: data for data in map(json.loads, blocks)}


def radio(page: str, product: Product) -> str:
    found = re.search(rf'<input type="radio" id="loai-{product.pk}"[^>]*>', page)
    assert found
    return found[0]


@pytest.mark.parametrize("state", ["draft", "archived", "variant"])
def test_what_is_not_listed_has_no_page(client: Client, state: str) -> None:
    product = a_product(
        live=state != "draft", archived_at=timezone.now() if state == "archived" else None
    )
    slug = product.slug
    if state == "variant":
        slug = a_variant(a_product(price=None), "500 g", price=1).slug
    assert client.get(f"/san-pham/{slug}/").status_code == 404


def test_price_says_tax_and_measure(client: Client) -> None:
    page = page_of(client, a_product(price=60_000, net_quantity=800))
    assert "60.000\u00a0₫" in page
    assert "75.000\u00a0₫/kg" in page
    assert "đã gồm thuế GTGT" in page


def test_the_first_variant_to_be_had_is_chosen(client: Client) -> None:
    cake = a_product(price=None)
    gone = a_variant(cake, "5 chiếc", price=30_000, stock=0)
    here = a_variant(cake, "10 chiếc", price=60_000, stock=3)
    page = page_of(client, cake)
    assert "disabled" in radio(page, gone) and "checked" not in radio(page, gone)
    assert "checked" in radio(page, here)
    assert "Chỉ còn 3" in page and "Hết hàng" in page


def test_the_address_chooses_a_variant(client: Client) -> None:
    cake = a_product(price=None)
    small = a_variant(cake, "5 chiếc", price=30_000)
    large = a_variant(cake, "10 chiếc", price=60_000)
    assert large.get_absolute_url() == f"/san-pham/{cake.slug}/?v={large.pk}"
    page = page_of(client, cake, f"?v={large.pk}")
    assert "checked" in radio(page, large) and "checked" not in radio(page, small)
    assert "checked" in radio(page_of(client, cake, "?v=nonsense"), small)


def test_sold_out_goods_cannot_be_put_into_the_basket(client: Client) -> None:
    page = page_of(client, a_product(stock=0))
    assert "Hết hàng" in page and "Thêm vào giỏ" not in page


def test_goods_without_a_price_are_not_for_sale(client: Client) -> None:
    page = page_of(client, a_product(price=None))
    assert "Chưa bán" in page and "Thêm vào giỏ" not in page


# --- Trust -----------------------------------------------------------------------------------


def test_a_valid_certificate_is_told_with_decision_issuer_and_end(client: Client) -> None:
    tea = a_product("Trà hoa vàng")
    certificate = a_certificate(
        tea, stars=4, decision_number="263/QĐ-UBND", issuer="UBND tỉnh Bắc Giang"
    )
    page = page_of(client, tea)
    assert certificate.ends_on
    last = certificate.ends_on - timedelta(days=1)
    assert f"OCOP 4 sao, còn hiệu lực đến hết {last:%d/%m/%Y}" in page
    assert "263/QĐ-UBND" in page and "UBND tỉnh Bắc Giang" in page
    assert structured(page)["Product"]["hasCertification"]["name"] == "OCOP 4 sao"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"stars": 4, "expires": -1}, "Chứng nhận OCOP đã hết hiệu lực"),
        ({"stars": 4, "expires": 0}, "Chứng nhận OCOP đã hết hiệu lực"),
        ({"stars": 4, "revoked": 0}, "Chứng nhận OCOP đã bị thu hồi"),
        ({"stars": None, "registered_year": 2024}, "Đăng ký OCOP 2024, chưa có quyết định"),
    ],
)
def test_without_a_valid_certificate_no_star_is_anywhere(
    client: Client, fields: dict, words: str
) -> None:
    today = timezone.localdate()
    dates = {
        name: today + timedelta(days=fields.pop(key))
        for key, name in (("expires", "expires_on"), ("revoked", "revoked_on"))
        if key in fields
    }
    product = a_product()
    a_certificate(product, **fields, **dates)
    page = page_of(client, product)
    assert words in page
    assert "4 sao" not in page
    assert "hasCertification" not in page


def test_an_ending_certificate_says_how_long_it_lasts(client: Client) -> None:
    product = a_product()
    a_certificate(product, stars=3, expires_on=timezone.localdate() + timedelta(days=90))
    page = page_of(client, product)
    assert "OCOP 3 sao, sắp hết hiệu lực" in page and "Còn 90 ngày" in page


def test_the_label_tells_what_is_there_and_marks_samples(client: Client) -> None:
    ward = Ward.objects.get(code="07498")
    former = FormerCommune.objects.get(name="Yên Sơn", former_district="Lục Nam")
    product = a_product(
        "Khoai lang Yên Sơn",
        origin=ward,
        former_origin=former,
        declaration_number="",
        shelf_life_days=5,
        is_sample=True,
    )
    page = page_of(client, product)
    assert "xã Bắc Lũng, TP Bắc Ninh" in page
    assert "xã Yên Sơn, huyện Lục Nam, tỉnh Bắc Giang" in page
    assert "5 ngày kể từ ngày sản xuất" in page
    assert "Số tự công bố" not in page
    assert "Dữ liệu mẫu" in page
    Product.objects.filter(pk=product.pk).update(is_sample=False)
    assert "Dữ liệu mẫu:" not in page_of(client, product)


def test_the_lot_on_sale_leads_to_its_trace_page(client: Client) -> None:
    product = a_product()
    today = timezone.localdate()
    a_lot(product, "CU-1", best_before=today - timedelta(days=1))
    a_lot(product, "THU-HOI", recalled_on=today)
    a_lot(product, "SAU-1", best_before=today + timedelta(days=60))
    a_lot(product, "TRUOC-1", best_before=today + timedelta(days=5))
    page = page_of(client, product)
    assert 'href="/truy-xuat/TRUOC-1/"' in page
    assert not any(code in page for code in ("CU-1", "THU-HOI", "SAU-1"))


# --- Alcohol ---------------------------------------------------------------------------------


def test_alcohol_asks_for_the_age_before_it_shows_anything(client: Client) -> None:
    spirit = a_product("Rượu đông trùng", abv=30, price=250_000)
    a_picture_of(spirit)
    page = page_of(client, spirit)
    assert "Bạn đã đủ 18 tuổi chưa?" in page
    assert 'content="noindex"' in page
    assert "250.000" not in page and "<img" not in page.split("<main")[1].split("</main")[0]
    assert structured(page) == {}


def test_the_grown_up_see_alcohol_with_its_warning(client: Client) -> None:
    spirit = a_product("Rượu đông trùng", abv=30, price=250_000)
    response = client.post("/du-18-tuoi/", {"next": f"/san-pham/{spirit.slug}/"}, follow=True)
    page = response.content.decode()
    assert "250.000" in page
    assert "Không bán cho người dưới 18 tuổi" in page
    assert "30\u00a0% thể tích" in page or "30 % thể tích" in page
    assert 'content="noindex, follow"' in page
    assert "Product" not in structured(page)


def test_alcohol_is_not_among_the_related(client: Client) -> None:
    maker = a_producer()
    honey = a_product("Mật ong", producer=maker)
    a_product("Rượu đông trùng", abv=30, producer=maker)
    a_product("Long nhãn", producer=maker)
    page = page_of(client, honey)
    assert "Long nhãn" in page and "Rượu" not in page


# --- Choosing a variant ----------------------------------------------------------------------


def test_choosing_a_variant_changes_price_stock_and_label_in_place(client: Client) -> None:
    cake = a_product("Bánh mật", price=None)
    a_variant(cake, "5 chiếc", price=30_000, net_quantity=400, pieces=5)
    large = a_variant(cake, "10 chiếc", price=60_000, stock=3, net_quantity=800, pieces=10)
    response = client.get(
        f"/san-pham/{cake.slug}/", {"v": large.pk}, headers={"HX-Request": "true"}
    )
    part = response.content.decode()
    assert "<html" not in part
    assert "60.000\u00a0₫" in part and "75.000\u00a0₫/kg" in part and "Chỉ còn 3" in part
    assert "800\u00a0g" in part and "400\u00a0g" not in part
    assert '<dl class="facts" id="nhan" data-hx-swap-oob="true">' in part
    assert response["HX-Replace-Url"] == f"/san-pham/{cake.slug}/?v={large.pk}"
    assert "HX-Request" in response["Vary"]


def test_without_a_script_each_variant_has_its_link(client: Client) -> None:
    cake = a_product("Bánh mật", price=None)
    a_variant(cake, "5 chiếc", price=30_000, net_quantity=400)
    large = a_variant(cake, "10 chiếc", price=60_000, net_quantity=800)
    assert f'href="/san-pham/{cake.slug}/?v={large.pk}"' in page_of(client, cake)
    page = page_of(client, cake, f"?v={large.pk}")
    assert "75.000\u00a0₫/kg" in page and "800\u00a0g" in page
    assert '<span class="price__from">' not in page.split('class="product-more"')[0]


# --- Pictures --------------------------------------------------------------------------------


def test_the_first_picture_comes_at_once_and_the_others_when_looked_at(client: Client) -> None:
    product = a_product()
    for number in range(3):
        a_picture_of(product, f"Ảnh {number}")
    strip = page_of(client, product).split("data-strip")[1].split("</ul>")[0]
    first, *others = re.findall(r"<img[^>]*>", strip)
    assert 'fetchpriority="high"' in first and "loading" not in first
    assert len(others) == 2
    assert all('loading="lazy"' in other for other in others)


def test_each_picture_has_an_address_for_those_without_a_script(client: Client) -> None:
    product = a_product()
    a_picture_of(product), a_picture_of(product)
    page = page_of(client, product)
    for number in (1, 2):
        assert f'id="anh-{number}"' in page and f'href="#anh-{number}"' in page


# --- Seen lately -----------------------------------------------------------------------------


def test_what_was_seen_lately_is_shown_in_the_order_of_the_browser(client: Client) -> None:
    honey, tea = a_product("Mật ong"), a_product("Trà hoa vàng")
    hidden = a_product("Bánh cũ", live=False)
    lately = client.get(f"/da-xem/?mon={tea.pk},{hidden.pk},{honey.pk}").content.decode()
    assert lately.index("Trà hoa vàng") < lately.index("Mật ong")
    assert "Bánh cũ" not in lately


def test_what_was_seen_lately_is_read_in_one_query(client: Client) -> None:
    asked = ",".join(str(a_product(f"Mật ong {number}").pk) for number in range(4))
    with CaptureQueriesContext(connection) as queries:
        lately = client.get(f"/da-xem/?mon={asked},{asked}").content.decode()
    assert len(queries) == 1
    assert [lately.count(f"Mật ong {number}</a>") for number in range(4)] == [1, 1, 1, 1]


def test_seen_alcohol_stays_behind_the_question_of_age(client: Client) -> None:
    asked = f"/da-xem/?mon={a_product('Rượu đông trùng', abv=30).pk}"
    assert "Rượu đông trùng" not in client.get(asked).content.decode()
    client.post("/du-18-tuoi/")
    assert "Rượu đông trùng" in client.get(asked).content.decode()


@pytest.mark.parametrize("keys", ["", "x", "1e9,null", f"{10**30},-1", "²", "," * 999])
def test_a_broken_history_is_no_history(client: Client, keys: str) -> None:
    answer = client.get("/da-xem/", {"mon": keys})
    assert answer.status_code == 200 and "seen-title" not in answer.content.decode()


def test_looking_at_a_product_leaves_no_cookie(client: Client) -> None:
    response = client.get(f"/san-pham/{a_product(stock=9).slug}/")
    assert set(response.cookies) <= {"csrftoken"}


# --- Gift boxes ------------------------------------------------------------------------------


def test_a_gift_box_tells_its_contents_and_no_price_per_kilo(client: Client) -> None:
    tea = a_product("Trà hoa vàng", net_quantity=20)
    cake = a_product("Bánh mật", price=None)
    ten = a_variant(cake, "10 chiếc", price=60_000)
    box = a_gift_box("Tết bánh mật", of={tea: 2, ten: 1}, net_quantity=1070)
    main = page_of(client, box).split("related-title")[0]
    assert "Trong hộp có" in main
    assert "2 × Trà hoa vàng" in main and "1 × Bánh mật, 10 chiếc" in main
    assert f'href="/san-pham/{cake.slug}/"' in main
    assert "₫/" not in main
    assert "Có trong hộp quà" not in main


def test_who_packs_a_box_is_not_said_to_hide_an_address(client: Client) -> None:
    packer = a_producer("Phiên chợ", is_public=False, ward=None, hamlet="")
    page = page_of(client, a_gift_box(of={a_product(): 1}, producer=packer))
    assert "Người đóng hộp" in page and "Địa chỉ chưa được công bố" not in page


# --- Being found -----------------------------------------------------------------------------


def test_search_engines_read_name_price_and_stock(client: Client) -> None:
    cake = a_product("Bánh mật", price=None, summary="Bánh mật gói lá chuối")
    a_variant(cake, "5 chiếc", price=30_000)
    a_variant(cake, "10 chiếc", price=60_000, stock=0)
    page = page_of(client, cake)
    data = structured(page)
    assert data["Product"]["name"] == "Bánh mật"
    offers = [
        (o["price"], o["priceCurrency"], o["availability"]) for o in data["Product"]["offers"]
    ]
    assert offers == [
        ("30000", "VND", "https://schema.org/InStock"),
        ("60000", "VND", "https://schema.org/OutOfStock"),
    ]
    names = [item["name"] for item in data["BreadcrumbList"]["itemListElement"]]
    assert (names[0], names[-1]) == ("Sản phẩm", "Bánh mật")
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/san-pham/{cake.slug}/">' in page
    assert '<meta name="description" content="Bánh mật gói lá chuối">' in page
    assert '<meta property="og:title" content="Bánh mật">' in page


def test_a_producer_without_a_page_is_named_and_not_linked(client: Client) -> None:
    packer = a_producer("Phiên chợ", is_public=False)

    page = page_of(client, a_product("Hộp Tết", producer=packer))

    assert "Phiên chợ" in page
    assert packer.get_absolute_url() not in page


def test_text_of_a_producer_cannot_leave_the_structured_data(client: Client) -> None:
    evil = "</script><script>alert(1)</script>"
    page = page_of(client, a_product(f"Bánh {evil}", summary=evil))
    assert "<script>alert(1)" not in page
    assert structured(page)["Product"]["name"] == f"Bánh {evil}"


def test_an_old_address_leads_to_the_new_one(client: Client) -> None:
    product = a_product("Bánh mật")
    first = product.slug
    for slug in ("banh-mat-moi", "banh-mat-moi-nua"):
        product.slug = slug
        product.save()
    for old in (f"/san-pham/{first}/", "/san-pham/banh-mat-moi/"):
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, "/san-pham/banh-mat-moi-nua/")
    assert client.get(f"/en/san-pham/{first}/")["Location"] == "/en/san-pham/banh-mat-moi-nua/"
    product.slug = first
    product.save()
    assert client.get(f"/san-pham/{first}/").status_code == 200
    assert client.get("/san-pham/banh-mat-moi/")["Location"] == f"/san-pham/{first}/"


def test_english_page_shows_vietnamese_text_marked_as_such_until_english_is_ready(
    client: Client,
) -> None:
    cake = a_product("Bánh mật", title_en="Molasses cake")
    url = f"/en/san-pham/{cake.slug}/"
    assert '<h1 lang="vi">Bánh mật</h1>' in client.get(url).content.decode()
    Product.objects.filter(pk=cake.pk).update(english_ready=True)
    assert "<h1>Molasses cake</h1>" in client.get(url).content.decode()


# --- Cost ------------------------------------------------------------------------------------


def test_a_page_with_much_on_it_costs_no_more_queries(client: Client) -> None:
    maker = a_producer()

    def make(title: str, rows: int) -> Product:
        product = a_product(title, price=None, producer=maker)
        for number in range(rows):
            a_variant(product, f"loại {number}", price=10_000)
            a_certificate(product)
            a_picture_of(product)
            a_lot(product, f"{product.pk}-{number}")
        return product

    few, many = make("ít", 1), make("nhiều", 8)
    for number in range(5):
        make(f"món {number}", 2)
    # Each has been looked at, so each shows the other as seen lately.
    page_of(client, few), page_of(client, many)
    with CaptureQueriesContext(connection) as of_few:
        page_of(client, few)
    with CaptureQueriesContext(connection) as of_many:
        page_of(client, many)
    assert len(of_many) == len(of_few) <= 5


def test_a_signed_in_buyer_sees_a_full_page_for_eight_queries(client: Client) -> None:
    product = a_product("Trà hoa vàng", price=None)
    a_variant(product, "50 g", price=450_000)
    a_certificate(product)
    a_lot(product)
    a_review(product)
    a_question(product)
    for number in range(5):
        a_picture_of(a_product(f"Món {number}"))
    client.force_login(a_buyer())
    page_of(client, product)
    with CaptureQueriesContext(connection) as queries:
        page = page_of(client, product)
    assert len(queries) <= 8
    assert all(part in page for part in ('id="related-title"', "Lô đang bán", "OCOP 4 sao"))


def test_two_products_of_one_name_have_two_addresses() -> None:
    assert [a_product("Bánh mật").slug for _number in range(3)] == [
        "banh-mat",
        "banh-mat-2",
        "banh-mat-3",
    ]
