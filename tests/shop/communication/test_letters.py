"""Letters: written with their cause, sent after it, tried again, never in anybody's way."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone, translation

from shop.communication.letters import MOST_ATTEMPTS, Letter
from shop.communication.sending import send_waiting
from shop.communication.writing import write_letter
from shop.order import letters as order_letters
from shop.order.cancelling import cancel_order
from shop.order.models import Order
from tests.factories import a_buyer, a_producer, a_product, a_user, zone_rates
from tests.shop.buying import a_guest_with, buy, only_order

pytestmark = pytest.mark.django_db
FAILING = "tests.shop.communication.test_letters.FailingBackend"


class FailingBackend:
    def __init__(self, *args: object, **kwargs: object) -> None: ...

    def send_messages(self, messages: list) -> int:
        raise ConnectionRefusedError("no mail server here")


def a_letter() -> Letter:
    return write_letter(
        "PASSWORD_RESET",
        to="lan@example.com",
        context={"user": a_buyer("lan@example.com"), "link": "https://cho.example/x"},
        language="vi",
    )


def test_letter_leaves_after_commit(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        letter = a_letter()
        assert mail.outbox == []
    letter.refresh_from_db()
    assert letter.sent_at is not None
    [message] = mail.outbox
    assert message.subject == "Đặt lại mật khẩu"
    assert "https://cho.example/x" in message.body
    assert message.alternatives[0][1] == "text/html"


def test_failure_is_noted_waits_longer_each_time_and_gives_up(settings) -> None:
    settings.EMAIL_BACKEND = FAILING
    letter = a_letter()
    waits = []
    for _ in range(MOST_ATTEMPTS):
        before = timezone.now()
        assert send_waiting() == 0
        letter.refresh_from_db()
        waits.append(letter.next_try_at - before)
        Letter.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    assert waits[0] < waits[1] < waits[2] < waits[3] < waits[4]
    assert letter.attempts == MOST_ATTEMPTS
    assert "no mail server here" in letter.last_error
    assert not Letter.objects.waiting().exists()


def test_letter_that_failed_is_sent_later(settings, capsys) -> None:
    settings.EMAIL_BACKEND = FAILING
    letter = a_letter()
    send_waiting()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("worker", "--once")
    assert "send_waiting: 0" in capsys.readouterr().out
    Letter.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    call_command("worker", "--once")
    letter.refresh_from_db()
    assert letter.sent_at is not None
    assert letter.last_error == ""


def test_letter_is_sent_once_by_two_workers() -> None:
    a_letter()
    [taken] = Letter.objects.waiting()
    send_waiting()
    from shop.communication.sending import _send

    assert _send(taken) is False
    assert len(mail.outbox) == 1


def test_mail_failure_never_touches_the_order(settings, django_capture_on_commit_callbacks) -> None:
    settings.EMAIL_BACKEND = FAILING
    zone_rates()
    with django_capture_on_commit_callbacks(execute=True):
        assert buy(a_guest_with(a_product())).status_code == 302
    assert only_order().status == "placed"
    assert Letter.objects.get().attempts == 1


def test_letter_that_cannot_be_written_does_not_fell_the_order(monkeypatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("template broken")

    monkeypatch.setattr(order_letters, "write_letter", broken)
    zone_rates()
    buy(a_guest_with(a_product()))
    assert Order.objects.count() == 1
    assert not Letter.objects.exists()


def test_producers_members_hear_of_their_own_parcel_only() -> None:
    zone_rates()
    tea = a_product(
        "Trà hoa vàng", producer=a_producer("HTX Trà", members=[a_user("tra@example.com")])
    )
    cake = a_product(
        "Bánh mật", producer=a_producer("Tổ bánh", members=[a_user("banh@example.com")])
    )
    buy(a_guest_with({tea: 1, cake: 2}), email="")
    assert set(Letter.objects.values_list("to", flat=True)) == {
        "tra@example.com",
        "banh@example.com",
    }
    letter = Letter.objects.get(to="banh@example.com")
    assert "Bánh mật" in letter.text
    assert "× 2" in letter.text
    assert "Trà hoa vàng" not in letter.text + letter.html
    assert "0912 345 678" in letter.text


def test_order_letter_speaks_the_orders_language_and_has_the_link() -> None:
    zone_rates()
    guest = a_guest_with(
        a_product("Trà hoa vàng", title_en="Golden camellia tea", english_ready=True)
    )
    with translation.override("en"):
        buy(guest)
    order = only_order()
    assert order.language == "en"
    letter = Letter.objects.get(event_code="ORDER_PLACED")
    assert letter.language == "en"
    assert "Golden camellia tea" in letter.text
    assert "Thank you for buying" in letter.text
    assert "Cảm ơn" not in letter.text + letter.html
    assert f"/en/don-hang/{order.number}/?k={order.access_key}" in letter.text


def test_text_of_a_buyer_does_not_become_html() -> None:
    zone_rates()
    buy(a_guest_with(a_product()), full_name="<b>Lan</b>", note="<script>x</script>")
    letter = Letter.objects.get(event_code="ORDER_PLACED")
    assert "<b>Lan" not in letter.html
    assert "<b>Lan</b>" in letter.text


def test_cancelling_writes_to_both_sides_once() -> None:
    zone_rates()
    maker = a_producer(members=[a_user("tra@example.com")])
    buy(a_guest_with(a_product(producer=maker)))
    cancel_order(only_order())
    cancel_order(only_order())
    codes = sorted(Letter.objects.values_list("event_code", flat=True))
    assert codes == ["ORDER_CANCELLED", "ORDER_PLACED", "PARCEL_CANCELLED", "PARCEL_ORDERED"]
