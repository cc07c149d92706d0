"""A guest buys: from basket to order page."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from shop.order.models import Order, Parcel
from shop.partner.models import StockRecord
from tests.factories import a_basket_with, a_buyer, a_producer, a_product, zone_rates
from tests.shop.buying import (
    CAU_GIAY,
    HA_NOI,
    a_guest_with,
    buy,
    form_of,
    look,
    only_order,
    press,
    typed,
)

pytestmark = pytest.mark.django_db


def test_guest_buys_by_cash(django_capture_on_commit_callbacks) -> None:
    zone_rates(first_price=32_000)
    honey = a_product(price=45_000, stock=10)
    guest = a_guest_with(honey, 2)

    with django_capture_on_commit_callbacks(execute=True):
        response = buy(guest)

    order = only_order()
    assert response.url == reverse("order:thanks", kwargs={"number": order.number})
    assert order.status == "placed"
    assert (order.shipping_incl_tax, order.total_incl_tax) == (37_000, 127_000)
    assert order.shipping_address.phone_number == "+84912345678"
    assert (order.shipping_address.ward_code, order.shipping_address.province_code) == (
        CAU_GIAY,
        HA_NOI,
    )
    assert order.shipping_address.line3 == "Phường Cầu Giấy"
    assert StockRecord.objects.get().num_allocated == 2
    source = order.sources.get()
    assert (source.source_type.code, source.amount_allocated) == ("cod", 127_000)
    [letter] = mail.outbox
    assert letter.to == ["hoa@example.com"]
    assert order.number in letter.subject
    assert order.get_absolute_url() in letter.body

    thanks = guest.get(response.url)
    assert order.number in thanks.content.decode()
    assert "127.000" in thanks.content.decode()
    assert guest.get(reverse("basket:summary")).context["page"].is_empty


def test_parcels_part_the_order_and_add_up_to_its_delivery() -> None:
    zone_rates(first_price=25_000, step_price=5_000)
    heavy = a_product("Khoai lang", weight_grams=2_400, producer=a_producer("HTX Khoai"))
    light = a_product("Trà", weight_grams=100, producer=a_producer("HTX Trà"))
    buy(a_guest_with({heavy: 1, light: 3}))

    order = only_order()
    parcels = list(order.parcels.all())
    assert [parcel.producer.name for parcel in parcels] == ["HTX Khoai", "HTX Trà"]
    assert [parcel.charge for parcel in parcels] == [40_000, 25_000]
    assert sum(parcel.charge for parcel in parcels) == order.shipping_incl_tax
    assert parcels[0].charge_breakdown["weight_grams"] == 2_400
    assert [line.parcel for line in order.lines.all()] == parcels


def test_total_with_delivery_is_shown_before_the_last_click() -> None:
    zone_rates(first_price=32_000)
    guest = a_guest_with(a_product(price=45_000))
    first = guest.get(reverse("checkout:index"))
    assert not first.context["page"].quote.is_total_known

    # Everything typed at once, before any fee was seen: the fee is shown, nothing is placed.
    response = press(guest, form_of(first))
    assert Order.objects.count() == 0
    body = response.content.decode()
    assert "Phí giao hàng đến địa chỉ này là 32.000" in body
    assert "77.000" in body
    assert "12 ngõ 68 Cầu Giấy" in body

    press(guest, form_of(response))
    assert only_order().total_incl_tax == 77_000


def test_same_form_twice_is_one_order() -> None:
    zone_rates()
    guest = a_guest_with(a_product(stock=10))
    hidden = form_of(look(guest))
    first = press(guest, hidden)
    second = press(guest, hidden)
    assert Order.objects.count() == 1
    assert first.url == second.url


def test_two_tabs_of_one_basket_are_one_order() -> None:
    zone_rates()
    guest = a_guest_with(a_product(stock=10))
    one, other = form_of(look(guest)), form_of(look(guest))
    first, second = press(guest, one), press(guest, other)
    assert Order.objects.count() == 1
    assert first.url == second.url


def test_member_finds_the_order_and_keeps_the_address() -> None:
    zone_rates()
    member = a_buyer("lan@example.com")
    a_basket_with(a_product(), owner=member)
    client = Client()
    client.force_login(member)
    page = client.get(reverse("checkout:index"))
    assert 'value="lan@example.com"' in page.content.decode()
    buy(client, save_address="on", email="lan@example.com")
    order = only_order()
    assert order.user == member
    assert member.addresses.get().line1 == "12 ngõ 68 Cầu Giấy"
    other_browser = Client()
    other_browser.force_login(member)
    url = reverse("order:detail", kwargs={"number": order.number})
    assert other_browser.get(url).status_code == 200


def test_saved_address_fills_the_fields_and_keeps_the_rest() -> None:
    zone_rates()
    member = a_buyer()
    a_basket_with(a_product(), owner=member)
    client = Client()
    client.force_login(member)
    buy(client, save_address="on")
    a_basket_with(a_product(), owner=member)
    saved = member.addresses.get()
    data = {**typed(street="Chỗ khác", note="Gọi trước"), "use_address": str(saved.pk)}
    body = client.post(reverse("checkout:index"), data).content.decode()
    assert "12 ngõ 68 Cầu Giấy" in body
    assert "Gọi trước" in body


def test_address_of_another_member_is_not_given_away() -> None:
    zone_rates()
    owner, thief = a_buyer(), a_buyer()
    a_basket_with(a_product(), owner=owner)
    client = Client()
    client.force_login(owner)
    buy(client, save_address="on", street="Nhà riêng của Lan")
    a_basket_with(a_product(), owner=thief)
    client = Client()
    client.force_login(thief)
    data = {**typed(), "use_address": str(owner.addresses.get().pk)}
    assert "Nhà riêng của Lan" not in client.post(reverse("checkout:index"), data).content.decode()


def test_order_line_keeps_its_facts_when_the_catalogue_changes() -> None:
    zone_rates()
    product = a_product("Mật ong", price=45_000)
    buy(a_guest_with(product))
    product.title, product.net_quantity = "Tên mới", 900
    product.save()
    product.stockrecords.update(price=99_000)
    line = only_order().lines.get()
    assert line.title == "Mật ong"
    assert line.net_text == "500\u00a0g"
    assert line.unit_price_incl_tax == 45_000


def test_pickup_is_free_for_one_producer() -> None:
    zone_rates()
    buy(a_guest_with(a_product(price=45_000)), delivery="pickup")
    order = only_order()
    assert order.shipping_incl_tax == 0
    assert order.total_incl_tax == 45_000
    assert Parcel.objects.get().method_code == "pickup"


def test_the_province_asked_for_on_a_product_page_is_chosen_already() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    guest.post(reverse("delivery:choose-province"), {"tinh": HA_NOI})
    page = guest.get(reverse("checkout:index"))
    assert page.context["form"]["province"].value() == HA_NOI
