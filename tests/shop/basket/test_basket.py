"""The basket page: filled, changed, emptied; each refusal beside its field."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from shop.partner.models import StockRecord
from tests.factories import (
    a_basket_with,
    a_buyer,
    a_producer,
    a_product,
    a_variant_product,
    zone_rates,
)
from tests.shop.buying import a_guest_with, basket_of, take_basket

pytestmark = pytest.mark.django_db
SUMMARY = "/gio-hang/"


def add(client: Client, product, **data):
    return client.post(reverse("basket:add", args=[product.pk]), {"quantity": "1", **data})


def change(client: Client, quantity: str):
    line = basket_of(client).lines.get()
    return client.post(reverse("basket:change", args=[line.pk]), {"quantity": quantity})


def test_product_goes_into_the_basket_and_one_stays_on_its_page() -> None:
    guest, product = Client(), a_product()
    response = add(guest, product, quantity="3")
    assert response.url == product.get_absolute_url()
    assert basket_of(guest).lines.get().quantity == 3


def test_a_guest_who_fills_a_basket_and_looks_at_it_has_no_session() -> None:
    guest, product = Client(), a_product(stock=9)
    add(guest, product, quantity="3")
    assert guest.post(
        reverse("basket:add", args=[product.pk]), {"quantity": "1"}, headers={"HX-Request": "true"}
    ).has_header("HX-Trigger")
    shown = [guest.get(url).content.decode() for url in (product.get_absolute_url(), SUMMARY)]
    assert 'id="messages"' in shown[0] and 'id="messages"' not in shown[1]
    guest.get(reverse("basket:count"))
    assert settings.SESSION_COOKIE_NAME not in guest.cookies
    assert not Session.objects.exists()


def test_who_wants_more_than_an_order_holds_is_told_to_place_another(settings) -> None:
    settings.OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = 5
    body = add(Client(), a_product(stock=10), quantity="6").content.decode()
    assert "Một đơn có nhiều nhất 5 món. Mua nhiều hơn, hãy đặt thêm một đơn nữa." in body


def test_variant_is_chosen_by_its_key() -> None:
    guest, parent = Client(), a_variant_product()
    child = parent.children.last()
    add(guest, parent, child_id=str(child.pk))
    assert basket_of(guest).lines.get().product == child


@pytest.mark.parametrize("child", ["", "0", "rác", "999999999999999999999"])
def test_unknown_variant_is_asked_for(child: str) -> None:
    response = add(Client(), a_variant_product(), child_id=child)
    assert response.status_code == 422
    assert "Hãy chọn một loại" in response.content.decode()


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        ("0", "Hãy chọn ít nhất 1"),
        ("-1", "Số lượng là một số tròn"),
        ("", "Hãy nhập số lượng"),
        ("hai", "Số lượng là một số tròn"),
        ("1.5", "Số lượng là một số tròn"),
        ("1_0", "Số lượng là một số tròn"),
        ("1000000000", "Chỉ còn 10"),
        ("9" * 40, "Số lượng là một số tròn"),
        ("11", "Chỉ còn 10"),
    ],
)
def test_wrong_quantity_is_refused_beside_the_field(quantity: str, words: str) -> None:
    guest = Client()
    response = add(guest, a_product(stock=10), quantity=quantity)
    body = response.content.decode()
    assert response.status_code == 422
    assert words in body
    assert f'value="{quantity}"' in body
    assert "oscar_open_basket" not in guest.cookies


def test_more_than_is_left_counts_what_is_in_the_basket() -> None:
    product = a_product(stock=5)
    guest = a_guest_with(product, 4)
    body = add(guest, product, quantity="2").content.decode()
    assert "Chỉ còn 5" in body
    assert "Trong giỏ đã có 4" in body


@pytest.mark.parametrize("target", ["https://ke-xau.example/", "//ke-xau.example", "javascript:x"])
def test_next_never_leaves_the_shop(target: str) -> None:
    product = a_product()
    assert add(Client(), product, next=target).url == product.get_absolute_url()


def test_next_inside_the_shop_is_followed() -> None:
    assert add(Client(), a_product(), next="/san-pham/").url == "/san-pham/"


def test_unknown_product_is_not_found() -> None:
    assert Client().post(reverse("basket:add", args=[10**15])).status_code == 404


def test_withdrawn_product_cannot_be_added() -> None:
    response = add(Client(), a_product(live=False))
    assert response.status_code == 422
    assert "Món này không còn bán" in response.content.decode()


def test_quantity_changes_and_zero_removes_with_a_way_back() -> None:
    product = a_product("Trà hoa vàng", stock=9)
    guest = a_guest_with(product, 2)
    change(guest, "5")
    assert basket_of(guest).lines.get().quantity == 5
    change(guest, "0")
    assert not basket_of(guest).lines.exists()
    body = guest.get(SUMMARY).content.decode()
    assert "Đã bỏ Trà hoa vàng khỏi giỏ" in body
    assert "Hoàn tác" in body
    assert "Hoàn tác" not in guest.get(SUMMARY).content.decode()


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        ("1000000000", "Chỉ còn 9"),
        ("10", "Chỉ còn 9"),
        ("-3", "Số lượng là một số tròn"),
        ("nhiều", "Số lượng là một số tròn"),
    ],
)
def test_quantity_that_cannot_be_had_stays_in_its_box(quantity: str, words: str) -> None:
    guest = a_guest_with(a_product(stock=9), 2)
    response = change(guest, quantity)
    body = response.content.decode()
    assert response.status_code == 422
    assert words in body
    assert f'value="{quantity}"' in body
    assert basket_of(guest).lines.get().quantity == 2


def test_line_of_another_basket_is_left_alone() -> None:
    stranger = a_basket_with(a_product(), 2)
    guest = a_guest_with(a_product())
    line = stranger.lines.get()
    guest.post(reverse("basket:change", args=[line.pk]), {"quantity": "0"})
    guest.post(reverse("basket:remove", args=[line.pk]))
    assert stranger.lines.get().quantity == 2


def test_gone_product_and_new_price_are_said_in_words() -> None:
    maker = a_producer()
    gone, dearer = a_product("Long nhãn", producer=maker), a_product("Trà", producer=maker)
    guest = a_guest_with({gone: 1, dearer: 1})
    gone.live = False
    gone.save()
    StockRecord.objects.filter(product=dearer).update(price=60_000)
    body = guest.get(SUMMARY).content.decode()
    assert "Món này không còn bán" in body
    assert "Giá tăng từ 45.000" in body
    assert reverse("checkout:index") not in body.split("<footer")[0].split("<main")[1]


def test_lines_stand_by_producer_with_an_estimate() -> None:
    zone_rates(first_price=25_000)
    one = a_product("Trà", producer=a_producer("HTX Trà"))
    two = a_product("Khoai", producer=a_producer("HTX Khoai"))
    body = a_guest_with({one: 1, two: 1}).get(SUMMARY).content.decode()
    assert "Kiện 1 · HTX Trà gửi" in body
    assert "Kiện 2 · HTX Khoai gửi" in body
    assert "Phí giao khoảng 50.000" in body


def test_htmx_gets_the_basket_and_the_pill_counts_again() -> None:
    guest = a_guest_with(a_product(stock=9), 2)
    line = basket_of(guest).lines.get()
    response = guest.post(
        reverse("basket:change", args=[line.pk]), {"quantity": "4"}, headers={"hx-request": "true"}
    )
    assert response.status_code == 200
    assert response["HX-Trigger"] == "basket-changed"
    assert 'id="basket"' in response.content.decode()


def test_count_asks_nothing_without_a_basket(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = Client().get(reverse("basket:count"))
    assert response.content.strip() == b""
    assert "private" in response["Cache-Control"]


def test_count_says_how_many() -> None:
    guest = a_guest_with(a_product(stock=9), 4)
    assert "4" in guest.get(reverse("basket:count")).content.decode()
    member = Client()
    user = a_buyer()
    a_basket_with(a_product(), 2, owner=user)
    member.force_login(user)
    assert "2" in member.get(reverse("basket:count")).content.decode()


@pytest.mark.parametrize("cookie", ["", "rác", "1:rác", "x" * 5000])
def test_forged_basket_cookie_is_an_empty_basket(cookie: str) -> None:
    a_basket_with(a_product())
    guest = Client()
    guest.cookies["oscar_open_basket"] = cookie
    assert guest.get(SUMMARY).context["page"].is_empty
    assert guest.get(reverse("basket:count")).content.strip() == b""


def test_merge_at_sign_in_says_what_was_waiting() -> None:
    user = a_buyer()
    a_basket_with(a_product("Rổ khoai cũ"), 2, owner=user)
    guest = a_guest_with(a_product("Trà mới"))
    guest.force_login(user)
    body = guest.get(SUMMARY).content.decode()
    assert "còn từ lần trước: Rổ khoai cũ × 2" in body
    assert "Trà mới" in body
    assert "còn từ lần trước" not in guest.get(SUMMARY).content.decode()


def test_merge_into_an_empty_account_says_nothing() -> None:
    guest = a_guest_with(a_product("Trà mới"))
    guest.force_login(a_buyer())
    body = guest.get(SUMMARY).content.decode()
    assert "Trà mới" in body
    assert "còn từ lần trước" not in body


def test_same_thing_in_both_baskets_is_not_doubled() -> None:
    product, user = a_product(), a_buyer()
    own = a_basket_with(product, 2, owner=user)
    guest = Client()
    take_basket(guest, a_basket_with(product, 3))
    guest.force_login(user)
    guest.get(SUMMARY)
    assert own.lines.get().quantity == 3


def test_queries_do_not_grow_with_the_lines(django_assert_max_num_queries) -> None:
    zone_rates()
    goods = {a_product(f"Món {n}", producer=a_producer()): 1 for n in range(12)}
    counts = []
    for guest in (a_guest_with(goods), a_guest_with(next(iter(goods)))):
        guest.get(SUMMARY)
        with django_assert_max_num_queries(15) as captured:
            assert guest.get(SUMMARY).status_code == 200
        counts.append(len(captured.captured_queries))
    assert counts[0] == counts[1]


def test_the_count_of_who_just_signed_in_holds_what_was_chosen_before() -> None:
    visitor = a_guest_with(a_product(stock=5), 2)
    visitor.force_login(a_buyer())

    assert "2" in visitor.get(reverse("basket:count")).content.decode()


def test_buying_at_once_leads_to_the_till_with_the_product() -> None:
    product, guest = a_product(stock=9), Client()
    response = guest.post(
        reverse("basket:add", args=[product.pk]), {"quantity": "2", "buy_now": "1"}
    )
    assert response.url == reverse("checkout:index")
    assert basket_of(guest).lines.get().quantity == 2
    assert "Mua ngay" in guest.get(product.get_absolute_url()).content.decode()


def test_buying_more_than_there_is_at_once_still_leads_to_the_till_once_mended() -> None:
    product, guest = a_product(stock=3), Client()
    response = guest.post(
        reverse("basket:add", args=[product.pk]), {"quantity": "4", "buy_now": "1"}
    )
    assert response.status_code == 422
    content = response.content.decode()
    assert 'name="buy_now" value="1"' in content
    # The button says where it leads.
    assert ">Mua ngay</button>" in content


def test_adding_asks_the_same_for_a_full_basket(django_assert_max_num_queries) -> None:
    counts = []
    for size in (1, 8):
        guest = a_guest_with({a_product(f"Món {n}"): 1 for n in range(size)})
        added = a_product(stock=9)
        with django_assert_max_num_queries(12) as captured:
            guest.post(reverse("basket:add", args=[added.pk]), {"quantity": "1", "buy_now": "1"})
        counts.append(len(captured.captured_queries))
    assert counts[0] == counts[1]


def test_more_of_the_same_is_one_statement_beside_what_is_asked(
    django_assert_max_num_queries,
) -> None:
    product = a_product(stock=9)
    guest = a_guest_with(product)
    address = reverse("basket:add", args=[product.pk])
    guest.post(address, {"quantity": "1"})  # the first of a product begins its count
    with django_assert_max_num_queries(5):
        guest.post(address, {"quantity": "2", "buy_now": "1"})
    assert basket_of(guest).lines.get().quantity == 4


def test_nothing_is_added_to_a_line_that_went_meanwhile() -> None:
    product = a_product()
    basket = basket_of(a_guest_with(product))
    gone = basket.lines.get().pk
    basket.lines.all().delete()
    assert not basket.add_to_line(gone, 1)
    assert not basket.lines.exists()
