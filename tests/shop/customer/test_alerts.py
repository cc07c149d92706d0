"""“Báo tôi khi có hàng”: one letter, to who asked for it and confirmed, once there is stock."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from catalogue.models import Product
from shop.communication.letters import Letter
from shop.customer.waiting import ProductAlert
from tests.catalogue.making import a_variant
from tests.factories import a_buyer, a_product, a_spirit, an_order

pytestmark = pytest.mark.django_db

ADDRESS = "lan@example.com"


def ask(client: Client, product: Product, email: str = ADDRESS, **more: str) -> Any:
    return client.post(f"/tai-khoan/bao-khi-co-hang/{product.pk}/", {"email": email, **more})


def one_who_waits_for(product: Product, email: str = ADDRESS, language: str = "vi") -> ProductAlert:
    alert = ProductAlert.objects.create(product=product, email=email, language=language)
    ProductAlert.objects.filter(pk=alert.pk).update(status=ProductAlert.ACTIVE)
    alert.refresh_from_db()
    return alert


def fill(product: Product, count: int = 5) -> None:
    """More arrives, as staff and producers write it."""
    record = product.stockrecords.get()
    record.num_in_stock = count
    record.save()


def told() -> list[str]:
    return [letter.to for letter in Letter.objects.filter(event_code="PRODUCT_ALERT")]


def test_a_page_that_is_sold_out_offers_the_letter(client: Client) -> None:
    nem = a_product("Nem chua", stock=0)
    page = client.get(nem.get_absolute_url()).content.decode()
    assert f'action="/tai-khoan/bao-khi-co-hang/{nem.pk}/"' in page
    assert "Báo tôi khi có hàng" in page
    here = client.get(a_product("Mật ong").get_absolute_url()).content.decode()
    assert "bao-khi-co-hang" not in here


def test_a_variant_that_is_sold_out_is_waited_for_alone(client: Client) -> None:
    cake = a_product("Bánh mật", price=None)
    a_variant(cake, "5 chiếc", price=30_000)
    gone = a_variant(cake, "10 chiếc", price=60_000, stock=0)
    page = client.get(f"{cake.get_absolute_url()}?v={gone.pk}").content.decode()
    assert f'action="/tai-khoan/bao-khi-co-hang/{gone.pk}/"' in page


def test_a_guest_is_asked_by_letter_before_anything_else_is_sent(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    nem = a_product("Nem chua", stock=0)
    with django_capture_on_commit_callbacks(execute=True):
        response = ask(client, nem, "Lan@Example.com")
    assert response["Location"] == nem.get_absolute_url()
    alert = ProductAlert.objects.get()
    assert (alert.email, alert.status) == (ADDRESS, ProductAlert.UNCONFIRMED)
    (letter,) = mail.outbox
    assert letter.to == [ADDRESS] and "Nem chua" in letter.subject
    link = re.search(r"http://127.0.0.1:8000(/tai-khoan/\S+/xac-nhan/\S+)", str(letter.body))
    assert link

    with django_capture_on_commit_callbacks(execute=True):
        fill(nem)
    assert told() == []

    # Opening the link is not enough: the programs that check letters do that too.
    assert "Xác nhận" in client.get(link[1]).content.decode()
    alert.refresh_from_db()
    assert alert.status == ProductAlert.UNCONFIRMED
    client.post(link[1])
    alert.refresh_from_db()
    assert alert.is_active


def test_stock_that_returns_is_told_once(django_capture_on_commit_callbacks: Any) -> None:
    nem = a_product("Nem chua", stock=0)
    one_who_waits_for(nem)
    for count in (5, 6, 7):
        with django_capture_on_commit_callbacks(execute=True):
            fill(nem, count)
    assert told() == [ADDRESS]
    assert ProductAlert.objects.get().status == ProductAlert.CLOSED
    letter = mail.outbox[0]
    assert letter.subject == "Nem chua đã có hàng trở lại"
    assert f"http://127.0.0.1:8000{nem.get_absolute_url()}" in str(letter.body)


def test_a_cancelled_order_gives_its_goods_to_those_who_wait(
    django_capture_on_commit_callbacks: Any,
) -> None:
    nem = a_product("Nem chua", stock=1)
    an_order(nem)
    one_who_waits_for(nem)
    record = nem.stockrecords.get()
    with django_capture_on_commit_callbacks(execute=True):
        record.cancel_allocation(1)
    assert told() == [ADDRESS]


def test_who_waits_for_the_product_hears_of_any_variant_and_who_waits_for_one_only_of_it(
    django_capture_on_commit_callbacks: Any,
) -> None:
    cake = a_product("Bánh mật", price=None)
    small = a_variant(cake, "5 chiếc", price=30_000, stock=0)
    large = a_variant(cake, "10 chiếc", price=60_000, stock=0)
    one_who_waits_for(cake, "ca-hai@example.com")
    one_who_waits_for(small, "nho@example.com")
    with django_capture_on_commit_callbacks(execute=True):
        fill(large)
    assert told() == ["ca-hai@example.com"]


@pytest.mark.parametrize("fields", [{"live": False}, {"archived_at": timezone.now()}])
def test_nobody_is_called_to_what_is_not_on_the_shelf(
    fields: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    nem = a_product("Nem chua", stock=0, **fields)
    one_who_waits_for(nem)
    with django_capture_on_commit_callbacks(execute=True):
        fill(nem)
    assert told() == []
    assert ProductAlert.objects.get().is_active


def test_the_letter_is_in_the_language_of_the_page(
    django_capture_on_commit_callbacks: Any,
) -> None:
    nem = a_product("Nem chua", title_en="Sour pork roll", english_ready=True, stock=0)
    one_who_waits_for(nem, language="en")
    with django_capture_on_commit_callbacks(execute=True):
        fill(nem)
    assert "Sour pork roll" in mail.outbox[0].subject
    assert f"/en{nem.get_absolute_url()}" in str(mail.outbox[0].body)


def test_oscars_command_tells_those_who_were_missed() -> None:
    nem = a_product("Nem chua", stock=0)
    one_who_waits_for(nem)
    nem.stockrecords.update(num_in_stock=5)
    call_command("oscar_send_alerts")
    call_command("oscar_send_alerts")
    assert told() == [ADDRESS]


def test_the_link_calls_it_off(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    nem = a_product("Nem chua", stock=0)
    alert = one_who_waits_for(nem)
    assert client.get(alert.get_cancel_url()).status_code == 200
    alert.refresh_from_db()
    assert alert.is_active
    client.post(alert.get_cancel_url())
    with django_capture_on_commit_callbacks(execute=True):
        fill(nem)
    assert told() == []


def test_who_is_signed_in_has_nothing_to_confirm(client: Client) -> None:
    buyer = a_buyer()
    client.force_login(buyer)
    nem = a_product("Nem chua", stock=0)
    ask(client, nem, email="nguoi-khac@example.com")
    ask(client, nem)
    alert = ProductAlert.objects.get()
    assert alert.user == buyer and alert.email == buyer.email and alert.is_active
    assert not Letter.objects.exists()


def test_asking_twice_sends_one_question_and_says_the_same(client: Client) -> None:
    nem = a_product("Nem chua", stock=0)
    first, second = ask(client, nem), ask(client, nem)
    assert first["Location"] == second["Location"]
    assert ProductAlert.objects.count() == Letter.objects.count() == 1


def test_the_trap_catches_programs_without_telling_them(client: Client) -> None:
    nem = a_product("Nem chua", stock=0)
    assert ask(client, nem, website="http://spam.example").status_code == 302
    assert not ProductAlert.objects.exists() and not Letter.objects.exists()


def test_one_network_cannot_have_us_write_to_the_whole_town(
    client: Client, settings: LazySettings
) -> None:
    settings.RATE_LIMITS_ON = True
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "letters": "3/h"}
    nem = a_product("Nem chua", stock=0)
    for number in range(3):
        assert ask(client, nem, f"nguoi-{number}@example.com").status_code == 302
    assert ask(client, nem, "mot-nguoi-nua@example.com").status_code == 429
    assert ProductAlert.objects.count() == 3


def test_an_address_that_is_none_is_refused_in_words(client: Client) -> None:
    response = ask(client, a_product(stock=0), "khong phai email")
    assert response.status_code == 422
    assert "field__error" in response.content.decode()
    assert not ProductAlert.objects.exists()


def test_no_letter_advertises_a_strong_drink(client: Client) -> None:
    spirit = a_spirit(stock=0)
    client.post("/du-18-tuoi/")
    assert "bao-khi-co-hang" not in client.get(spirit.get_absolute_url()).content.decode()
    assert ask(client, spirit).status_code == 404


def test_addresses_that_nobody_confirmed_are_forgotten(client: Client) -> None:
    nem = a_product("Nem chua", stock=0)
    ask(client, nem, "cu@example.com")
    ProductAlert.objects.update(date_created=timezone.now() - timedelta(days=15))
    ask(client, nem, "moi@example.com")
    assert [alert.email for alert in ProductAlert.objects.all()] == ["moi@example.com"]
