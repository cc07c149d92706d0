"""The producers' channel: today's work, own stock, own parcels, and nobody else's."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shop.order.cancelling import cancel_order
from shop.order.fulfilment import hand_over, start_packing
from shop.order.models import Order, Parcel
from shop.partner.history import StockChange
from shop.partner.membership import Role
from shop.partner.models import Partner, StockRecord
from shop.producers.models import PayoutAccount
from shop.questions.asking import answer
from shop.questions.models import Question
from shop.settlements.entering import adjust
from shop.users.models import User
from tests.factories import (
    a_buyer,
    a_certificate,
    a_gift_box,
    a_producer,
    a_product,
    a_question,
    a_staff_member,
    a_user,
    an_order,
    signed_in,
)

pytestmark = pytest.mark.django_db

PAGES = ["more", "listings", "parcels"]


@pytest.fixture
def member() -> User:
    return a_user()


@pytest.fixture
def producer(member: User) -> Partner:
    return a_producer("Tổ hợp tác bánh mật", members=[member])


@pytest.fixture
def portal(member: User, producer: Partner) -> Client:
    return signed_in(member)


def stock_form(record: StockRecord, stock: int | str, seen: int | None = None) -> dict[str, str]:
    seen = record.net_stock_level if seen is None else seen
    return {f"stock-{record.pk}-stock": str(stock), f"stock-{record.pk}-seen": str(seen)}


# --- Who may enter ------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_asked_to_sign_in(client: Client, page: str) -> None:
    assert client.get(reverse(f"producers:{page}")).status_code == 302


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", [a_buyer, a_staff_member])
def test_who_works_for_no_producer_is_refused(who, page: str) -> None:
    response = signed_in(who()).get(reverse(f"producers:{page}"))
    assert response.status_code == 403
    assert "không dành cho tài khoản của bạn" in response.content.decode()


def test_a_member_of_two_producers_chooses_for_whom_they_work(
    member: User, producer: Partner, portal: Client
) -> None:
    other = a_producer("Hợp tác xã Lục Sơn", members=[member])
    portal.post(reverse("producers:choose"), {"producer": other.pk})
    assert "Hợp tác xã Lục Sơn" in portal.get(reverse("producers:parcels")).content.decode() or (
        portal.session["producer"] == other.pk
    )


def test_nobody_chooses_a_producer_that_is_not_theirs(portal: Client) -> None:
    stranger = a_producer("Công ty khác")
    portal.post(reverse("producers:choose"), {"producer": stranger.pk})
    assert "producer" not in portal.session


# --- Today --------------------------------------------------------------------------------------


def test_the_first_page_says_what_to_do_today(producer: Partner, portal: Client) -> None:
    cake = a_product("Bánh mật Thanh Lâm", producer=producer, price=60_000, stock=6)
    a_certificate(
        cake,
        decided_on=timezone.localdate() - timedelta(days=1000),
        expires_on=timezone.localdate() + timedelta(days=88),
    )
    an_order(cake, 2)
    page = portal.get(reverse("producers:home")).content.decode()
    assert "120.000\u00a0₫" in page
    assert '<span class="task__number">1</span>' in page  # one parcel, one product low
    assert '<span class="task__number">88</span>' in page


def test_owners_see_what_sold_day_by_day_and_when_they_are_paid(
    producer: Partner, portal: Client
) -> None:
    with time_machine.travel(datetime(2026, 11, 27, 9, tzinfo=UTC), tick=False):
        cake = a_product(producer=producer, price=60_000)
        an_order({cake: 2, a_product(): 1})
        cancel_order(an_order(cake))
        old = an_order(cake)
        Order.objects.filter(pk=old.pk).update(date_placed=timezone.now() - timedelta(days=10))
        before = an_order(cake)
        Order.objects.filter(pk=before.pk).update(date_placed=timezone.now() - timedelta(days=40))
        PayoutAccount.objects.create(
            producer=producer, bank_bin="970405", number="2800205123456", holder="HTX"
        )
        adjust(producer, Decimal(90_000), "Bù", key="1", by=None)
        response = portal.get(reverse("producers:home"))
    sales, page = response.context["sales"], response.content.decode()
    assert (sales.this_month, sales.parcels_this_month) == (180_000, 2)
    assert [sum_ for _day, sum_ in sales.lately] == [0, 0, 0, 60_000, *[0] * 9, 120_000]
    assert "sẽ được trả ngày 05/12: 90.000\u00a0₫" in page
    assert "14/11–27/11: nhiều nhất 120.000\u00a0₫ ngày 27/11" in page
    assert page.count('class="bar-chart__bar"') == 14


@pytest.mark.parametrize("role", [Role.PACKER, Role.EDITOR])
def test_only_owners_see_money_on_the_first_page(producer: Partner, role: Role) -> None:
    person = a_user()
    producer.users.add(person, through_defaults={"role": role})
    page = signed_in(person).get(reverse("producers:home")).content.decode()
    assert "Bán tháng này" not in page and "bar-chart" not in page


def test_what_a_neighbour_sold_from_the_same_box_is_the_neighbours(
    producer: Partner, portal: Client
) -> None:
    own, theirs = a_product(producer=producer, price=30_000), a_product(price=50_000)
    an_order(a_gift_box(of={own: 1, theirs: 1}, producer=a_producer(), price=80_000))
    sold = portal.get(reverse("producers:home")).context["sales"].this_month
    assert 0 < sold < 50_000


# --- Stock --------------------------------------------------------------------------------------


def test_a_producer_counts_on_the_first_page_and_stays_there(
    producer: Partner, portal: Client
) -> None:
    cake = a_product(producer=producer, stock=10)
    record = cake.stockrecords.get()
    home = reverse("producers:home")
    url = reverse("producers:set-stock", args=[record.pk])
    assert f'action="{url}"' in portal.get(home).content.decode()
    response = portal.post(url, stock_form(record, 11) | {"then": "home"})
    assert response["Location"] == f"{home}#mon-{cake.pk}"
    record.refresh_from_db()
    assert record.net_stock_level == 11


def test_a_step_is_kept_at_once_and_the_next_one_goes_on_from_it(
    producer: Partner, portal: Client
) -> None:
    record = a_product(producer=producer, stock=10).stockrecords.get()
    url, by_itself = reverse("producers:set-stock", args=[record.pk]), {"HX-Request": "true"}
    for _time in range(2):  # pressed twice, sent twice
        answer = portal.post(url, stock_form(record, 11), headers=by_itself).content.decode()
    assert "Đã lưu: còn 11." in answer
    assert f'name="stock-{record.pk}-seen" value="11"' in answer
    record.refresh_from_db()
    assert record.net_stock_level == 11
    assert StockChange.objects.filter(stockrecord=record).count() == 1


def test_a_step_does_not_overwrite_a_sale_and_may_be_taken_again(
    producer: Partner, portal: Client
) -> None:
    cake = a_product(producer=producer, stock=10)
    record = cake.stockrecords.get()
    url, by_itself = reverse("producers:set-stock", args=[record.pk]), {"HX-Request": "true"}
    an_order(cake, 3)
    form = stock_form(record, 11)
    answer = portal.post(url, form, headers=by_itself).content.decode()
    assert "nay còn 7" in answer
    assert f'name="stock-{record.pk}-seen" value="7"' in answer
    record.refresh_from_db()
    assert record.net_stock_level == 7
    portal.post(url, form | {f"stock-{record.pk}-seen": "7"}, headers=by_itself)
    record.refresh_from_db()
    assert record.net_stock_level == 11


def test_packers_read_what_is_left_and_change_nothing(producer: Partner) -> None:
    packer = a_user()
    producer.users.add(packer, through_defaults={"role": Role.PACKER})
    a_product(producer=producer, stock=10)
    page = signed_in(packer).get(reverse("producers:home")).content.decode()
    assert "Còn 10" in page and "data-stepper" not in page


def test_a_question_is_on_the_list_of_today_until_it_is_answered(
    member: User, producer: Partner, portal: Client
) -> None:
    question = a_question(a_product(producer=producer))
    a_question(a_product())
    a_question(question.product, shown=False)
    home = reverse("producers:home")
    assert portal.get(home).context["work"].questions == 1
    assert reverse("producers:questions") in portal.get(home).content.decode()
    answer(question, "Tháng ba.", by=member, side=Question.From.PRODUCER)
    assert portal.get(home).context["work"].questions == 0


def test_the_number_of_parcels_to_pack_leads_to_just_these(
    producer: Partner, portal: Client
) -> None:
    product = a_product(producer=producer)
    new, begun, sent = (an_order(product).parcels.get() for _ in range(3))
    for parcel in (begun, sent):
        start_packing(parcel)
    hand_over(sent, "Bưu điện", "")
    today = portal.get(reverse("producers:home"))
    listed = portal.get(f"{reverse('producers:parcels')}?trang-thai=to-pack")
    assert f"{reverse('producers:parcels')}?trang-thai=to-pack" in today.content.decode()
    assert set(listed.context["page"]) == {new, begun}
    assert today.context["work"].parcels_to_pack == 2


def test_whoever_shares_a_phone_signs_out_of_the_channel(portal: Client) -> None:
    assert reverse("customer:logout") in portal.get(reverse("producers:more")).content.decode()


def test_a_producer_changes_what_is_left_and_promised_goods_stay_promised(
    producer: Partner, portal: Client
) -> None:
    cake = a_product(producer=producer, stock=10)
    an_order(cake, 3)
    record = cake.stockrecords.get()
    portal.post(reverse("producers:set-stock", args=[record.pk]), stock_form(record, 20))
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated) == (23, 3)


def test_a_sale_meanwhile_is_not_overwritten(producer: Partner, portal: Client) -> None:
    cake = a_product(producer=producer, stock=10)
    record = cake.stockrecords.get()
    an_order(cake, 1)
    response = portal.post(
        reverse("producers:set-stock", args=[record.pk]), stock_form(record, 15, seen=10)
    )
    page = response.content.decode()
    assert "nay còn 9" in page
    assert 'value="15"' in page
    record.refresh_from_db()
    assert record.net_stock_level == 9


def test_saving_the_same_number_twice_changes_nothing_more(
    producer: Partner, portal: Client
) -> None:
    record = a_product(producer=producer, stock=10).stockrecords.get()
    form = stock_form(record, 12)
    for _time in range(2):
        portal.post(reverse("producers:set-stock", args=[record.pk]), form)
    record.refresh_from_db()
    assert record.num_in_stock == 12


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("-1", "không thể âm"),
        ("", "Hãy nhập số lượng"),
        ("mười", "số nguyên"),
        ("1000000000", "quá lớn"),
    ],
)
def test_a_wrong_number_is_refused_beside_its_field(
    producer: Partner, portal: Client, typed: str, words: str
) -> None:
    record = a_product(producer=producer, stock=10).stockrecords.get()
    response = portal.post(
        reverse("producers:set-stock", args=[record.pk]), stock_form(record, typed)
    )
    assert response.status_code == 422
    assert words in response.content.decode()
    record.refresh_from_db()
    assert record.num_in_stock == 10


def test_anothers_stock_is_out_of_reach(portal: Client) -> None:
    record = a_product(producer=a_producer("Khác"), stock=10).stockrecords.get()
    response = portal.post(reverse("producers:set-stock", args=[record.pk]), stock_form(record, 0))
    assert response.status_code == 404
    record.refresh_from_db()
    assert record.num_in_stock == 10


# --- Parcels ------------------------------------------------------------------------------------


def test_a_parcel_goes_from_new_to_delivered_and_the_goods_leave_the_stock(
    producer: Partner, portal: Client
) -> None:
    cake = a_product(producer=producer, stock=10)
    order = an_order(cake, 4)
    parcel = order.parcels.get()
    portal.post(reverse("producers:pack", args=[parcel.pk]))
    form = {"carrier": "Bưu điện", "tracking_number": "VN123"}
    for _time in range(2):  # a double click hands it over once
        portal.post(reverse("producers:ship", args=[parcel.pk]), form)
    record = cake.stockrecords.get()
    assert (record.num_in_stock, record.num_allocated) == (6, 0)
    portal.post(reverse("producers:deliver", args=[parcel.pk]))
    parcel.refresh_from_db()
    assert (parcel.status, parcel.carrier, parcel.tracking_number) == (
        "delivered",
        "Bưu điện",
        "VN123",
    )
    assert Order.objects.get(pk=order.pk).status == "completed"


def test_an_order_of_two_producers_is_done_when_both_parcels_are(
    member: User, producer: Partner, portal: Client
) -> None:
    other_member = a_user()
    other = a_producer("Khác", members=[other_member])
    order = an_order({a_product(producer=producer): 1, a_product(producer=other): 1})
    own = order.parcels.get(producer=producer)
    portal.post(reverse("producers:pack", args=[own.pk]))
    portal.post(reverse("producers:ship", args=[own.pk]), {"carrier": "Bưu điện"})
    portal.post(reverse("producers:deliver", args=[own.pk]))
    order.refresh_from_db()
    assert order.status == "packing"


def test_handing_over_without_a_carrier_is_refused(producer: Partner, portal: Client) -> None:
    parcel = an_order(a_product(producer=producer)).parcels.get()
    portal.post(reverse("producers:pack", args=[parcel.pk]))
    response = portal.post(reverse("producers:ship", args=[parcel.pk]), {"carrier": ""})
    assert "Hãy ghi ai nhận chở kiện này" in response.content.decode()
    parcel.refresh_from_db()
    assert parcel.status == Parcel.Status.PACKING


def test_a_step_that_cannot_follow_is_refused_in_words(producer: Partner, portal: Client) -> None:
    parcel = an_order(a_product(producer=producer)).parcels.get()
    response = portal.post(reverse("producers:deliver", args=[parcel.pk]), follow=True)
    assert "không làm bước này được" in response.content.decode()
    parcel.refresh_from_db()
    assert parcel.status == Parcel.Status.NEW


@pytest.mark.parametrize("step", ["parcel", "pack", "ship", "refuse", "deliver"])
def test_anothers_parcel_is_out_of_reach(portal: Client, step: str) -> None:
    parcel = an_order(a_product(producer=a_producer("Khác"))).parcels.get()
    url = reverse(f"producers:{step}", args=[parcel.pk])
    response = portal.get(url) if step == "parcel" else portal.post(url, {"carrier": "x"})
    assert response.status_code == 404
    parcel.refresh_from_db()
    assert parcel.status == Parcel.Status.NEW


def test_a_producer_sees_only_its_own_lines_of_a_shared_order(
    producer: Partner, portal: Client
) -> None:
    own = a_product("Bánh mật", producer=producer)
    others = a_product("Trà hoa vàng", producer=a_producer("Khác"))
    order = an_order({own: 1, others: 1})
    parcel = order.parcels.get(producer=producer)
    page = portal.get(reverse("producers:parcel", args=[parcel.pk])).content.decode()
    assert "Bánh mật" in page
    assert "Trà hoa vàng" not in page


def test_what_came_back_sound_is_for_sale_again(producer: Partner, portal: Client) -> None:
    order = an_order(a_product(producer=producer, stock=10), 3)
    parcel = order.parcels.get()
    portal.post(reverse("producers:ship", args=[parcel.pk]), {"carrier": "Bưu điện"})
    line = order.lines.get()
    refuse = reverse("producers:refuse", args=[parcel.pk])
    assert portal.post(refuse, {f"sound_{line.pk}": "4"}).status_code == 422
    for _twice in range(2):
        portal.post(refuse, {f"sound_{line.pk}": "2"})
    assert StockRecord.objects.get().num_in_stock == 9
    assert Order.objects.get().status == "returned"
    assert Parcel.objects.get().status == Parcel.Status.RETURNED


def test_an_order_that_fell_before_it_was_paid_is_never_shown(
    producer: Partner, portal: Client
) -> None:
    order = an_order(a_product(producer=producer))
    Order.objects.update(status="pending-payment")
    order.refresh_from_db()
    cancel_order(order)
    parcel = order.parcels.get()
    assert order.number not in portal.get(reverse("producers:parcels")).content.decode()
    assert portal.get(reverse("producers:parcel", args=[parcel.pk])).status_code == 404


def test_an_unpaid_order_is_not_shown_to_its_producer(producer: Partner, portal: Client) -> None:
    order = an_order(a_product(producer=producer))
    Order.objects.filter(pk=order.pk).update(status="pending-payment")
    parcel = order.parcels.get()
    assert portal.get(reverse("producers:parcel", args=[parcel.pk])).status_code == 404
    assert str(parcel) not in portal.get(reverse("producers:parcels")).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_queries_do_not_grow_with_rows(
    producer: Partner, portal: Client, page: str, django_assert_max_num_queries
) -> None:
    for _row in range(6):
        an_order(a_product(producer=producer))
    with django_assert_max_num_queries(14):
        portal.get(reverse(f"producers:{page}"))
