"""The pages of reports: the buyer's, the staff's, the producer's, and who may open which."""

from collections.abc import Iterator

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shop.communication.models import Letter
from shop.order.models import Order
from shop.partner.models import Partner
from shop.payment.models import Refund
from shop.returns.asking import withdraw
from shop.returns.models import ReturnRequest, ReturnRule
from shop.users.models import User
from tests.factories import (
    a_buyer,
    a_producer,
    a_product,
    a_staff_member,
    a_user,
    an_order,
    an_upload,
    signed_in,
    with_rights,
)
from tests.shop.returns.making import a_report, all_faults, an_arrived_order

pytestmark = pytest.mark.django_db
RIGHTS = ("returns.view_returnrequest", "returns.change_returnrequest")


@pytest.fixture(autouse=True)
def _books_close() -> Iterator[None]:
    yield
    assert all_faults() == []


@pytest.fixture
def maker() -> User:
    return a_user("chu@example.vn")


@pytest.fixture
def producer(maker: User) -> Partner:
    return a_producer("HTX Lục Sơn", members=[maker])


@pytest.fixture
def order(producer: Partner) -> Order:
    return an_arrived_order(a_product("Mật ong", price=100_000, producer=producer), 3)


@pytest.fixture
def guest(order: Order) -> Client:
    client = Client()
    client.get(order.get_absolute_url())
    return client


@pytest.fixture
def staff() -> Client:
    return signed_in(with_rights(a_staff_member(), *RIGHTS))


def report_url(order: Order) -> str:
    return reverse("order:report", args=[order.number, 1])


def typed(page: object, order: Order, **changes: object) -> dict[str, object]:
    form = page.context["form"]  # type: ignore[attr-defined]
    line = order.lines.get()
    facts = {
        "key": form["key"].value(),
        "reason": "broken",
        "words": "Lọ vỡ nắp khi mở thùng",
        "wish": "refund",
        f"quantity_{line.pk}": "1",
        "photos": [an_upload("vo.png")],
        **changes,
    }
    return {name: value for name, value in facts.items() if value is not None}


def test_from_the_order_page_to_the_answer(guest: Client, order: Order, staff: Client) -> None:
    page = guest.get(reverse("order:detail", args=[order.number])).content.decode()
    assert report_url(order) in page
    form = guest.get(report_url(order))
    assert "báo trong 7 ngày" in form.content.decode()
    sent = guest.post(report_url(order), typed(form, order), follow=True)
    assert "Yêu cầu của bạn" in sent.content.decode()
    asked = ReturnRequest.objects.get()
    photo = asked.photos.get()
    got = guest.get(reverse("order:return-photo", args=[order.number, asked.pk, photo.pk]))
    assert (got.status_code, got["X-Content-Type-Options"]) == (200, "nosniff")
    assert "no-store" in got["Cache-Control"]
    assert storages["private"].exists(str(photo.file.name))

    listed = staff.get(reverse("returns-staff:index")).content.decode()
    assert str(asked.parcel) in listed
    shown = staff.get(reverse("returns-staff:detail", args=[asked.pk])).content.decode()
    assert "Lọ vỡ nắp" in shown
    row = asked.lines.get()
    staff.post(
        reverse("returns-staff:agree", args=[asked.pk]),
        {
            "outcome": "refund",
            f"agreed_{row.pk}": "1",
            "extra": "",
            "borne_by": "producer",
            "answer": "Xin lỗi bạn.",
        },
    )
    assert Refund.objects.get().amount == 100_000
    body = guest.get(reverse("order:return", args=[order.number, asked.pk])).content.decode()
    assert "Xin lỗi bạn." in body
    assert "100.000" in body
    # Money goes back by transfer: the buyer says where to.
    account = reverse("order:refund-account", args=[order.number])
    assert account in body
    assert "chờ bạn cho biết tài khoản" in body
    guest.post(account, {"bank_bin": "970436", "number": "0123456789", "holder": "Nguyen Thi Hoa"})
    body = guest.get(reverse("order:detail", args=[order.number])).content.decode()
    assert "Đang hoàn" in body
    assert "Cho biết tài khoản nhận tiền" not in body
    assert "…89" in body and account in body
    assert "0123456789" not in body
    accounts = signed_in(
        with_rights(a_staff_member(), "payment.view_payment", "payment.add_refund")
    )
    assert "NGUYEN THI HOA" in accounts.get(reverse("payments:refunds")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"reason": ""}, "Hãy chọn lý do"),
        ({"words": ""}, "Hãy kể chuyện"),
        ({"quantity": "0"}, "Hãy ghi số lượng"),
        ({"quantity": "9"}, "Nhiều nhất 3"),
        ({"quantity": "hai"}, "số nguyên"),
    ],
)
def test_what_was_typed_is_kept_and_the_fault_told(
    guest: Client, order: Order, wrong: dict[str, str], words: str
) -> None:
    line = order.lines.get()
    if "quantity" in wrong:
        wrong = {f"quantity_{line.pk}": wrong["quantity"]}
    page = guest.get(report_url(order))
    answer = guest.post(report_url(order), typed(page, order, **wrong))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert words in body
    if "words" not in wrong:
        assert "Lọ vỡ nắp khi mở thùng" in body


def test_only_who_chose_photographs_is_asked_to_choose_them_again(
    guest: Client, order: Order
) -> None:
    page = guest.get(report_url(order))
    for photos, is_asked in (([], False), ([an_upload()], True)):
        form = typed(page, order, reason="", photos=photos)
        body = guest.post(report_url(order), form).content.decode()
        assert ("Ảnh đã chọn cần chọn lại" in body) is is_asked


def test_the_page_says_when_the_rest_of_a_reported_line_may_be_reported(
    guest: Client, order: Order
) -> None:
    parcel = order.parcels.get()
    first = a_report(parcel, {parcel.lines.get(): 2})
    page = guest.get(report_url(order)).content.decode()
    assert "“Mật ong”: còn 1 chưa báo." in page
    assert "Mọi món của kiện này đã có yêu cầu" not in page
    withdraw(first)
    assert "Nhiều nhất 3" in guest.get(report_url(order)).content.decode()
    a_report(parcel, {parcel.lines.get(): 3})
    page = guest.get(report_url(order)).content.decode()
    assert "chưa báo" not in page
    assert "Mọi món của kiện này đã có yêu cầu" in page


def test_a_file_that_is_no_picture_is_refused(guest: Client, order: Order) -> None:
    page = guest.get(report_url(order))
    bad = [SimpleUploadedFile("a.png", b"<svg onload=x>")]
    assert guest.post(report_url(order), typed(page, order, photos=bad)).status_code == 422
    assert not ReturnRequest.objects.exists()


def test_a_refusal_of_the_rules_stands_above_the_form(guest: Client, order: Order) -> None:
    ReturnRule.objects.update(may_change_mind=False)
    page = guest.get(report_url(order))
    answer = guest.post(report_url(order), typed(page, order, reason="changed-mind"))
    assert "không trả vì đổi ý" in answer.content.decode()


def test_nobody_else_opens_a_report(order: Order, producer: Partner) -> None:
    asked = a_report(order.parcels.get(), photos=[an_upload()])
    photo = asked.photos.get()
    parcel = order.parcels.get()
    stranger, other = a_buyer(), a_user()
    a_producer("Nhà bên", members=[other])
    weak = a_staff_member()
    buyers = [
        reverse("order:return", args=[order.number, asked.pk]),
        reverse("order:return-photo", args=[order.number, asked.pk, photo.pk]),
        report_url(order),
        reverse("order:refund-account", args=[order.number]),
        reverse("order:receipt", args=[order.number]),
        reverse("order:move", args=[order.number]),
    ]
    for client in (Client(), signed_in(stranger), signed_in(other), signed_in(weak)):
        assert {client.get(url).status_code for url in buyers} == {404}
    portal = [
        reverse("producers:parcel-report", args=[parcel.pk, asked.pk]),
        reverse("producers:report-photo", args=[parcel.pk, asked.pk, photo.pk]),
    ]
    assert {signed_in(other).get(url).status_code for url in portal} == {404}
    assert {signed_in(stranger).get(url).status_code for url in portal} == {403}
    office = [
        reverse("returns-staff:index"),
        reverse("returns-staff:detail", args=[asked.pk]),
        reverse("returns-staff:photo", args=[asked.pk, photo.pk]),
        reverse("returns-staff:rules"),
    ]
    for client in (signed_in(stranger), signed_in(other), signed_in(weak)):
        assert {client.get(url).status_code for url in office} == {403}


def test_a_report_of_another_order_is_not_opened_by_ones_own(guest: Client, order: Order) -> None:
    other = a_report(an_arrived_order().parcels.get(), photos=[an_upload()])
    photo = other.photos.get()
    for name, args in (("return", [other.pk]), ("return-photo", [other.pk, photo.pk])):
        assert guest.get(reverse(f"order:{name}", args=[order.number, *args])).status_code == 404
    mine = a_report(order.parcels.get())
    crossed = reverse("order:return-photo", args=[order.number, mine.pk, photo.pk])
    assert guest.get(crossed).status_code == 404


def test_staff_who_only_look_decide_nothing(order: Order) -> None:
    asked = a_report(order.parcels.get())
    looker = signed_in(with_rights(a_staff_member(), "returns.view_returnrequest"))
    assert looker.get(reverse("returns-staff:detail", args=[asked.pk])).status_code == 200
    for name in ("agree", "refuse", "ask", "came", "again"):
        url = reverse(f"returns-staff:{name}", args=[asked.pk])
        assert looker.post(url, {"answer": "x"}).status_code == 403
    asked.refresh_from_db()
    assert asked.is_open


def test_the_producer_answers_with_a_photograph(maker: User, order: Order, staff: Client) -> None:
    asked = a_report(order.parcels.get())
    client = signed_in(maker)
    parcel = order.parcels.get()
    url = reverse("producers:parcel-report", args=[parcel.pk, asked.pk])
    assert url in client.get(reverse("producers:parcel", args=[parcel.pk])).content.decode()
    client.post(url, {"text": "Lúc gửi còn nguyên.", "photos": [an_upload()]})
    assert asked.photos.get().is_of_producer
    page = client.get(url).content.decode()
    assert "Ảnh của nhà sản xuất" in page
    assert "Ảnh của người mua" not in page
    shown = staff.get(reverse("returns-staff:detail", args=[asked.pk])).content.decode()
    assert "Lúc gửi còn nguyên." in shown
    assert client.post(url, {"text": ""}).status_code == 422


def test_goods_that_came_are_entered_by_who_got_them(
    maker: User, order: Order, staff: Client
) -> None:
    asked = a_report(order.parcels.get(), reason="wrong")
    row = asked.lines.get()
    facts = {"outcome": "refund", f"agreed_{row.pk}": "1", "borne_by": "shop", "answer": "Vâng"}
    staff.post(reverse("returns-staff:agree", args=[asked.pk]), {**facts, "goods_come_back": "on"})
    came = reverse("producers:report-goods", args=[order.parcels.get().pk, asked.pk])
    assert signed_in(maker).post(came, {f"sound_{row.pk}": "2"}).status_code == 422
    assert signed_in(maker).post(came, {f"sound_{row.pk}": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.restocked == 1


def test_refusing_and_asking_want_words(order: Order, staff: Client) -> None:
    asked = a_report(order.parcels.get())
    for name, field in (("refuse", "answer"), ("ask", "text")):
        url = reverse(f"returns-staff:{name}", args=[asked.pk])
        assert staff.post(url, {field: ""}).status_code == 422
    staff.post(reverse("returns-staff:ask", args=[asked.pk]), {"text": "Cho xem tem lô?"})
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_a_sum_that_is_too_large_is_told_beside_the_form(order: Order, staff: Client) -> None:
    asked = a_report(order.parcels.get())
    row = asked.lines.get()
    answer = staff.post(
        reverse("returns-staff:agree", args=[asked.pk]),
        {
            "outcome": "refund",
            f"agreed_{row.pk}": "1",
            "extra": "9000000",
            "borne_by": "shop",
            "answer": "Vâng",
        },
    )
    assert answer.status_code == 422
    assert "Nhiều nhất" in answer.content.decode()


def test_who_decides_alone_promises_no_more_than_was_reported(order: Order, staff: Client) -> None:
    asked = a_report(order.parcels.get())
    row, parcel = asked.lines.get(), asked.parcel
    form = {
        "outcome": "refund",
        f"agreed_{row.pk}": "1",
        "extra": str(int(parcel.charge) + 1),
        "borne_by": "shop",
        "answer": "Vâng",
    }
    url = reverse("returns-staff:agree", args=[asked.pk])
    assert staff.post(url, form).status_code == 422
    assert not Refund.objects.exists()
    rights = ("returns.view_returnrequest", "returns.change_returnrequest", "payment.add_refund")
    boss = signed_in(with_rights(a_staff_member(), *rights))
    assert boss.post(url, form).status_code == 302
    assert Refund.objects.get().amount == 100_000 + parcel.charge + 1


def test_amends_in_place_of_goods_stay_within_what_was_reported(
    order: Order, staff: Client
) -> None:
    asked = a_report(order.parcels.get())
    form = {"outcome": "refund", "extra": "100000", "borne_by": "shop", "answer": "Vâng"}
    form[f"agreed_{asked.lines.get().pk}"] = "0"
    assert staff.post(reverse("returns-staff:agree", args=[asked.pk]), form).status_code == 302
    assert Refund.objects.get().amount == 100_000


def test_the_buyer_reads_which_account_was_named(guest: Client, order: Order) -> None:
    account = {"bank_bin": "970436", "number": "0123456789", "holder": "Ke Trom"}
    guest.post(reverse("order:refund-account", args=[order.number]), account)
    letter = Letter.objects.get(event_code="REFUND_ACCOUNT_NAMED")
    assert letter.to == order.contact_email
    assert "…6789" in letter.text and "KE TROM" in letter.html
    assert "0123456789" not in letter.text + letter.html


def test_rules_are_set_by_staff_and_read_by_buyers(guest: Client, order: Order) -> None:
    boss = signed_in(with_rights(a_staff_member(), "returns.change_returnrule"))
    sent = {
        "perishable-hours_to_report": "24",
        "alcohol-hours_to_report": "168",
        "ordinary-hours_to_report": "0",
    }
    assert boss.post(reverse("returns-staff:rules"), sent).status_code == 422
    boss.post(reverse("returns-staff:rules"), {**sent, "ordinary-hours_to_report": "72"})
    assert "báo trong 3 ngày" in guest.get(report_url(order)).content.decode()
    assert not ReturnRule.objects.filter(is_sample=True).exists()


def test_queries_of_the_list_do_not_grow(staff: Client) -> None:
    counts = []
    for _round in range(3):
        for _n in range(2):
            a_report(an_arrived_order().parcels.get())
        with CaptureQueriesContext(connection) as captured:
            assert staff.get(reverse("returns-staff:index")).status_code == 200
        counts.append(len(captured))
    # The first look also fills what is kept in memory.
    assert counts[1] == counts[2]


def test_cash_on_delivery_is_not_reported_before_it_came(producer: Partner) -> None:
    order = an_order(a_product(producer=producer))
    client = Client()
    client.get(order.get_absolute_url())
    answer = client.get(report_url(order), follow=True)
    assert "chưa báo lỗi được" in answer.content.decode()
