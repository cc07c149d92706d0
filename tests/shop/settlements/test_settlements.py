"""What producers are owed: entered as things happen, paid once, tied to the buyers' money."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from shop.communication.models import Letter
from shop.order.fulfilment import hand_over, mark_delivered
from shop.order.models import Order
from shop.order.placing import place_order
from shop.order.refusing import refuse_delivery
from shop.order.splitting import split_off
from shop.partner.membership import Role
from shop.partner.models import Partner
from shop.payment.models import Refund
from shop.payment.receiving import mark_received
from shop.payment.refunding import LineToRefund, ask_refund, finish_refund
from shop.producers.joining.forms import PayoutAccountForm
from shop.producers.models import PayoutAccount
from shop.settlements.books import what_is_wrong
from shop.settlements.entering import adjust
from shop.settlements.models import Entry, Payout
from shop.settlements.months import payout_day
from shop.settlements.paying import NotPossible, cancel, mark_paid, next_payout, prepare
from shop.settlements.statements import on_the_way, owed_now, statement_of
from shop.users.models import User
from tests.factories import (
    a_bank_account,
    a_basket_with,
    a_producer,
    a_product,
    a_staff_member,
    a_user,
    an_order,
    signed_in,
    with_rights,
    zone_rates,
)
from tests.shop.order.test_at_once import placement_of
from tests.shop.vouchers import a_voucher

pytestmark = pytest.mark.django_db
RIGHTS = ("settlements.view_payout", "settlements.change_payout")


@pytest.fixture
def owner() -> User:
    return a_user(first_name="Bà chủ")


@pytest.fixture
def producer(owner: User) -> Partner:
    made = a_producer("HTX Lục Sơn", members=[owner], shop_share=Decimal("0.1"))
    PayoutAccount.objects.create(
        producer=made, bank_bin="970405", number="2800205123456", holder="HTX LUC SON"
    )
    PayoutAccount.objects.update(changed_at=timezone.now() - timedelta(days=30))
    return made


@pytest.fixture
def staff() -> Client:
    return signed_in(with_rights(a_staff_member(), *RIGHTS))


def delivered(order: Order) -> Order:
    for parcel in order.parcels.exclude(status="delivered"):
        mark_delivered(hand_over(parcel, "Bưu điện"))
    order.refresh_from_db()
    return order


def prepaid(producer: Partner, quantity: int = 2, price: int = 100_000) -> Order:
    a_bank_account()
    order = an_order(
        a_product(producer=producer, price=price, stock=50), quantity, payment="vietqr"
    )
    mark_received(order.payment, by=None, note="sao kê")
    order.refresh_from_db()
    return order


def sums(producer: Partner) -> dict[str, int]:
    found: dict[str, int] = {}
    for entry in Entry.objects.of(producer):
        found[entry.kind] = found.get(entry.kind, 0) + int(entry.amount)
    return found


# --- Entries -----------------------------------------------------------------------------------


def test_what_is_delivered_is_owed_less_the_shops_share(producer: Partner) -> None:
    order = prepaid(producer)
    assert owed_now(producer) == 0
    assert on_the_way(producer) == 200_000
    delivered(order)
    delivered(order)
    charge = int(order.parcels.get().charge)
    assert sums(producer) == {"supplied": 200_000, "fee": -20_000, "carriage": charge}
    assert on_the_way(producer) == 0
    assert what_is_wrong() == []


def test_cash_taken_at_the_door_is_netted_off(producer: Partner) -> None:
    order = delivered(an_order(a_product(producer=producer, price=100_000), 2))
    told = sums(producer)
    assert told["cash"] == -int(order.total_incl_tax)
    # The producer keeps the goods and the delivery; the shop's share is owed to the shop.
    fee_of_cash = order.total_incl_tax - 200_000 - order.parcels.get().charge
    assert owed_now(producer) == -20_000 - fee_of_cash
    assert what_is_wrong() == []


def test_a_voucher_is_the_shops_affair(producer: Partner) -> None:
    product = a_product(producer=producer, price=100_000)
    voucher = a_voucher("CHAO10", percent=10)
    zone_rates()
    basket = a_basket_with(product)
    basket.vouchers.add(voucher)
    order = place_order(basket, placement_of(basket, "k"))
    assert order.total_discount_incl_tax == 10_000
    delivered(order)
    assert sums(producer)["supplied"] == 100_000
    assert what_is_wrong() == []


def test_a_producers_own_sale_is_its_own_affair(producer: Partner) -> None:
    product = a_product(producer=producer, price=100_000, sale_price=80_000)
    delivered(an_order(product))
    assert sums(producer)["supplied"] == 80_000
    assert sums(producer)["fee"] == -8_000


def test_the_share_is_the_one_of_the_day_of_the_order(producer: Partner) -> None:
    order = prepaid(producer)
    Partner.objects.update(shop_share=Decimal("0.3"))
    delivered(order)
    assert sums(producer)["fee"] == -20_000


def test_lines_given_back_are_taken_back_once_with_their_share(producer: Partner) -> None:
    order = delivered(prepaid(producer, 3, 33_333))
    line = order.lines.get()
    for _each in range(3):
        refund = ask_refund(order.payment, reason="vỡ", lines=[LineToRefund(line, 1)])
        finish_refund(refund, "FT1")
        finish_refund(refund, "FT1")
        assert what_is_wrong() == []
    told = sums(producer)
    assert told["supplied"] + told["refunded"] == 0
    assert told["fee"] + told["fee_back"] == 0


def test_what_was_given_back_before_delivery_was_never_supplied(producer: Partner) -> None:
    order = prepaid(producer)
    refund = ask_refund(order.payment, reason="hết", lines=[LineToRefund(order.lines.get(), 1)])
    finish_refund(refund, "FT2")
    delivered(order)
    assert sums(producer)["supplied"] == 100_000
    assert what_is_wrong() == []


def test_a_kindness_of_the_shop_costs_the_producer_nothing(producer: Partner) -> None:
    order = delivered(prepaid(producer))
    before = owed_now(producer)
    finish_refund(ask_refund(order.payment, reason="xin lỗi", amount=Decimal(20_000)), "FT3")
    assert owed_now(producer) == before
    assert Refund.objects.get().state == "done"


def test_a_parcel_that_came_back_is_not_supplied(producer: Partner) -> None:
    order = an_order(a_product(producer=producer))
    refuse_delivery(hand_over(order.parcels.get(), "Bưu điện"))
    assert not Entry.objects.exists()
    assert what_is_wrong() == []


def test_two_parts_of_a_parcel_are_owed_as_one_whole(producer: Partner) -> None:
    goods = {a_product(producer=producer, price=70_000): 1, a_product(producer=producer): 2}
    order = an_order(goods)
    split_off(order.parcels.get(), [order.lines.order_by("pk")[1].pk])
    delivered(order)
    assert sums(producer)["supplied"] == 160_000
    assert sums(producer)["cash"] == -int(order.total_incl_tax)
    assert what_is_wrong() == []


def test_the_producers_sums_and_the_shops_make_the_buyers_money(producer: Partner) -> None:
    other = a_producer()
    goods = {a_product(producer=producer): 2, a_product(producer=other, price=30_000): 1}
    order = delivered(an_order(goods))
    owed = Entry.objects.filter(kind__in=("supplied", "carriage")).balance()
    extra = sum(surcharge.incl_tax for surcharge in order.surcharges.all())
    assert owed + extra == order.total_incl_tax == order.payment.received


# --- Payouts -------------------------------------------------------------------------------------


def test_preparing_twice_pays_once_and_what_fails_is_owed_again(producer: Partner) -> None:
    delivered(prepaid(producer))
    owed = owed_now(producer)
    today = timezone.localdate()
    (payout,) = prepare(today, by=None)
    assert prepare(today, by=None) == []
    assert (payout.amount, owed_now(producer)) == (owed, 0)
    cancel(payout, by=None)
    cancel(payout, by=None)
    assert owed_now(producer) == owed
    with pytest.raises(NotPossible):
        mark_paid(payout, "FT", by=None)
    assert what_is_wrong() == []


def test_only_what_is_of_that_day_is_paid_and_never_more_than_is_owed(producer: Partner) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    delivered(prepaid(producer))
    assert prepare(yesterday, by=None) == []
    Entry.objects.update(at=timezone.now() - timedelta(days=1))
    adjust(producer, Decimal(-100_000), "Hàng hỏng", key="k1", by=None)
    (payout,) = prepare(yesterday, by=None)
    assert owed_now(producer) == 0
    assert payout.amount == Entry.objects.exclude(kind="payout").balance()


def test_little_sums_wait_and_no_account_waits(producer: Partner) -> None:
    adjust(producer, Decimal(49_999), "x", key="a", by=None)
    adjust(a_producer(), Decimal(900_000), "x", key="b", by=None)
    assert prepare(timezone.localdate(), by=None) == []


@pytest.mark.parametrize(
    ("today", "day", "next_day"),
    [
        (date(2026, 11, 27), 5, date(2026, 12, 5)),
        (date(2026, 12, 5), 5, date(2026, 12, 5)),
        (date(2026, 12, 6), 5, date(2027, 1, 5)),
        (date(2027, 2, 10), 31, date(2027, 2, 28)),
    ],
)
def test_producers_are_paid_on_one_day_of_each_month(
    settings, today: date, day: int, next_day: date
) -> None:
    settings.PAYOUT_DAY = day
    assert payout_day(today) == next_day


def test_the_next_payout_is_what_is_owed_on_the_day_it_may_be_expected(producer: Partner) -> None:
    with time_machine.travel(datetime(2026, 11, 27, 9, tzinfo=UTC), tick=False):
        PayoutAccount.objects.update(changed_at=timezone.now() - timedelta(days=30))
        assert next_payout(producer).day is None
        delivered(prepaid(producer))
        payout = next_payout(producer)
        assert (payout.owed, payout.day) == (owed_now(producer), date(2026, 12, 5))


def test_no_day_is_named_for_little_sums_and_without_an_account(producer: Partner) -> None:
    adjust(producer, Decimal(49_999), "Bù", key="1", by=None)
    assert next_payout(producer).day is None
    adjust(producer, Decimal(1), "Bù", key="2", by=None)
    assert next_payout(producer).day is not None
    PayoutAccount.objects.all().delete()
    assert next_payout(producer).day is None


def test_the_day_named_is_one_on_which_a_changed_account_may_be_paid_to(
    producer: Partner,
) -> None:
    adjust(producer, Decimal(90_000), "Bù", key="1", by=None)
    with time_machine.travel(datetime(2026, 12, 4, 9, tzinfo=UTC), tick=False):
        PayoutAccount.objects.update(changed_at=timezone.now())
        assert next_payout(producer).day == date(2027, 1, 5)


def test_an_account_that_was_just_changed_is_not_paid_to_for_some_days(
    producer: Partner, owner: User
) -> None:
    delivered(prepaid(producer))
    data = {"bank_bin": "970436", "number": "0011001234567", "holder": "ke la"}
    signed_in(owner).post(reverse("producers:payout-account"), data)
    assert prepare(timezone.localdate(), by=None) == []
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        assert len(prepare(timezone.localdate(), by=None)) == 1


def test_a_changed_account_does_not_touch_what_is_prepared(producer: Partner, owner: User) -> None:
    delivered(prepaid(producer))
    (payout,) = prepare(timezone.localdate(), by=None)
    data = {"bank_bin": "970436", "number": "0011001234567", "holder": "ke la"}
    response = signed_in(owner).post(reverse("producers:payout-account"), data)
    assert response.status_code == 302
    payout.refresh_from_db()
    assert payout.number == "2800205123456"
    letter = Letter.objects.get(event_code="PAYOUT_ACCOUNT_CHANGED")
    assert letter.to == owner.email
    assert "4567" in letter.text
    assert "0011001234567" not in letter.text


def test_staff_pay_by_the_banks_sheet_and_owners_hear_of_it(
    producer: Partner, staff: Client, owner: User
) -> None:
    delivered(prepaid(producer))
    staff.post(reverse("settlements:prepare"), {"until": f"{timezone.localdate():%Y-%m-%d}"})
    payout = Payout.objects.get()
    sheet = load_workbook(io.BytesIO(staff.get(reverse("settlements:bank-list")).content)).active
    assert [cell.value for cell in sheet[2]] == [
        "2800205123456",
        "HTX LUC SON",
        "Agribank",
        int(payout.amount),
        f"TIEN HANG DOT {payout.pk}",
    ]
    url = reverse("settlements:paid", args=[payout.pk])
    assert staff.post(url, {f"p{payout.pk}-reference": ""}).status_code == 422
    staff.post(url, {f"p{payout.pk}-reference": "FT26328"})
    payout.refresh_from_db()
    assert payout.state == "paid"
    assert Letter.objects.get(event_code="PAYOUT_SENT").to == owner.email
    future = f"{timezone.localdate() + timedelta(days=1):%Y-%m-%d}"
    assert staff.post(reverse("settlements:prepare"), {"until": future}).status_code == 422


@pytest.mark.parametrize("number", ["12ab", "12345", "1" * 20, "Không có"])
def test_an_account_number_is_six_to_nineteen_digits(number: str) -> None:
    facts = {"bank_bin": "970436", "holder": "Le La"}
    form = PayoutAccountForm({**facts, "number": number})
    assert form.errors == {"number": ["Số tài khoản gồm 6 đến 19 chữ số."]}
    form = PayoutAccountForm({**facts, "number": "0011.0012-345 67"})
    assert form.is_valid()
    assert form.cleaned_data["number"] == "0011001234567"


def test_who_named_no_account_is_named_to_staff(producer: Partner, staff: Client) -> None:
    delivered(prepaid(producer))
    PayoutAccount.objects.all().delete()
    assert (
        "Chưa khai hoặc mới đổi tài khoản nhận tiền"
        in staff.get(reverse("settlements:index")).content.decode()
    )
    today = {"until": f"{timezone.localdate():%Y-%m-%d}"}
    page = staff.post(reverse("settlements:prepare"), today, follow=True)
    assert [(each.level_tag, str(each)) for each in page.context["messages"]] == [
        ("warning", f"Chưa lập cho nhà chưa khai hoặc mới đổi tài khoản: {producer.name}.")
    ]
    assert not Payout.objects.exists()


def test_nothing_to_pay_is_said(producer: Partner, staff: Client) -> None:
    today = {"until": f"{timezone.localdate():%Y-%m-%d}"}
    page = staff.post(reverse("settlements:prepare"), today, follow=True)
    (message,) = page.context["messages"]
    assert message.level_tag == "warning"
    assert "Không lập lần chuyển nào" in str(message)


def test_a_correction_is_written_once_with_its_reason(producer: Partner, staff: Client) -> None:
    url = reverse("settlements:adjust", args=[producer.pk])
    data = {"key": "abc", "amount": "-15000", "words": "Thiếu một hộp"}
    staff.post(url, data)
    staff.post(url, data)
    assert Entry.objects.get().amount == -15_000
    assert staff.post(url, {**data, "key": "d", "amount": "0"}).status_code == 422


# --- The statement -------------------------------------------------------------------------------


def test_a_month_says_what_was_owed_what_happened_and_what_is_owed(
    producer: Partner, owner: User
) -> None:
    with time_machine.travel("2026-10-20 10:00 +0700"):
        delivered(an_order(a_product(producer=producer, price=100_000)))
    with time_machine.travel("2026-11-01 00:30 +0700"):
        adjust(producer, Decimal(500_000), "=HYPERLINK(1)", key="k", by=None)
    with time_machine.travel("2026-11-24 10:00 +0700"):
        october = statement_of(producer, date(2026, 10, 1))
        november = statement_of(producer, date(2026, 11, 1))
        assert november.opening == october.closing
        assert november.closing == owed_now(producer)
        client = signed_in(owner)
        page = client.get(reverse("producers:money")).content.decode()
        assert "500.000" in page
        sheet = load_workbook(
            io.BytesIO(client.get(reverse("producers:statement-xlsx")).content)
        ).active
        assert sheet["D3"].value == "'=HYPERLINK(1)"
        assert sheet["E4"].value == int(november.closing)
        pdf = client.get(reverse("producers:statement-pdf") + "?thang=2026-10").content
        text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
        assert "10/2026" in text
        assert "không phải hóa đơn" in text


def test_money_is_for_owners_and_for_those_who_pay(producer: Partner, staff: Client) -> None:
    editor = a_user()
    producer.users.add(editor, through_defaults={"role": Role.EDITOR})
    pages = ("money", "statement-xlsx", "statement-pdf", "payout-account")
    for name in pages:
        assert signed_in(editor).get(reverse(f"producers:{name}")).status_code == 403
    payout = Payout.objects.create(
        producer=producer, amount=60_000, until=timezone.localdate(), bank_bin="1", number="1"
    )
    looker = signed_in(with_rights(a_staff_member(), RIGHTS[0]))
    for client in (signed_in(editor), looker, signed_in(a_staff_member()), Client()):
        for name in ("paid", "cancel"):
            response = client.post(reverse(f"settlements:{name}", args=[payout.pk]))
            assert response.status_code in (302, 403)
    payout.refresh_from_db()
    assert payout.state == "prepared"
    assert looker.get(reverse("settlements:index")).status_code == 200
    assert signed_in(editor).get(reverse("settlements:index")).status_code == 403


def test_books_that_do_not_tie_are_named(producer: Partner, staff: Client) -> None:
    delivered(prepaid(producer))
    url = reverse("settlements:books")
    assert "khớp với tiền của người mua" in staff.get(url).content.decode()
    Entry.objects.filter(kind="supplied").update(amount=1)
    page = staff.get(url).content.decode()
    assert "Sổ không khớp" in page
    assert "goods entered 1, lines say 200000" in page


def test_pages_of_who_pays_ask_no_more_with_more_to_pay(producer: Partner, staff: Client) -> None:
    def queries() -> list[int]:
        found = []
        for name in ("index", "books"):
            staff.get(reverse(f"settlements:{name}"))
            with CaptureQueriesContext(connection) as asked:
                staff.get(reverse(f"settlements:{name}"))
            found.append(len(asked))
        return found

    delivered(prepaid(producer))
    prepare(timezone.localdate(), by=None)
    few = queries()
    for _each in range(4):
        delivered(prepaid(producer))
        prepare(timezone.localdate(), by=None)
    assert queries() == few
