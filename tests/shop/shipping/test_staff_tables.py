"""Staff keep the tables: rows from a day on, kept once they priced something; who may."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shop.shipping.models import DeliveryRules, Fair, ProducerTimes, SpecialDay, ZoneRate
from shop.shipping.terms import terms_at
from tests.factories import (
    BAC_LUNG,
    a_buyer,
    a_fair,
    a_producer,
    a_product,
    a_staff_member,
    an_order,
    delivery_rules,
    signed_in,
    with_rights,
    zone_rates,
)

pytestmark = pytest.mark.django_db
INDEX = "/quan-ly/giao-hang/"


@pytest.fixture
def staff() -> Client:
    return signed_in(with_rights(a_staff_member(), "shipping.change_zonerate"))


def tomorrow(days: int = 1) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def a_rate(**changes: Any) -> dict[str, Any]:
    typed = {
        "zone": "bac",
        "effective_from": tomorrow(),
        "first_grams": "1000",
        "first_price": "33000",
        "step_grams": "500",
        "step_price": "6000",
        "free_from": "",
        "least_days": "2",
        "most_days": "3",
        **changes,
    }
    return {name: value for name, value in typed.items() if value is not None}


def some_rules(**changes: Any) -> dict[str, Any]:
    return {
        "effective_from": tomorrow(),
        "cutoff": "15:30",
        "preparing_least": "1",
        "preparing_most": "3",
        "dispatch_days": ["0", "1", "2", "3", "4"],
        "chilled_days": ["0", "1"],
        "chilled_provinces": ["01", "24"],
        "least_life_percent": "25",
        "ice_fee": "30000",
        "ice_step_grams": "",
        "liquid_fee": "4000",
        "cod_fee": "9000",
        "cod_fee_per": "parcel",
        **changes,
    }


def test_a_new_row_prices_from_its_day_on(staff: Client) -> None:
    zone_rates(25_000)
    answer = staff.post(f"{INDEX}cuoc/them/", a_rate())
    assert answer.status_code == 302
    assert terms_at().rates["bac"].first_price == 25_000
    later = terms_at(timezone.now() + timedelta(days=1, hours=1)).rates["bac"]
    assert (later.first_price, later.days) == (33_000, (2, 3))
    body = staff.get(INDEX).content.decode()
    assert "33.000\u00a0₫" in body and "sắp áp dụng" in body


def test_the_form_of_a_new_row_shows_what_holds_today(staff: Client) -> None:
    zone_rates(27_000)
    body = staff.get(f"{INDEX}cuoc/them/?vung=nam").content.decode()
    assert 'value="27000"' in body and f'value="{tomorrow()}"' in body
    delivery_rules(ice_fee=31_000, dispatch_days=0b11111)
    body = staff.get(f"{INDEX}quy-dinh/them/").content.decode()
    assert 'value="31000"' in body and 'value="16:00"' in body


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"effective_from": "2026-01-02"}, "Chọn từ hôm nay trở đi"),
        ({"most_days": "1"}, "Nhiều nhất không thể ít hơn ít nhất"),
        ({"first_grams": "0"}, "0"),
        ({"first_price": "rẻ"}, "rẻ"),
        ({"zone": "sao-hoa"}, "sao-hoa"),
        ({"first_price": "-5"}, "Không được nhỏ hơn 0"),
        ({"free_from": "-5"}, "Không được nhỏ hơn 0"),
        ({"first_grams": "-5"}, "Không được nhỏ hơn 0"),
    ],
)
def test_odd_rows_are_refused_beside_the_field_and_kept(
    staff: Client, changes: dict, words: str
) -> None:
    answer = staff.post(f"{INDEX}cuoc/them/", a_rate(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode() and 'value="6000"' in answer.content.decode()
    assert not ZoneRate.objects.exists()


def test_points_and_spaces_between_thousands_are_read(staff: Client) -> None:
    typed = a_rate(first_price="32.000", step_price="6 000 ₫", first_grams="1.000")
    assert staff.post(f"{INDEX}cuoc/them/", typed).status_code == 302
    rate = ZoneRate.objects.get()
    assert (rate.first_price, rate.step_price, rate.first_grams) == (32_000, 6_000, 1_000)
    day = rate.effective_from
    assert f"từ {day:%d/%m}: 32.000" in staff.get(INDEX).content.decode()


def test_a_day_of_its_own_is_to_come_and_is_entered_once(staff: Client) -> None:
    past = {"day": tomorrow(-1), "is_closed": "on"}
    answer = staff.post(f"{INDEX}ngay/them/", past)
    assert answer.status_code == 422
    assert "Chọn từ hôm nay trở đi" in answer.content.decode()
    coming = {"day": tomorrow(), "is_closed": "on"}
    assert staff.post(f"{INDEX}ngay/them/", coming).status_code == 302
    answer = staff.post(f"{INDEX}ngay/them/", coming)
    assert "Ngày này đã có trong bảng" in answer.content.decode()
    assert SpecialDay.objects.count() == 1


def test_a_second_row_of_one_zone_and_day_is_refused(staff: Client) -> None:
    staff.post(f"{INDEX}cuoc/them/", a_rate())
    assert staff.post(f"{INDEX}cuoc/them/", a_rate()).status_code == 422
    assert ZoneRate.objects.count() == 1


def test_a_row_that_priced_an_order_is_neither_changed_nor_taken_out(staff: Client) -> None:
    rates = zone_rates(25_000)
    rules = delivery_rules(ice_fee=10_000)
    an_order(a_product())
    for kind, row, typed in (
        ("cuoc", rates["local"], a_rate(zone="local", effective_from=None)),
        ("quy-dinh", rules, some_rules()),
    ):
        typed["effective_from"] = row.effective_from.isoformat()
        answer = staff.post(f"{INDEX}{kind}/{row.pk}/", typed)
        assert answer.status_code == 422
        assert "đã tính phí cho đơn hàng" in answer.content.decode()
        answer = staff.post(f"{INDEX}{kind}/{row.pk}/xoa/", follow=True)
        assert "đã tính phí cho đơn hàng" in answer.content.decode()
        assert "Xóa dòng này" not in staff.get(f"{INDEX}{kind}/{row.pk}/").content.decode()
    rates["local"].refresh_from_db()
    rules.refresh_from_db()
    assert (rates["local"].first_price, rules.ice_fee) == (25_000, 10_000)


def test_a_row_that_has_not_begun_is_changed_and_taken_out(staff: Client) -> None:
    staff.post(f"{INDEX}cuoc/them/", a_rate())
    row = ZoneRate.objects.get()
    assert staff.post(f"{INDEX}cuoc/{row.pk}/", a_rate(first_price="34000")).status_code == 302
    assert ZoneRate.objects.get().first_price == 34_000
    staff.post(f"{INDEX}cuoc/{row.pk}/xoa/")
    assert not ZoneRate.objects.exists()


def test_rules_are_written_from_a_day_on(staff: Client) -> None:
    assert staff.post(f"{INDEX}quy-dinh/them/", some_rules()).status_code == 302
    row = DeliveryRules.objects.order_by("-effective_from").first()
    assert row is not None
    assert (row.dispatch_days, row.chilled_days) == (0b11111, 0b11)
    assert row.chilled_provinces == ["01", "24"]
    assert row.cod_fee_for(3) == 27_000
    assert staff.get(f"{INDEX}quy-dinh/{row.pk}/").status_code == 200
    assert staff.post(f"{INDEX}quy-dinh/{row.pk}/", some_rules(cod_fee="0")).status_code == 302


@pytest.mark.parametrize(
    "changes",
    [
        {"dispatch_days": []},
        {"chilled_days": ["6"]},
        {"preparing_most": "0"},
        {"chilled_provinces": ["99"]},
        {"ice_fee": "-1"},
        {"cutoff": "25:00"},
        {"least_life_percent": "200"},
    ],
)
def test_rules_that_cannot_hold_are_refused(staff: Client, changes: dict) -> None:
    before = DeliveryRules.objects.count()
    assert staff.post(f"{INDEX}quy-dinh/them/", some_rules(**changes)).status_code == 422
    assert DeliveryRules.objects.count() == before


def test_own_times_and_days_move_the_promise(staff: Client) -> None:
    zone_rates()
    product = a_product()
    from shop.shipping.parcels import ParcelPlan

    plan = ParcelPlan(product.producer)
    before = terms_at().promise(plan, "24")
    typed = {"producer": product.producer_id, "preparing_least": "8", "preparing_most": "9"}
    assert staff.post(f"{INDEX}nha-san-xuat/them/", {**typed, "cutoff": ""}).status_code == 302
    assert ProducerTimes.objects.count() == 1
    after = terms_at().promise(plan, "24")
    assert after.earliest > before.earliest and after.latest > before.latest
    closed = {"day": after.latest.isoformat(), "is_closed": "on", "reason": "Sửa kho"}
    assert staff.post(f"{INDEX}ngay/them/", closed).status_code == 302
    assert SpecialDay.objects.get().is_closed
    assert terms_at().promise(plan, "24").latest > after.latest


def test_a_fair_is_written_and_offered(staff: Client) -> None:
    maker = a_producer()
    typed = {
        "name": "Chợ phiên",
        "street": "Sân vận động",
        "ward": BAC_LUNG,
        "first_day": tomorrow(9),
        "last_day": tomorrow(10),
        "opens_at": "07:00",
        "closes_at": "17:00",
        "order_until": f"{tomorrow(8)}T12:00",
        "producers": [maker.pk],
    }
    assert staff.post(f"{INDEX}phien-cho/them/", typed).status_code == 302
    fair = Fair.objects.get()
    assert list(fair.producers.all()) == [maker]
    assert staff.get(f"{INDEX}phien-cho/{fair.pk}/").status_code == 200
    wrong = {**typed, "last_day": tomorrow(5), "order_until": f"{tomorrow(30)}T12:00"}
    assert staff.post(f"{INDEX}phien-cho/{fair.pk}/", wrong).status_code == 422


def test_page_costs_the_same_for_many_rows(staff: Client, django_assert_max_num_queries) -> None:
    zone_rates()
    a_fair(a_producer())
    with django_assert_max_num_queries(40) as first:
        staff.get(INDEX)
    for n in range(5):
        a_fair(a_producer(), a_producer())
        ProducerTimes.objects.create(producer=a_producer())
        zone_rates(effective_from=timezone.localdate() + timedelta(days=n + 1))
        SpecialDay.objects.create(day=timezone.localdate() + timedelta(days=n))
    with django_assert_max_num_queries(len(first.captured_queries)):
        staff.get(INDEX)


@pytest.mark.parametrize("person", [None, a_buyer, a_staff_member])
def test_nobody_else_opens_or_changes_them(person: Any) -> None:
    client = signed_in(person()) if person else Client()
    rate = zone_rates()["bac"]
    for url in (INDEX, f"{INDEX}cuoc/them/", f"{INDEX}cuoc/{rate.pk}/"):
        assert client.get(url).status_code in (302, 403)
    assert client.post(f"{INDEX}cuoc/{rate.pk}/xoa/").status_code in (302, 403)
    assert ZoneRate.objects.filter(pk=rate.pk).exists()


def test_tables_that_are_none_are_not_found(staff: Client) -> None:
    assert staff.get(f"{INDEX}khac/them/").status_code == 404
    assert staff.get(f"{INDEX}cuoc/999999/").status_code == 404
    assert reverse("delivery-staff:index") == INDEX
