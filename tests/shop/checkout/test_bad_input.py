"""Everything that goes wrong at the till: said beside the field, nothing typed lost, no order."""

import uuid

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from shop.order.models import Order
from shop.partner.models import StockRecord
from tests.factories import a_buyer, a_producer, a_product, a_spirit, zone_rates
from tests.shop.buying import (
    CAU_GIAY,
    HO_CHI_MINH,
    LUC_SON,
    a_guest_with,
    basket_of,
    buy,
    form_of,
    look,
    press,
    typed,
)

pytestmark = pytest.mark.django_db


def assert_nothing_lost(response: HttpResponse, *words: str) -> None:
    """No order, the words stand on the page, and so does what was typed."""
    assert Order.objects.count() == 0
    assert response.status_code in (200, 403, 409, 422)
    body = response.content.decode()
    for expected in (*words, "Nguyễn Thị Hoa", "12 ngõ 68 Cầu Giấy"):
        assert expected in body


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"phone": "12345"}, "phone", "Số điện thoại chưa đúng"),
        ({"phone": ""}, "phone", "Vui lòng nhập số điện thoại"),
        ({"phone": "+1 212 555 0100"}, "phone", "Việt Nam"),
        ({"province": "99"}, "province", "Hãy chọn một tỉnh, thành phố trong danh sách"),
        ({"province": "abc'; --"}, "province", "Hãy chọn một tỉnh, thành phố trong danh sách"),
        ({"ward": "99999"}, "ward", "Hãy chọn một xã, phường của tỉnh đã chọn"),
        ({"ward": LUC_SON}, "ward", "Hãy chọn một xã, phường của tỉnh đã chọn"),
        ({"ward": ""}, "ward", ""),
        ({"email": "khong-phai-email"}, "email", ""),
        ({"note": "x" * 501}, "note", ""),
        ({"delivery": None}, "delivery", "Hãy chọn cách giao hàng"),
        ({"payment": None}, "payment", "Hãy chọn cách trả tiền"),
    ],
)
def test_a_wrong_field_is_named_and_the_rest_is_kept(changes: dict, field: str, words: str) -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    response = press(guest, form_of(look(guest)), **changes)
    assert field in response.context["form"].errors
    assert_nothing_lost(response, words)


@pytest.mark.parametrize("field", ["delivery", "payment"])
def test_an_unknown_way_is_refused_beside_the_choice(field: str) -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    response = press(guest, form_of(look(guest)), **{field: "bay-len-mat-trang"})
    assert field in response.context["form"].errors
    assert_nothing_lost(response)


@pytest.mark.parametrize("key", ["", "rác", "0" * 36, "x" * 5000])
def test_a_form_without_a_key_of_ours_places_nothing(key: str) -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    hidden = {**form_of(look(guest)), "placement_key": key}
    assert_nothing_lost(press(guest, hidden))


@pytest.mark.parametrize("shown", ["", "rác", "a:b:c"])
def test_facts_that_we_did_not_write_are_not_believed(shown: str) -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    hidden = {**form_of(look(guest)), "shown": shown}
    assert_nothing_lost(press(guest, hidden), "Đây là tổng tiền của đơn")


def test_wards_follow_the_province_and_keep_what_was_typed() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    response = guest.post(
        reverse("checkout:index"), {**typed(province="24", ward=""), "choose_province": "1"}
    )
    assert_nothing_lost(response, "Lục Sơn")
    assert not response.context["form"].errors


def test_product_gone_between_basket_and_order() -> None:
    zone_rates()
    product = a_product("Khoai lang")
    guest = a_guest_with(product)
    hidden = form_of(look(guest))
    product.live = False
    product.save()
    response = press(guest, hidden)
    assert_nothing_lost(response, "Món này không còn bán", "Khoai lang")


def test_archived_product_is_not_sold() -> None:
    zone_rates()
    product = a_product()
    guest = a_guest_with(product)
    hidden = form_of(look(guest))
    Product.objects.update(archived_at="2026-01-01T00:00+07:00")
    assert_nothing_lost(press(guest, hidden), "Món này không còn bán")


def test_less_stock_than_ordered_names_every_line_and_what_is_left() -> None:
    zone_rates()
    maker = a_producer()
    few, none, enough = (a_product(f"Món {n}", producer=maker) for n in (1, 2, 3))
    guest = a_guest_with({few: 5, none: 5, enough: 5})
    hidden = form_of(look(guest))
    StockRecord.objects.filter(product=few).update(num_in_stock=2)
    StockRecord.objects.filter(product=none).update(num_in_stock=0)
    response = press(guest, hidden)
    assert_nothing_lost(response, "Chỉ còn 2", "vừa hết hàng")
    assert len(response.context["page"].line_errors) == 2
    assert not StockRecord.objects.filter(num_allocated__gt=0).exists()


def test_a_new_price_is_told_and_asked_again() -> None:
    zone_rates()
    product = a_product("Khoai lang", price=45_000)
    guest = a_guest_with(product)
    hidden = form_of(look(guest))
    StockRecord.objects.update(price=50_000)
    response = press(guest, hidden)
    assert_nothing_lost(response, "Giá Khoai lang đổi từ 45.000", "50.000")
    press(guest, form_of(response))
    assert Order.objects.get().lines.get().unit_price_incl_tax == 50_000


def test_a_new_fee_is_told_and_asked_again() -> None:
    rates = zone_rates(first_price=25_000)
    guest = a_guest_with(a_product())
    hidden = form_of(look(guest))
    for rate in rates.values():
        rate.first_price = 30_000
        rate.save()
    assert_nothing_lost(press(guest, hidden), "Phí giao hàng đổi từ 25.000", "30.000")


def test_a_basket_changed_in_another_tab_is_told() -> None:
    zone_rates()
    maker = a_producer()
    one, other = a_product("Trà", producer=maker), a_product("Khoai", producer=maker)
    guest = a_guest_with(one)
    hidden = form_of(look(guest))
    guest.post(reverse("basket:add", args=[other.pk]), {"quantity": "1"})
    assert_nothing_lost(press(guest, hidden), "Giỏ hàng có thêm Khoai")


def test_expired_session_keeps_the_form_and_can_still_order() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    hidden = form_of(look(guest))
    guest.cookies.pop("sessionid", None)
    response = press(guest, hidden, phone="sai")
    assert_nothing_lost(response, "Số điện thoại chưa đúng")
    press(guest, form_of(response))
    assert Order.objects.count() == 1


def test_what_was_typed_is_there_when_coming_back() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    press(guest, form_of(look(guest)), phone="sai")
    assert_nothing_lost(guest.get(reverse("checkout:index")), "Phường Cầu Giấy")


def test_stale_form_is_shown_again_with_everything_typed() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = guest.cookies
    hidden = form_of(strict.get(reverse("checkout:index")))
    response = press(strict, {**hidden, "csrfmiddlewaretoken": "x" * 64})
    assert_nothing_lost(response, "Trang này mở đã lâu")
    token = strict.cookies["csrftoken"].value
    ready = press(strict, {**form_of(response), "csrfmiddlewaretoken": token})
    assert ready.status_code == 302
    assert Order.objects.count() == 1


def test_form_of_another_site_is_refused() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = guest.cookies
    response = strict.post(
        reverse("checkout:index"),
        {**typed(), "action": "place"},
        headers={"origin": "https://ke-xau.example"},
    )
    assert response.status_code == 403
    assert "12 ngõ 68" not in response.content.decode()


def test_empty_basket_goes_back_to_the_basket() -> None:
    guest = Client()
    for response in (guest.get(reverse("checkout:index")), press(guest, {})):
        assert response.url == reverse("basket:summary")
    assert "Giỏ hàng đang trống" in guest.get(reverse("basket:summary")).content.decode()


def test_late_tab_with_its_own_key_makes_no_second_order() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    hidden = form_of(look(guest))
    late = {**hidden, "placement_key": str(uuid.uuid4())}
    press(guest, hidden)
    assert press(guest, late).url == reverse("basket:summary")
    assert Order.objects.count() == 1


def test_alcohol_needs_both_of_age_and_no_cash() -> None:
    zone_rates()
    guest = a_guest_with(a_spirit())
    response = look(guest)
    body = response.content.decode()
    assert "không được trả tiền mặt" in body
    response = press(guest, form_of(response))
    assert {"payment", "adult"} & set(response.context["form"].errors)
    assert_nothing_lost(response, "đủ 18 tuổi")
    response = press(guest, form_of(response), adult="on")
    assert "payment" in response.context["form"].errors
    assert_nothing_lost(response, "Luật 44/2019")


def test_chilled_goods_stay_in_the_north_and_are_named() -> None:
    zone_rates()
    nem = a_product("Nem chua Tư Thủy", freight_class="chilled")
    guest = a_guest_with(nem)
    body = look(guest, province=HO_CHI_MINH, ward="").content.decode()
    assert "Nem chua Tư Thủy cần giữ lạnh" in body
    response = press(guest, form_of(look(guest)), province=HO_CHI_MINH, ward="26734")
    assert_nothing_lost(response)
    buy(guest, province="01", ward=CAU_GIAY)
    assert Order.objects.count() == 1


def test_without_rates_delivery_says_so_and_nothing_breaks() -> None:
    guest = a_guest_with({a_product(producer=a_producer()): 1, a_product(producer=a_producer()): 1})
    response = look(guest)
    assert response.status_code == 200
    assert_nothing_lost(response, "Chưa có cước giao đến tỉnh này")
    assert_nothing_lost(press(guest, form_of(response)))


def test_cash_has_its_limit(settings) -> None:
    settings.COD_LIMIT = 50_000
    zone_rates()
    guest = a_guest_with(a_product(price=45_000))
    response = press(guest, form_of(look(guest)))
    assert "payment" in response.context["form"].errors
    assert_nothing_lost(response, "Chỉ nhận trả tiền mặt cho đơn đến 50.000")


def test_a_member_signed_in_elsewhere_meanwhile_finds_all_typed() -> None:
    zone_rates()
    member = a_buyer()
    guest = a_guest_with(a_product())
    hidden = form_of(look(guest))
    guest.force_login(member)
    guest.get(reverse("basket:summary"))
    response = press(guest, hidden)
    assert response.status_code == 302
    assert Order.objects.get().user == member


def test_a_refused_form_allocates_nothing() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    press(guest, form_of(look(guest)), phone="sai")
    assert StockRecord.objects.get().num_allocated in (None, 0)
    assert basket_of(guest).status == "Open"


def test_what_is_wrong_is_listed_in_the_order_of_the_page() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    nothing = dict.fromkeys(typed(), "")
    page = press(guest, form_of(look(guest)), **nothing).content.decode()
    summary = page.split('class="form-errors"')[1].split("</ul>")[0]
    labels = (
        "Họ và tên",
        "Số điện thoại",
        "Tỉnh / thành phố",
        "Xã / phường",
        "Số nhà",
        "giao hàng",
    )
    places = [summary.index(label) for label in labels]
    assert places == sorted(places)
