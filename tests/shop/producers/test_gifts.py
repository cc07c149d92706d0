"""Gifts in the channel: where they go, their papers, box by box, and what others bring."""

import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from shop.communication.models import Letter
from shop.order.cancelling import cancel_order
from shop.order.fulfilment import hand_over
from shop.order.models import Order, Parcel
from shop.order.splitting import split_off
from shop.partner.membership import Role
from shop.partner.models import Partner
from shop.producers.models import Notice
from shop.producers.parcels.papers import label_pdf, slip_pdf
from shop.producers.supplies.bringing import trips
from shop.users.models import User
from tests.factories import (
    a_gift_box,
    a_lot,
    a_producer,
    a_product,
    a_user,
    an_order,
    signed_in,
)
from tests.shop.giving.test_papers import given

pytestmark = pytest.mark.django_db
PEOPLE = ("Nguyễn Thị Hoa", "0912 345 678", "Thôn Nội Chùa", "Trần Văn Bình", "0987", "phố Huyện")


@pytest.fixture
def packer() -> User:
    return a_user()


@pytest.fixture
def grower() -> User:
    return a_user(language="vi")


@pytest.fixture
def hub(packer: User) -> Partner:
    return a_producer("Nhà đóng hộp", members=[packer])


@pytest.fixture
def maker(grower: User) -> Partner:
    made = a_producer("HTX Lục Sơn")
    made.users.add(grower, through_defaults={"role": Role.PACKER})
    return made


@pytest.fixture
def order(hub: Partner, maker: Partner) -> Order:
    """Two boxes with the hub's tea and the maker's longan, and a jar outside of them."""
    tea = a_product("Trà hoa vàng", producer=hub)
    longan = a_product("Long nhãn", producer=maker)
    box = a_gift_box(of={tea: 1, longan: 2}, producer=hub, gift={"lead_days": 3})
    return an_order({box: 2, a_product("Mật ong", producer=hub): 1})


def text_of(pdf: bytes) -> str:
    return " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


def parcel_page(parcel: Parcel) -> str:
    return reverse("producers:parcel", args=[parcel.pk])


def bringing(user: User) -> str:
    return signed_in(user).get(reverse("producers:supplies")).content.decode()


def test_a_gift_goes_to_its_recipient_on_page_label_slip_and_letter(
    order: Order, packer: User
) -> None:
    parcel = given(order).parcels.get()
    page = signed_in(packer).get(parcel_page(parcel)).content.decode()
    parcel.refresh_from_db()
    for told in (page, text_of(label_pdf(parcel)), text_of(slip_pdf(parcel))):
        for words in ("Trần Văn Bình", "phố Huyện", "01/02/2027", "đừng để giá trong kiện"):
            assert words in told
        assert "Thôn Nội Chùa" not in told
    index = signed_in(packer).get(reverse("producers:parcels")).content.decode()
    assert "Quà tặng" in index
    assert "01/02/2027" in index


def test_an_ordinary_parcel_says_nothing_of_gifts(order: Order, packer: User) -> None:
    parcel = order.parcels.get()
    page = signed_in(packer).get(parcel_page(parcel)).content.decode()
    for told in (page, text_of(label_pdf(parcel)), text_of(slip_pdf(parcel))):
        assert "Nguyễn Thị Hoa" in told
        assert "đừng để giá" not in told
    for name in ("parcel-greeting", "parcel-gift-receipt"):
        url = reverse(f"producers:{name}", args=[parcel.pk])
        assert url not in page
        assert signed_in(packer).get(url).status_code == 404


def test_the_packer_reads_box_by_box_and_wrapping_as_a_task(order: Order, packer: User) -> None:
    parcel = order.parcels.get()
    page = signed_in(packer).get(parcel_page(parcel)).content.decode()
    slip = text_of(slip_pdf(parcel))
    for told in (page, slip):
        places = [
            told.index(words)
            for words in ("Hạt giống đầu xuân × 2", "Trà hoa vàng", "Gói hộp “Hạt", "Mật ong")
        ]
        assert places == sorted(places)
        assert "Món lẻ" in told
    assert "HTX Lục Sơn mang tới" in page


@pytest.mark.parametrize("name", ["parcel-greeting", "parcel-gift-receipt"])
def test_papers_of_a_gift_are_for_who_packs_it_only(
    order: Order, packer: User, grower: User, name: str
) -> None:
    parcel = given(order).parcels.get()
    url = reverse(f"producers:{name}", args=[parcel.pk])
    response = signed_in(packer).get(url)
    assert response["Content-Type"] == "application/pdf"
    assert url in signed_in(packer).get(parcel_page(parcel)).content.decode()
    assert signed_in(grower).get(url).status_code == 404
    stranger = a_user()
    a_producer(members=[stranger])
    assert signed_in(stranger).get(url).status_code == 404
    assert signed_in(a_user()).get(url).status_code == 403
    assert Client().get(url).status_code == 302


def test_what_follows_of_a_gift_goes_to_the_same_person(order: Order) -> None:
    recipient = given(order)
    parcel = recipient.parcels.get()
    later = split_off(parcel, [parcel.lines.get(title="Mật ong").pk])
    assert later.recipient == recipient


def test_a_supplier_reads_what_to_bring_where_and_by_when_and_nothing_of_people(
    order: Order, grower: User, hub: Partner, maker: Partner
) -> None:
    given(order, deliver_on=None)
    told = bringing(grower)
    day = timezone.localdate(order.date_placed) + timedelta(days=3)
    for words in ("Long nhãn", "× 4", "Nhà đóng hộp", hub.present_address, f"{day:%d/%m/%Y}"):
        assert words in told
    for words in (*PEOPLE, "Trà hoa vàng", "Mật ong", "Hộp và gói quà"):
        assert words not in told
    home = signed_in(grower).get(reverse("producers:home")).content.decode()
    assert reverse("producers:supplies") in home
    assert signed_in(grower).get(parcel_page(order.parcels.get())).status_code == 404


def test_a_wished_day_is_kept_for_the_way(order: Order, maker: Partner) -> None:
    given(order, deliver_on=date(2027, 2, 10))
    assert [trip.day for trip in trips(maker)] <= [date(2027, 2, 8)]


def test_things_of_several_orders_for_one_day_are_one_row(
    hub: Partner, maker: Partner, grower: User
) -> None:
    longan = a_product("Long nhãn", producer=maker, stock=50)
    box = a_gift_box(of={longan: 2}, producer=hub)
    numbers = [an_order(box, 1).number for _each in range(3)]
    [trip] = trips(maker)
    [supply] = trip.supplies
    assert supply.quantity == 6
    assert [code.split("/")[0] for code in supply.parcels] == numbers


def test_the_supplier_sees_the_lot_that_is_proposed_and_the_one_that_was_noted(
    order: Order, maker: Partner
) -> None:
    line = order.lines.get(title="Long nhãn")
    soon = timezone.localdate() + timedelta(days=30)
    a_lot(line.product, "LN-2", best_before=soon + timedelta(days=60))
    a_lot(line.product, "LN-1", best_before=soon)
    assert trips(maker)[0].supplies[0].lots == ["LN-1"]
    order.boxes.update(good_until=soon + timedelta(days=10))
    assert trips(maker)[0].supplies[0].lots == ["LN-2"]
    line.lot = a_lot(line.product, "LN-3")
    line.save()
    assert trips(maker)[0].supplies[0].lots == ["LN-3"]


def test_nothing_is_brought_for_what_has_left_fell_or_is_not_paid(
    order: Order, maker: Partner, hub: Partner, grower: User
) -> None:
    assert trips(maker)
    assert trips(hub) == []
    Order.objects.filter(pk=order.pk).update(status="pending-payment")
    assert trips(maker) == []
    Order.objects.filter(pk=order.pk).update(status="placed")
    hand_over(order.parcels.get(), "Xe khách")
    assert trips(maker) == []
    assert "Không có món nào" in bringing(grower)


def test_other_producers_read_nothing_of_it(order: Order) -> None:
    stranger = a_user()
    a_producer(members=[stranger])
    assert "Long nhãn" not in bringing(stranger)
    url = reverse("producers:supplies")
    assert Client().get(url).status_code == 302
    assert signed_in(a_user()).get(url).status_code == 403


def test_the_supplier_is_told_of_the_order_and_of_its_end(
    order: Order, grower: User, packer: User
) -> None:
    notice = Notice.objects.get(user=grower)
    assert notice.words == f"Món cần giao về nơi đóng hộp: đơn {order.number}."
    assert notice.path == reverse("producers:supplies")
    letter = Letter.objects.get(event_code="SUPPLY_ORDERED")
    assert letter.to == grower.email
    for words in ("Long nhãn", "× 4", "Nhà đóng hộp", order.number):
        assert words in letter.text
        assert words in letter.html
    for words in (*PEOPLE, "Trà hoa vàng", "Mật ong"):
        assert words not in letter.text
        assert words not in letter.html
    assert Letter.objects.get(event_code="PARCEL_ORDERED").to == packer.email
    cancel_order(order)
    assert "khỏi giao" in Notice.objects.filter(user=grower).latest("pk").words
    assert Letter.objects.get(event_code="SUPPLY_CANCELLED").to == grower.email
    assert trips(Partner.objects.get(users=grower)) == []


def test_an_english_supplier_is_written_to_in_one_language(
    hub: Partner, maker: Partner, grower: User
) -> None:
    User.objects.filter(pk=grower.pk).update(language="en")
    with translation.override("vi"):
        an_order(a_gift_box(of={a_product(producer=maker): 1}, producer=hub))
    assert Letter.objects.get(event_code="SUPPLY_ORDERED").language == "en"


def test_a_producer_of_its_own_box_brings_nothing(hub: Partner, packer: User) -> None:
    an_order(a_gift_box(of={a_product(producer=hub): 1}, producer=hub))
    assert trips(hub) == []
    assert not Letter.objects.filter(event_code="SUPPLY_ORDERED").exists()
