"""How staff find an order, and what its page lets them do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from shop.order.messages import ask
from shop.order.models import Order, Parcel
from shop.staff import PACKING, STAFF, SUPPORT, ensure_staff_group
from tests.factories import (
    a_bank_account,
    a_buyer,
    a_producer,
    a_product,
    a_spirit,
    a_staff_member,
    an_order,
    in_group,
    signed_in,
)

pytestmark = pytest.mark.django_db

LIST = "/quan-ly/don-hang/"


@pytest.fixture
def staff() -> Client:
    ensure_staff_group()
    return signed_in(in_group(a_staff_member(), STAFF))


def numbers(client: Client, query: str) -> set[str]:
    page = client.get(f"{LIST}?{query}")
    assert page.status_code == 200
    return {order.number for order, _method in page.context["rows"]}


def test_an_order_is_found_by_number_phone_email_and_name_without_marks(staff: Client) -> None:
    found = an_order(a_product(), email="hoa@example.vn")
    other = an_order(a_product())
    Order.objects.filter(pk=other.pk).update(guest_email="")
    address = other.shipping_address
    address.first_name, address.phone_number = "Phạm Văn Đức", "+84987654321"
    address.save()
    assert numbers(staff, f"q={found.number}") == {found.number}
    assert numbers(staff, f"q={found.number[:6].lower()}") >= {found.number}
    assert numbers(staff, "q=0912 345 678") == {found.number}
    assert numbers(staff, "q=%2B84987654321") == {other.number}
    assert numbers(staff, "q=HOA@example.vn") == {found.number}
    assert numbers(staff, "q=nguyen thi hoa") == {found.number}
    assert numbers(staff, "q=pham duc") == {other.number}


def test_filters_narrow_the_list(staff: Client) -> None:
    maker = a_producer("Nhà Mật")
    mine = an_order(a_product(producer=maker, price=30_000))
    a_bank_account()
    spirit = an_order(a_spirit(price=900_000), payment="vietqr", is_adult=True)
    assert numbers(staff, f"nha={maker.pk}") == {mine.number}
    assert numbers(staff, "co=ruou") == {spirit.number}
    assert numbers(staff, "cach_tra=vietqr") == {spirit.number}
    assert numbers(staff, "tien=held") == {spirit.number}
    assert numbers(staff, f"trang_thai={mine.status}") == {mine.number}
    assert numbers(staff, "it_nhat=500000") == {spirit.number}
    assert numbers(staff, "nhieu_nhat=100000") == {mine.number}
    assert numbers(staff, "tinh=24") == {mine.number, spirit.number}
    assert numbers(staff, "xa=yen son") == {mine.number, spirit.number}
    assert numbers(staff, "xa=hoan kiem") == set()
    today = timezone.localdate()
    assert numbers(staff, f"tu={today}&den={today}") == {mine.number, spirit.number}
    assert numbers(staff, f"den={today - timedelta(days=1)}") == set()
    ask(mine, "Bao giờ tới?")
    assert numbers(staff, "co=hoi") == {mine.number}
    mine.parcels.update(promised_from=today - timedelta(days=4), promised_to=today - timedelta(1))
    assert numbers(staff, "co=tre") == {mine.number}


def test_a_filter_that_cannot_be_read_is_left_out_and_said_so(staff: Client) -> None:
    order = an_order(a_product())
    page = staff.get(f"{LIST}?tu=hom-qua&nha=abc&tinh=999")
    assert order.number in page.content.decode()
    assert "field__error" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("it_nhat=abc", "Hãy nhập một số"),
        ("tu=2026-11-20&den=2026-11-10", "Ngày này trước ngày bắt đầu"),
        ("it_nhat=400.000&nhieu_nhat=300.000", "Số này nhỏ hơn số bắt đầu"),
    ],
)
def test_a_filter_that_cannot_hold_says_so_and_stays_open(
    staff: Client, query: str, words: str
) -> None:
    page = staff.get(f"{LIST}?{query}").content.decode()
    assert words in page
    assert '<details class="office-filters" open>' in page


def test_sums_with_points_and_the_code_of_a_parcel_are_read(staff: Client) -> None:
    order = an_order(a_product(price=500_000))
    an_order(a_product(price=10_000))
    assert numbers(staff, "it_nhat=400.000") == {order.number}
    assert numbers(staff, f"q={order.number}/1") == {order.number}


def test_the_list_asks_as_much_for_many_as_for_one(staff: Client) -> None:
    product = a_product(stock=50)
    an_order(product)
    staff.get(LIST)
    with CaptureQueriesContext(connection) as one:
        staff.get(LIST)
    for _number in range(5):
        an_order(product)
    with CaptureQueriesContext(connection) as more:
        staff.get(LIST)
    assert len(more) == len(one)


def test_the_page_shows_everything_of_the_order(staff: Client) -> None:
    order = an_order(a_product("Mật ong bạc hà"), email="lan@example.vn")
    page = staff.get(f"{LIST}{order.number}/").content.decode()
    for words in ("Mật ong bạc hà", "Nguyễn Thị Hoa", "lan@example.vn", "Thư đã viết", "Hủy đơn"):
        assert words in page


def test_notes_stay_with_staff(staff: Client) -> None:
    order = an_order(a_product())
    url = reverse("dashboard:order-note", args=[order.number])
    assert staff.post(url, {"words": " "}).status_code == 422
    staff.post(url, {"words": "Khách hẹn giao buổi chiều."})
    assert "Khách hẹn giao buổi chiều." in staff.get(f"{LIST}{order.number}/").content.decode()
    assert "buổi chiều" not in Client().get(order.get_absolute_url()).content.decode()


def test_an_order_is_cancelled_once_and_with_a_reason(staff: Client) -> None:
    order = an_order(a_product())
    url = reverse("dashboard:order-cancel", args=[order.number])
    assert staff.post(url, {"reason": ""}).status_code == 422
    for _twice in range(2):
        assert staff.post(url, {"reason": "Hết hàng"}).status_code == 302
    order.refresh_from_db()
    assert order.status == "cancelled"


def test_packers_write_no_notes_and_cancel_nothing() -> None:
    ensure_staff_group()
    packer = signed_in(in_group(a_staff_member(), PACKING))
    order = an_order(a_product())
    for name, data in (("order-note", {"words": "x"}), ("order-cancel", {"reason": "x"})):
        assert (
            packer.post(reverse(f"dashboard:{name}", args=[order.number]), data).status_code == 403
        )
    page = packer.get(f"{LIST}{order.number}/").content.decode()
    assert "Tiền của đơn" not in page
    assert "Nhật ký" not in page


def test_packers_see_no_sum_and_no_email() -> None:
    ensure_staff_group()
    packer = signed_in(in_group(a_staff_member(), PACKING))
    order = an_order(a_product(price=87_000), 2, email="hoa@example.vn")
    for url in (LIST, f"{LIST}{order.number}/", f"/quan-ly/kien/{order.parcels.get().pk}/"):
        page = packer.get(url).content.decode()
        assert "Nguyễn Thị Hoa" in page, url
        for hidden in ("174.000", "\N{DONG SIGN}", "hoa@example.vn"):
            assert hidden not in page, (url, hidden)


def test_nobody_of_the_staff_is_given_the_buyers_link(staff: Client) -> None:
    order = an_order(a_product())
    page = staff.get(f"{LIST}{order.number}/").content.decode()
    assert order.access_key not in page


def test_packers_pack_send_and_take_back() -> None:
    ensure_staff_group()
    packer = signed_in(in_group(a_staff_member(), PACKING))
    parcel = an_order(a_product()).parcels.get()
    base = f"/quan-ly/kien/{parcel.pk}/"
    packer.post(f"{base}dong-goi/")
    assert packer.post(f"{base}gui/", {"carrier": ""}).status_code == 422
    packer.post(f"{base}gui/", {"carrier": "Bưu điện", "tracking_number": "VN1"})
    parcel.refresh_from_db()
    assert (parcel.status, parcel.carrier) == (Parcel.Status.SHIPPED, "Bưu điện")
    assert packer.get(f"{base}nhan.pdf")["Content-Type"] == "application/pdf"
    packer.post(f"{base}da-giao/")
    parcel.refresh_from_db()
    assert parcel.status == Parcel.Status.DELIVERED


def test_support_look_at_parcels_and_move_none() -> None:
    ensure_staff_group()
    support = signed_in(in_group(a_staff_member(), SUPPORT))
    parcel = an_order(a_product()).parcels.get()
    assert support.get(f"/quan-ly/kien/{parcel.pk}/").status_code == 200
    for step in ("dong-goi", "gui", "da-giao", "tra-lai"):
        assert support.post(f"/quan-ly/kien/{parcel.pk}/{step}/").status_code == 403


def test_parcels_are_listed_by_what_is_to_be_done(staff: Client) -> None:
    late, fresh = (an_order(a_product()).parcels.get() for _number in range(2))
    day = timezone.localdate() - timedelta(days=1)
    Parcel.objects.filter(pk=late.pk).update(promised_from=day, promised_to=day)
    page = staff.get("/quan-ly/kien/?loai=tre").content.decode()
    assert str(late) in page
    assert str(fresh) not in page
    assert str(fresh) in staff.get("/quan-ly/kien/?loai=dong-goi").content.decode()


def test_a_buyer_is_found_with_orders_and_sums(staff: Client) -> None:
    buyer = a_buyer("lan@example.vn")
    order = an_order(a_product(), buyer=buyer)
    assert "lan@example.vn" in staff.get("/quan-ly/khach-hang/?q=lan@").content.decode()
    page = staff.get(f"/quan-ly/khach-hang/{buyer.pk}/").content.decode()
    assert order.number in page
    assert staff.get(f"/quan-ly/khach-hang/{a_staff_member().pk}/").status_code == 404


def test_a_parcels_page_shows_what_buyer_and_producer_said(staff: Client) -> None:
    parcel = an_order(a_product()).parcels.get()
    parcel.messages.create(order=parcel.order, side="buyer", text="Gói kỹ giúp em nhé")
    page = staff.get(reverse("office:parcel", args=[parcel.pk])).content.decode()
    assert "Gói kỹ giúp em nhé" in page
    assert reverse("orders-staff:conversation", args=[parcel.order.number]) in page
