"""“Báo tôi khi vào mùa”: one letter each season, by the calendar, until it is called off."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from catalogue.models import Product
from catalogue.seasons import mask_of, season_end
from shop.communication.letters import Letter
from shop.communication.sending import send_waiting
from shop.customer.alerts.seasons import tell_of_seasons
from shop.customer.waiting import ProductAlert
from tests.factories import a_buyer, a_product, a_spirit, a_variant_product, signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "lan@example.com"
MARCH, JUNE, AUGUST = date(2027, 3, 10), date(2027, 6, 1), date(2027, 8, 31)
NEXT_JUNE = date(2028, 6, 3)


@pytest.fixture
def longan() -> Product:
    return a_product("Vải thiều", season_mask=mask_of([6, 7, 8]))


def one_who_waits_for(product: Product, email: str = ADDRESS, **facts: Any) -> ProductAlert:
    alert = ProductAlert.objects.create(product=product, email=email, kind="season", **facts)
    ProductAlert.objects.filter(pk=alert.pk).update(status=ProductAlert.ACTIVE)
    alert.refresh_from_db()
    return alert


def out_of_season(product: Product) -> Product:
    """Its season is every month but this one."""
    from django.utils import timezone

    this = timezone.localdate().month
    Product.objects.filter(pk=product.pk).update(
        season_mask=mask_of(month for month in range(1, 13) if month != this)
    )
    return product


def ask(client: Client, product: Product, **more: str) -> Any:
    typed = {"email": ADDRESS, "kind": "season", **more}
    return client.post(f"/tai-khoan/bao-khi-co-hang/{product.pk}/", typed)


@pytest.mark.parametrize(
    ("months", "day", "end"),
    [
        ([6, 7, 8], JUNE, date(2027, 9, 1)),
        ([6, 7, 8], AUGUST, date(2027, 9, 1)),
        ([11, 12, 1, 2], date(2027, 12, 31), date(2028, 3, 1)),
        ([1, 2], date(2028, 1, 31), date(2028, 3, 1)),
        ([5], date(2027, 5, 5), date(2027, 6, 1)),
    ],
)
def test_a_season_ends_with_its_last_month_over_new_year_too(
    months: list[int], day: date, end: date
) -> None:
    assert season_end(mask_of(months), day) == end


def test_one_letter_a_season_from_its_first_day_on(longan: Product) -> None:
    one_who_waits_for(longan)
    assert tell_of_seasons(MARCH) == 0
    assert tell_of_seasons(JUNE) == 1
    assert tell_of_seasons(JUNE) == tell_of_seasons(AUGUST) == 0
    assert tell_of_seasons(date(2027, 9, 1)) == 0
    assert tell_of_seasons(NEXT_JUNE) == 1
    letter = Letter.objects.filter(event_code="SEASON_ALERT").first()
    assert letter is not None
    assert (letter.to, "Vải thiều" in letter.subject) == (ADDRESS, True)


def test_nobody_is_called_to_an_empty_shelf(longan: Product) -> None:
    one_who_waits_for(longan)
    longan.stockrecords.update(num_in_stock=0)
    assert tell_of_seasons(JUNE) == 0
    longan.stockrecords.update(num_in_stock=5)
    assert tell_of_seasons(AUGUST) == 1


def test_stock_that_returns_does_not_spend_a_season_alert(
    longan: Product, django_capture_on_commit_callbacks: Any
) -> None:
    alert = one_who_waits_for(longan)
    with django_capture_on_commit_callbacks(execute=True):
        longan.stockrecords.get().save()
    alert.refresh_from_db()
    assert alert.is_active and not Letter.objects.exists()


def test_what_is_off_the_shelf_is_not_told_of(longan: Product) -> None:
    one_who_waits_for(longan)
    Product.objects.filter(pk=longan.pk).update(live=False, is_public=False)
    assert tell_of_seasons(JUNE) == 0


def test_the_mail_program_ends_it_with_one_press(longan: Product) -> None:
    one_who_waits_for(longan)
    tell_of_seasons(JUNE)
    send_waiting()
    [message] = mail.outbox
    link = message.extra_headers["List-Unsubscribe"].strip("<>")
    client = Client(enforce_csrf_checks=True)
    assert client.post(link.removeprefix("http://127.0.0.1:8000")).status_code == 302
    assert tell_of_seasons(NEXT_JUNE) == 0


def test_a_guest_confirms_by_letter_and_may_wait_for_stock_as_well(longan: Product) -> None:
    product, client = out_of_season(longan), Client()
    ask(client, product)
    ask(client, product, kind="stock")
    kinds = ProductAlert.objects.values_list("kind", flat=True)
    assert sorted(kinds) == ["season", "stock"]
    codes = sorted(Letter.objects.values_list("event_code", flat=True))
    assert codes == ["PRODUCT_ALERT_CONFIRMATION", "SEASON_ALERT_CONFIRMATION"]


def test_who_is_signed_in_has_nothing_to_confirm(longan: Product) -> None:
    buyer = a_buyer()
    page = ask(signed_in(buyer), out_of_season(longan)).status_code
    alert = ProductAlert.objects.get()
    assert (page, alert.kind, alert.is_active) == (302, "season", True)


def test_the_page_offers_it_out_of_season_only(longan: Product) -> None:
    honey, spirit = a_product("Mật ong"), out_of_season(a_spirit())
    client = Client()
    client.post("/du-18-tuoi/")
    for product, offered in ((out_of_season(longan), True), (honey, False), (spirit, False)):
        page = client.get(product.get_absolute_url()).content.decode()
        assert ("Báo mỗi khi vào mùa" in page) is offered


def test_goods_of_all_year_have_no_season_to_wait_for() -> None:
    ask(Client(), a_product("Mật ong", stock=0))
    assert ProductAlert.objects.get().kind == "stock"


def test_a_variant_has_the_season_of_its_product() -> None:
    tea = out_of_season(a_variant_product())
    assert ask(Client(), tea.children.all()[0]).status_code == 404
    assert ask(Client(), tea).status_code == 302


def test_a_season_letter_speaks_the_askers_language(longan: Product) -> None:
    Product.objects.filter(pk=longan.pk).update(title_en="Lychee", english_ready=True)
    one_who_waits_for(longan, language="en")
    tell_of_seasons(JUNE)
    letter = Letter.objects.get()
    assert "Lychee" in letter.subject
    assert "/en/san-pham/" in letter.text
