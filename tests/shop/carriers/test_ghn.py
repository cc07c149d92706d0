"""GHN called, told, cancelled, against a server that speaks its contract."""

import pytest
from django.test import Client

from shop.carriers.base import CarrierFailed, PlaceUnknown
from shop.carriers.calling import call_carrier, cancel_call
from shop.carriers.ghn.places import GhnPlace
from shop.carriers.models import Shipment
from shop.carriers.registry import Carrier, carrier_of, carriers_to_call, tracking_url
from shop.carriers.tidying import cancel_what_fell
from shop.order.fulfilment import start_packing
from shop.order.models import Parcel, ParcelEvent
from shop.order.steps import StepNotPossible
from shop.partner.models import Partner
from shop.payment.cash import cash_parts
from shop.users.models import User
from tests.factories import (
    a_producer,
    a_product,
    a_user,
    an_order,
    delivery_rules,
    signed_in,
    zone_rates,
)
from tests.ghn_server import GhnServer, told

pytestmark = pytest.mark.django_db
SECRET = "khoa-rat-dai"
HOOK = f"/webhooks/van-chuyen/ghn/?khoa={SECRET}"


@pytest.fixture
def packer() -> User:
    return a_user()


@pytest.fixture
def maker(packer: User) -> Partner:
    return a_producer(members=[packer])


@pytest.fixture
def parcel(maker: Partner) -> Parcel:
    zone_rates(25_000)
    delivery_rules(cod_fee=9_000)
    order = an_order(a_product(producer=maker, price=45_000), 2)
    return start_packing(order.parcels.get())


def the_ghn() -> Carrier:
    found = carrier_of("ghn")
    assert found is not None
    return found


def tell(body: bytes, url: str = HOOK) -> int:
    return Client().post(url, body, content_type="application/json").status_code


def page_of(parcel: Parcel) -> str:
    return f"/kenh-san-xuat/kien/{parcel.pk}/"


def test_off_until_it_is_set_up(settings, parcel: Parcel, packer: User) -> None:
    assert carriers_to_call() == [] and carrier_of("ghn") is None
    assert tell(told("LX", "picked")) == 404
    client = signed_in(packer)
    assert "lấy hàng" not in client.get(page_of(parcel)).content.decode()
    assert client.post(f"{page_of(parcel)}goi/ghn/").status_code == 404


def test_called_it_makes_an_order_with_all_that_it_needs(ghn: GhnServer, parcel: Parcel) -> None:
    shipment = call_carrier(parcel, the_ghn())
    [asked] = ghn.state.asked
    assert asked["client_order_code"] == f"{parcel.order.number}-1-1"
    assert (asked["to_district_id"], asked["to_ward_code"]) == (1761, "180801")
    assert asked["from_district_name"] == "Huyện Lục Nam"
    assert asked["to_phone"] == "0912345678"
    assert asked["cod_amount"] == cash_parts(parcel.order)[parcel.pk] == 45_000 * 2 + 39_000
    assert asked["weight"] == parcel.weight_grams
    assert shipment.state == Shipment.State.CREATED
    assert shipment.tracking_number in ghn.state.orders
    assert shipment.fee == 25_000
    assert str(shipment.expected_on) == "2026-12-03"
    assert [event.status for event in parcel.events.all()] == ["created"]


def test_what_is_paid_for_is_not_collected(ghn: GhnServer, parcel: Parcel) -> None:
    payment = parcel.order.payment
    payment.state = "paid"
    payment.save()
    call_carrier(parcel, the_ghn())
    assert ghn.state.asked[0]["cod_amount"] == 0


def test_called_twice_it_comes_once(ghn: GhnServer, parcel: Parcel) -> None:
    first, second = (call_carrier(parcel, the_ghn()) for _time in range(2))
    assert first.pk == second.pk and len(ghn.state.orders) == 1
    assert ParcelEvent.objects.count() == 1


def test_an_answer_that_was_lost_is_asked_for_again_not_made_again(
    ghn: GhnServer, parcel: Parcel
) -> None:
    ghn.state.lose_answer = True
    with pytest.raises(CarrierFailed, match="gọi lại không tạo hai đơn"):
        call_carrier(parcel, the_ghn())
    [made] = ghn.state.orders
    assert call_carrier(parcel, the_ghn()).tracking_number == made
    assert len(ghn.state.orders) == 1 and Shipment.objects.count() == 1


@pytest.mark.parametrize(
    "answer",
    [(500, b"oops"), (200, b"[]"), (200, b'{"code": 200, "data": {}}'), (503, b'{"code": 503}')],
)
def test_an_answer_that_is_none_is_said_and_nothing_is_kept(
    ghn: GhnServer, parcel: Parcel, answer: tuple[int, bytes]
) -> None:
    call_carrier_places(parcel)
    ghn.state.instead = answer
    with pytest.raises(CarrierFailed):
        call_carrier(parcel, the_ghn())
    assert Shipment.objects.get().state == Shipment.State.ASKED
    ghn.state.instead = None
    assert call_carrier(parcel, the_ghn()).tracking_number


def call_carrier_places(parcel: Parcel) -> None:
    """GHN\'s name of the ward is known already."""
    ward = parcel.producer.ward
    GhnPlace.objects.create(ward=ward, district_id=1761, ward_code="180801")


def test_nobody_there_is_said_and_later_it_works(ghn: GhnServer, parcel: Parcel, settings) -> None:
    here = settings.GHN_BASE_URL
    settings.GHN_BASE_URL = "http://127.0.0.1:9/shiip/public-api"
    with pytest.raises(CarrierFailed, match="Chưa gọi được GHN"):
        call_carrier(parcel, the_ghn())
    settings.GHN_BASE_URL = here
    assert call_carrier(parcel, the_ghn()).tracking_number


def test_a_refusal_is_told_in_its_own_words(ghn: GhnServer, parcel: Parcel) -> None:
    ghn.state.refuse = "Khu vực tạm ngưng"
    with pytest.raises(CarrierFailed, match="Khu vực tạm ngưng"):
        call_carrier(parcel, the_ghn())


def test_it_does_not_take_cold_goods_heavy_ones_or_what_is_fetched(
    ghn: GhnServer, parcel: Parcel
) -> None:
    for facts, words in (
        ({"is_chilled": True}, "giữ lạnh"),
        ({"weight_grams": 20_001}, "20 kg"),
        ({"charge_breakdown": {"pickup": "x"}}, "tự đến lấy"),
        ({"status": "delivered"}, "không còn chờ gửi"),
    ):
        before = {name: getattr(parcel, name) for name in facts}
        Parcel.objects.filter(pk=parcel.pk).update(**facts)
        with pytest.raises(StepNotPossible, match=words):
            call_carrier(parcel, the_ghn())
        Parcel.objects.filter(pk=parcel.pk).update(**before)
    assert ghn.state.calls == []


def test_fee_is_told_before_it_is_called(ghn: GhnServer, parcel: Parcel, packer: User) -> None:
    answer = signed_in(packer).post(f"{page_of(parcel)}hoi-phi/ghn/", follow=True)
    assert "GHN báo phí 28.000\u00a0₫" in answer.content.decode()
    assert ghn.state.orders == {}


def test_cancelled_it_need_not_come_and_may_be_called_again(ghn: GhnServer, parcel: Parcel) -> None:
    first = call_carrier(parcel, the_ghn())
    for _time in range(2):
        cancel_call(parcel)
    assert ghn.state.orders[first.tracking_number]["status"] == "cancel"
    second = call_carrier(parcel, the_ghn())
    assert second.pk != first.pk and second.reference.endswith("-2")


def test_the_worker_cancels_what_fell(ghn: GhnServer, parcel: Parcel) -> None:
    number = call_carrier(parcel, the_ghn()).tracking_number
    assert cancel_what_fell() == 0
    Parcel.objects.filter(pk=parcel.pk).update(status="cancelled")
    assert [cancel_what_fell() for _round in range(2)] == [1, 0]
    assert ghn.state.orders[number]["status"] == "cancel"
    assert Shipment.objects.get().state == Shipment.State.CANCELLED


# --- Places ---------------------------------------------------------------------------------------


def test_a_place_that_is_not_sure_is_chosen_by_hand_for_this_parcel(
    ghn: GhnServer, parcel: Parcel, packer: User
) -> None:
    address = parcel.address
    address.ward_code, address.province_code = "00166", "01"
    address.save()
    with pytest.raises(PlaceUnknown, match="Cầu Giấy"):
        call_carrier(parcel, the_ghn())
    client = signed_in(packer)
    answer = client.post(f"{page_of(parcel)}goi/ghn/")
    assert answer["Location"] == f"{page_of(parcel)}noi/ghn/den/"
    body = client.get(answer["Location"]).content.decode()
    assert "Phường Dịch Vọng, Quận Cầu Giấy, Hà Nội" in body
    for wrong in ({}, {"code": "x"}, {"code": "12"}, {"place": "9/9"}):
        assert client.post(answer["Location"], wrong).status_code == 422
    chosen = client.post(answer["Location"], {"place": "1485/1A0601"}, follow=True)
    assert "Bấm gọi lần nữa" in chosen.content.decode()
    assert not GhnPlace.objects.filter(ward="00166").exists()
    assert client.post(f"{page_of(parcel)}goi/ghn/").status_code == 302
    assert ghn.state.asked[0]["to_ward_code"] == "1A0601"


def test_places_are_asked_for_once(ghn: GhnServer, parcel: Parcel) -> None:
    call_carrier(parcel, the_ghn())
    cancel_call(parcel)
    before = len(ghn.state.calls)
    call_carrier(parcel, the_ghn())
    assert ghn.state.calls[before:] == ["v2/shipping-order/create"]


# --- What it tells --------------------------------------------------------------------------------


def test_it_tells_and_the_parcel_follows(ghn: GhnServer, parcel: Parcel) -> None:
    number = call_carrier(parcel, the_ghn()).tracking_number
    for status, at, expected in (
        ("ready_to_pick", "2026-12-01T01:00:00Z", "packing"),
        ("picked", "2026-12-01T02:00:00Z", "shipped"),
        ("transporting", "2026-12-01T03:00:00Z", "shipped"),
        ("delivering", "2026-12-02T01:00:00Z", "shipped"),
        ("delivered", "2026-12-02T03:00:00Z", "delivered"),
    ):
        assert tell(told(number, status, at)) == 200
        parcel.refresh_from_db()
        assert parcel.status == expected
    assert (parcel.carrier, parcel.tracking_number) == ("GHN", number)
    statuses = [event.status for event in parcel.events.exclude(key__endswith="called")]
    assert statuses == ["created", "picked", "moving", "out", "delivered"]
    parcel.order.refresh_from_db()
    assert parcel.order.status == "completed"


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00"])
def test_a_clock_that_was_never_set_is_read_as_now(ghn: GhnServer, parcel: Parcel, at: str) -> None:
    number = call_carrier(parcel, the_ghn()).tracking_number
    assert tell(told(number, "picked", at)) == 200
    assert parcel.events.get(status="picked").happened_at.year >= 2026


def test_told_again_nothing_is_added(ghn: GhnServer, parcel: Parcel) -> None:
    number = call_carrier(parcel, the_ghn()).tracking_number
    for _time in range(10):
        assert tell(told(number, "delivered")) == 200
    assert parcel.events.filter(status="delivered").count() == 1
    payment = parcel.order.payment
    payment.refresh_from_db()
    assert payment.received == 129_000


def test_late_news_moves_nothing_back(ghn: GhnServer, parcel: Parcel) -> None:
    number = call_carrier(parcel, the_ghn()).tracking_number
    tell(told(number, "delivered", "2026-12-02T03:00:00Z"))
    tell(told(number, "picked", "2026-12-01T02:00:00Z"))
    tell(told(number, "cancel", "2026-12-01T01:00:00Z"))
    parcel.refresh_from_db()
    assert parcel.status == "delivered"
    statuses = [event.status for event in parcel.events.exclude(key__endswith="called")]
    assert statuses == ["cancelled", "picked", "delivered"]


def test_cancelled_at_ghn_another_may_be_called(ghn: GhnServer, parcel: Parcel) -> None:
    number = call_carrier(parcel, the_ghn()).tracking_number
    tell(told(number, "cancel"))
    assert Shipment.objects.get().state == Shipment.State.CANCELLED
    assert call_carrier(parcel, the_ghn()).tracking_number != number


def test_what_came_back_is_counted_by_its_producer(
    ghn: GhnServer, parcel: Parcel, packer: User
) -> None:
    number = call_carrier(parcel, the_ghn()).tracking_number
    tell(told(number, "picked", "2026-12-01T02:00:00Z"))
    tell(told(number, "returned", "2026-12-05T02:00:00Z", Reason="Không liên lạc được"))
    parcel.refresh_from_db()
    assert parcel.status == "shipped"
    body = signed_in(packer).get(page_of(parcel)).content.decode()
    assert "Bên vận chuyển báo kiện đã về" in body and "Không liên lạc được" in body


def test_it_may_tell_before_its_answer_is_kept(ghn: GhnServer, parcel: Parcel) -> None:
    ghn.state.lose_answer = True
    with pytest.raises(CarrierFailed):
        call_carrier(parcel, the_ghn())
    [made] = ghn.state.orders
    reference = Shipment.objects.get().reference
    assert tell(told(made, "picked", ClientOrderCode=reference)) == 200
    parcel.refresh_from_db()
    assert (parcel.status, parcel.tracking_number) == ("shipped", made)


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/webhooks/van-chuyen/ghn/", 401),
        ("/webhooks/van-chuyen/ghn/?khoa=sai", 401),
        ("/webhooks/van-chuyen/ghn/?khoa=%C3%A1", 401),
        ("/webhooks/van-chuyen/manual/", 404),
        ("/webhooks/van-chuyen/khac/", 404),
    ],
)
def test_strangers_move_nothing(ghn: GhnServer, parcel: Parcel, url: str, status: int) -> None:
    number = call_carrier(parcel, the_ghn()).tracking_number
    assert tell(told(number, "delivered"), url) == status
    assert parcel.events.count() == 1
    assert Client().get(HOOK).status_code == 405


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"Type": 1, "Status": 2}',
        told("L1", "picked", at="hôm qua"),
        told("", "picked"),
        b"[" * 50_000,
    ],
)
def test_what_cannot_be_read_is_refused(ghn: GhnServer, body: bytes) -> None:
    assert tell(body) == 400


def test_too_much_is_refused_before_it_is_read(ghn: GhnServer) -> None:
    assert tell(b" " * 70_000) == 413


@pytest.mark.parametrize(
    "more",
    [{"ShopID": 1}, {"Type": "update_fee"}, {"Status": "moi"}, {"OrderCode": "KHONGCO"}],
)
def test_news_of_others_and_of_other_things_change_nothing(
    ghn: GhnServer, parcel: Parcel, more: dict
) -> None:
    number = call_carrier(parcel, the_ghn()).tracking_number
    assert tell(told(number, "delivered", **more)) == 200
    parcel.refresh_from_db()
    assert parcel.status == "packing" and parcel.events.count() == 1


# --- The page of the parcel -----------------------------------------------------------------------


def test_packer_calls_prints_and_cancels_on_the_page(
    ghn: GhnServer, parcel: Parcel, packer: User
) -> None:
    client = signed_in(packer)
    assert "Gọi GHN lấy hàng" in client.get(page_of(parcel)).content.decode()
    body = client.post(f"{page_of(parcel)}goi/ghn/", follow=True).content.decode()
    number = Shipment.objects.get().tracking_number
    assert "GHN sẽ đến lấy" in body and body.count(number) >= 2
    label = client.get(f"{page_of(parcel)}nhan-van-chuyen/")
    assert label.status_code == 302 and "printA5?token=" in label["Location"]
    body = client.post(f"{page_of(parcel)}huy-goi/", follow=True).content.decode()
    assert "Đã hủy gọi" in body and "Gọi GHN lấy hàng" in body


def test_nobody_else_calls_for_this_parcel(ghn: GhnServer, parcel: Parcel) -> None:
    other = a_user()
    a_producer(members=[other])
    for client, status in ((Client(), 302), (signed_in(a_user()), 403), (signed_in(other), 404)):
        for path in ("goi/ghn/", "hoi-phi/ghn/", "huy-goi/", "noi/ghn/den/"):
            assert client.post(f"{page_of(parcel)}{path}").status_code == status
    assert ghn.state.calls == [] and not Shipment.objects.exists()


def test_who_waits_for_money_is_not_sent(ghn: GhnServer, parcel: Parcel) -> None:
    parcel.order.status = "pending-payment"
    parcel.order.save()
    with pytest.raises(StepNotPossible):
        call_carrier(parcel, the_ghn())


def test_tracking_addresses() -> None:
    assert Parcel(carrier="GHN", tracking_number="L12").tracking_url.endswith("order_code=L12")
    assert tracking_url("GHN", "L12") == "https://donhang.ghn.vn/?order_code=L12"
    assert tracking_url("Bưu điện", "VN1") == "" and tracking_url("GHN", "") == ""
