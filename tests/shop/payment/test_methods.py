"""The registry of ways of paying, and cash."""

from dataclasses import replace
from decimal import Decimal

import pytest

from shop.order.models import Order
from shop.payment.methods.base import PENDING_PAYMENT, PaymentContext, PaymentMethod
from shop.payment.methods.cod.method import CashOnDelivery
from shop.payment.registry import all_methods, available, method_of
from tests.factories import a_product, delivery_rules, zone_rates
from tests.shop.buying import a_guest_with, buy, form_of, look, only_order, press

HERE = "tests.shop.payment.test_methods."
COD = "shop.payment.methods.cod.method.CashOnDelivery"
SMALL = PaymentContext(total=Decimal(100_000))


class Later(PaymentMethod):
    """Money comes later, and costs a little more."""

    code, label = "later", "Trả sau"
    initial_status = PENDING_PAYMENT

    def surcharge(self, context: PaymentContext) -> Decimal:
        return Decimal(2_000)

    def next_url(self, order: Order) -> str:
        return f"/tra-sau/{order.number}/"


class Broken(Later):
    code = "broken"

    def start(self, order: Order) -> None:
        raise RuntimeError("provider said no")


class Unset(Later):
    code = "unset"

    def is_offered(self) -> bool:
        return False


def test_settings_say_which_methods_in_which_order(settings) -> None:
    settings.PAYMENT_METHODS = [HERE + "Later", COD, HERE + "Unset"]
    assert [choice.method.code for choice in available(SMALL)] == ["later", "cod"]
    assert method_of("unset") is not None
    assert method_of("rác") is None


def test_two_methods_of_one_code_are_refused(settings) -> None:
    settings.PAYMENT_METHODS = [COD, COD]
    with pytest.raises(ValueError, match="share a code"):
        all_methods()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, None),
        ({"total": Decimal(5_000_000)}, None),
        ({"total": Decimal(5_000_001)}, "Chỉ nhận trả tiền mặt cho đơn đến 5.000.000"),
        ({"has_alcohol": True}, "Luật 44/2019"),
    ],
)
def test_cash_has_its_limits(settings, change: dict, words: str | None) -> None:
    settings.COD_LIMIT = Decimal(5_000_000)
    refusal = CashOnDelivery().refusal(replace(SMALL, **change))
    assert (refusal is None) if words is None else words in refusal


@pytest.mark.django_db
def test_fee_of_cash_is_a_line_of_its_own() -> None:
    delivery_rules(cod_fee=Decimal(10_000))
    zone_rates(first_price=25_000)
    buy(a_guest_with(a_product(price=45_000)))
    order = only_order()
    assert order.surcharge_incl_tax == 10_000
    assert order.total_incl_tax == 80_000
    assert order.sources.get().amount_allocated == 80_000


@pytest.mark.django_db
def test_order_waits_for_money_and_says_so(settings) -> None:
    settings.PAYMENT_METHODS = [HERE + "Later"]
    zone_rates()
    guest = a_guest_with(a_product())
    response = buy(guest, payment="later")
    order = only_order()
    assert order.status == "pending-payment"
    assert response.url == f"/tra-sau/{order.number}/"
    body = guest.get(order.get_absolute_url(), follow=True).content.decode()
    assert "Chưa nhận được tiền" in body
    assert f"/tra-sau/{order.number}/" in body


@pytest.mark.django_db
def test_method_that_cannot_start_leaves_nothing_behind(settings) -> None:
    settings.PAYMENT_METHODS = [HERE + "Broken"]
    zone_rates()
    product = a_product(stock=3)
    guest = a_guest_with(product)
    with pytest.raises(RuntimeError, match="provider said no"):
        buy(guest, payment="broken")
    assert not Order.objects.exists()
    assert product.stockrecords.get().num_allocated in (None, 0)


@pytest.mark.django_db
def test_order_costs_few_queries_however_it_is_paid(django_assert_max_num_queries) -> None:
    zone_rates()
    maker = a_product().producer
    goods = {a_product(f"Món {n}", producer=maker): 2 for n in range(3)}
    # The first order of a method also names it in the ledger.
    buy(a_guest_with(goods))
    guest = a_guest_with(goods)
    hidden = form_of(look(guest))
    with django_assert_max_num_queries(65):
        assert press(guest, hidden).status_code == 302
