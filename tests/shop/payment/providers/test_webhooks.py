"""What banks' tellers say over HTTP: applied once, in any order, and only when it is theirs."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from shop.order.cancelling import cancel_order
from shop.order.models import Order
from shop.payment.books import what_is_wrong
from shop.payment.models import MoneyReceived, Payment, ProviderMessage
from tests.shop.payment.paying import a_prepaid_order
from tests.shop.payment.providers import speaking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("prepaid")]
SPEAKERS: dict[str, Callable[..., tuple[bytes, dict[str, str]]]] = {
    "sepay": speaking.sepay,
    "casso": speaking.casso,
    "payos": speaking.payos,
}
every_teller = pytest.mark.parametrize("teller", SPEAKERS)


@pytest.fixture(autouse=True)
def _set_up(settings: Any, monkeypatch: Any) -> Iterator[None]:
    settings.SEPAY_WEBHOOK_SECRET = speaking.SEPAY_SECRET
    settings.CASSO_WEBHOOK_KEY = speaking.CASSO_KEY
    settings.PAYOS_CHECKSUM_KEY = speaking.PAYOS_KEY
    # The waiting orders of these tests are of the tests' own method.
    monkeypatch.setattr("shop.payment.providers.applying.METHODS", ("prepaid",))
    yield
    assert what_is_wrong() == []


def say(teller: str, body: bytes, headers: dict[str, str]) -> Any:
    return Client(enforce_csrf_checks=True).post(
        f"/webhooks/{teller}/", body, content_type="application/json", headers=headers
    )


def tell(teller: str, order: Order, amount: int | None = None, note: str = "", **facts: Any) -> Any:
    now = timezone.localtime()
    amount = int(order.total_incl_tax) if amount is None else amount
    return say(teller, *SPEAKERS[teller](note or f"CT {order.number} mua", amount, now, **facts))


@every_teller
def test_transfer_confirms_its_order(teller: str) -> None:
    order = a_prepaid_order()
    answer = tell(teller, order)
    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert Order.objects.get().status == "placed"
    message = ProviderMessage.objects.get()
    assert (message.provider, message.state) == (teller, ProviderMessage.State.APPLIED)
    assert order.number in message.body


@every_teller
def test_told_ten_times_is_once(teller: str) -> None:
    order = a_prepaid_order()
    for _time in range(10):
        assert tell(teller, order).status_code == 200
    assert MoneyReceived.objects.count() == 1
    assert Payment.objects.get().received == order.total_incl_tax


@every_teller
def test_forged_message_is_neither_stored_nor_applied(teller: str) -> None:
    order = a_prepaid_order()
    body, headers = SPEAKERS[teller](order.number, int(order.total_incl_tax), timezone.now())
    answer = say(teller, body.replace(b"1", b"2", 1).replace(b"5", b"6", 1), headers)
    assert answer.status_code == 401
    assert not ProviderMessage.objects.exists()
    assert Order.objects.get().status == "pending-payment"


@every_teller
def test_message_to_another_provider_is_forged(teller: str) -> None:
    order = a_prepaid_order()
    body, headers = SPEAKERS[teller](order.number, 1, timezone.now())
    for other in set(SPEAKERS) - {teller}:
        assert say(other, body, headers).status_code == 401


@every_teller
def test_wrong_amount_waits_in_the_queue(teller: str) -> None:
    order = a_prepaid_order()
    assert tell(teller, order, amount=1_000).status_code == 200
    assert MoneyReceived.objects.get().reason == MoneyReceived.Reason.UNDER


@every_teller
def test_unknown_order_waits_in_the_queue(teller: str) -> None:
    order = a_prepaid_order()
    tell(teller, order, note="mua hang")
    assert MoneyReceived.objects.get().reason == MoneyReceived.Reason.NO_CODE


@every_teller
def test_money_after_the_deadline_waits_in_the_queue(teller: str) -> None:
    order = a_prepaid_order()
    cancel_order(order)
    tell(teller, order)
    assert MoneyReceived.objects.get().reason == MoneyReceived.Reason.LATE
    assert Order.objects.get().status == "cancelled"


def test_dollars_are_never_dong() -> None:
    order = a_prepaid_order()
    tell("payos", order, currency="USD")
    assert MoneyReceived.objects.get().reason == MoneyReceived.Reason.CURRENCY


def test_later_transfer_told_first_changes_nothing() -> None:
    first, second = a_prepaid_order(), a_prepaid_order()
    tell("sepay", second, id=2)
    tell("sepay", first, id=1)
    assert set(Order.objects.values_list("status", flat=True)) == {"placed"}


def test_old_message_replayed_is_refused() -> None:
    order = a_prepaid_order()
    then = timezone.localtime() - timedelta(minutes=10)
    body, headers = speaking.sepay(order.number, int(order.total_incl_tax), then)
    assert say("sepay", body, headers).status_code == 401


def test_message_that_cannot_be_applied_yet_is_kept_for_later(monkeypatch: Any) -> None:
    order = a_prepaid_order()
    with monkeypatch.context() as broken:
        broken.setattr("shop.payment.providers.applying.receive", lambda *_a, **_k: 1 / 0)
        assert tell("sepay", order).status_code == 200
    assert ProviderMessage.objects.get().state == ProviderMessage.State.NEW
    tell("sepay", order)
    assert Order.objects.get().status == "placed"


def test_provider_that_is_not_set_up_is_not_there(settings: Any) -> None:
    settings.PAYOS_CHECKSUM_KEY = ""
    for teller in ("payos", "nobody"):
        assert say(teller, b"{}", {}).status_code == 404


def test_only_posts_and_no_floods() -> None:
    assert Client().get("/webhooks/sepay/").status_code == 405
    assert say("sepay", b"x" * 300_000, {}).status_code == 413
    assert say("sepay", b"", {}).status_code == 401
