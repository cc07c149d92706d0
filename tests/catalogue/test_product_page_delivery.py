"""What the product page says of delivery to the visitor's province."""

import pytest
from django.test import Client

from catalogue.models import Product
from shop.shipping.parcels import ParcelPlan
from shop.shipping.terms import terms_at
from tests.catalogue.making import a_variant
from tests.factories import a_product, zone_rates

pytestmark = pytest.mark.django_db

HANOI, HO_CHI_MINH, BAC_NINH = "01", "79", "24"


def told(client: Client, product: Product, query: str = "") -> str:
    page = client.get(f"/san-pham/{product.slug}/{query}").content.decode()
    return page.split('id="giao-phi"')[1].split("</section>")[0]


def days(product: Product, province: str) -> str:
    """What is promised for it now."""
    plan = ParcelPlan(product.producer)
    return str(terms_at().promise(plan, province))


def choose(client: Client, code: str, **more: object) -> None:
    assert client.post("/giao-den/", {"tinh": code, **more}).status_code == 302


def test_fee_and_days_are_of_the_province_that_was_chosen_and_stay(client: Client) -> None:
    rates = zone_rates(25_000)
    rates["nam"].first_price = 38_000
    rates["nam"].save()
    honey, tea = a_product("Mật ong"), a_product("Trà")
    assert "Chọn tỉnh, thành phố để xem phí" in told(client, honey)
    response = client.post("/giao-den/", {"tinh": HO_CHI_MINH, "next": f"/san-pham/{honey.slug}/"})
    assert response["Location"] == f"/san-pham/{honey.slug}/"
    for product in (honey, tea):
        assert "38.000\u00a0₫" in told(client, product)
        assert f"dự kiến giao {days(honey, HO_CHI_MINH)}" in told(client, product)
    choose(client, BAC_NINH)
    near = days(honey, BAC_NINH)
    assert "25.000\u00a0₫" in told(client, honey) and f"dự kiến giao {near}" in told(client, honey)
    assert near != days(honey, HO_CHI_MINH)


def test_htmx_gets_only_the_answer(client: Client) -> None:
    zone_rates(25_000)
    honey = a_product("Mật ong")
    response = client.post(
        "/giao-den/", {"tinh": HANOI, "mon": honey.pk}, headers={"HX-Request": "true"}
    )
    part = response.content.decode()
    assert "25.000\u00a0₫" in part and "<html" not in part and "<select" not in part
    assert client.cookies["tinh"].value == HANOI


def test_a_heavier_variant_costs_more_to_send(client: Client) -> None:
    zone_rates(25_000, step_price=5_000)
    choose(client, HANOI)
    potatoes = a_product("Khoai lang", price=None)
    one = a_variant(potatoes, "1 kg", price=30_000, weight_grams=1_000)
    five = a_variant(potatoes, "5 kg", price=130_000, weight_grams=5_000)
    assert "25.000\u00a0₫" in told(client, potatoes, f"?v={one.pk}")
    assert "65.000\u00a0₫" in told(client, potatoes, f"?v={five.pk}")


def test_free_delivery_is_said_with_its_reason(client: Client) -> None:
    zone_rates(25_000, free_from=500_000)
    choose(client, HANOI)
    assert "Miễn phí" in told(client, a_product("Trà quý", price=600_000))
    assert "25.000\u00a0₫" in told(client, a_product("Trà", price=60_000))


def test_chilled_goods_say_where_they_go_and_where_not(client: Client) -> None:
    zone_rates(25_000)
    nem = a_product("Nem chua", freight_class="chilled")
    page = client.get(f"/san-pham/{nem.slug}/").content.decode()
    assert "chỉ giao tận nơi ở: Miền Bắc" in page
    choose(client, HO_CHI_MINH)
    assert "Nem chua cần giữ lạnh, chưa giao được đến tỉnh này." in told(client, nem)
    choose(client, HANOI)
    assert "25.000\u00a0₫" in told(client, nem)


def test_without_rates_no_fee_is_made_up(client: Client) -> None:
    choose(client, HANOI)
    assert "Chưa có cước giao đến tỉnh này" in told(client, a_product())


@pytest.mark.parametrize("code", ["", "00", "x", "9" * 40])
def test_a_province_that_is_none_is_refused(client: Client, code: str) -> None:
    assert client.post("/giao-den/", {"tinh": code}).status_code == 400


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 30])
def test_a_product_that_is_none_is_not_found(client: Client, key: str) -> None:
    response = client.post(
        "/giao-den/", {"tinh": HANOI, "mon": key}, headers={"HX-Request": "true"}
    )
    assert response.status_code == 404


def test_a_written_over_cookie_is_no_province(client: Client) -> None:
    client.cookies["tinh"] = "<script>"
    assert "Chọn tỉnh, thành phố để xem phí" in told(client, a_product())
