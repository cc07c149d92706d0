"""A company answers by its secret link: accepted once, at the quote's prices; or declined."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from shop.communication.letters import Letter
from shop.corporate.accepting import CannotAccept, accept_quote
from shop.corporate.models import Quote, QuoteRequest
from shop.corporate.quoting import CannotQuote, draft_for, send_quote
from shop.giving.addresses import read_addresses
from shop.order.models import Order
from shop.payment.books import what_is_wrong
from shop.payment.receiving import receive
from shop.payment.releasing import release_overdue
from tests.factories import a_gift_box, a_product, a_staff_member
from tests.shop.corporate.making import ROW, TAX_CODE, a_box, a_quote, a_request, a_sheet
from tests.shop.payment.paying import a_sum, late
from tests.shop.vouchers import an_offer

pytestmark = pytest.mark.django_db
YES = {"name": "Trần Văn Bình", "agrees": "on"}


@pytest.fixture(autouse=True)
def _books_close() -> Iterator[None]:
    yield
    assert what_is_wrong() == []


def accept(quote: Quote, client: Client | None = None, **typed: Any) -> Any:
    url = reverse("quote:accept", args=[quote.token])
    return (client or Client()).post(url, {**YES, **typed})


def test_the_link_opens_the_quote_and_nothing_else_does(client: Client) -> None:
    quote = a_quote(words="Giao trước Tết")
    page = client.get(quote.get_absolute_url())
    text = page.content.decode()
    for words in ("22.500.000\u00a0₫", "6.750.000\u00a0₫", "Giao trước Tết", "Mua nhiều"):
        assert words in text
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]
    for token in (str(quote.pk), quote.code, quote.token[:-1], quote.token + "x", "0"):
        assert client.get(reverse("quote:quote", args=[token])).status_code == 404


def test_tokens_are_long_and_never_the_same() -> None:
    asked = a_request({a_box(): 5})
    tokens = set()
    for _n in range(20):
        draft = draft_for(asked, by=a_staff_member())
        tokens.add(draft.token)
        Quote.objects.filter(pk=draft.pk).update(state=Quote.State.REPLACED)
    assert len(tokens) == 20
    assert all(len(token) >= 32 for token in tokens)


def test_a_draft_is_nobodys_to_see(client: Client) -> None:
    draft = draft_for(a_request({a_box(): 5}), by=a_staff_member())
    for name in ("quote", "pdf"):
        assert client.get(reverse(f"quote:{name}", args=[draft.token])).status_code == 404
    assert accept(draft).status_code == 404


def test_the_company_keeps_it_as_pdf(client: Client) -> None:
    response = client.get(reverse("quote:pdf", args=[a_quote().token]))
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]


def test_accepting_places_the_order_at_the_quotes_prices_with_a_deposit(client: Client) -> None:
    box = a_box(price=500_000, stock=60)
    quote = a_quote({box: 50}, logo_fee=Decimal(500_000), delivery=Decimal(300_000))
    box.stockrecords.update(price=900_000)
    response = accept(quote, client)
    order = Order.objects.get()
    assert response["Location"] == reverse("vietqr:transfer", args=[order.number])
    assert client.get(response["Location"]).status_code == 200
    quote.refresh_from_db()
    assert (quote.state, quote.order, quote.accepted_by) == ("accepted", order, "Trần Văn Bình")
    assert order.total_incl_tax == quote.total == 50 * 450_000 + 800_000
    assert order.shipping_incl_tax == 300_000
    assert order.payment.deposit == order.payment.due == quote.deposit
    assert order.payment.held_until > timezone.now() + timedelta(days=2)
    assert order.guest_email == "binh@khoai.example"
    assert QuoteRequest.objects.get().state == QuoteRequest.State.ACCEPTED
    honey = box.box_items.get().product.stockrecords.get()
    assert honey.num_allocated == 50
    receive(a_sum(order))
    order.refresh_from_db()
    assert order.status == "placed"


def test_no_offer_makes_an_agreed_price_lower() -> None:
    an_offer()
    quote = a_quote()
    assert accept_quote(quote, name="Bình").total_incl_tax == quote.total


def test_accepting_twice_makes_one_order() -> None:
    quote = a_quote()
    first = accept(quote)
    second = accept(quote)
    assert first["Location"] == second["Location"]
    assert accept_quote(quote, name="Người khác") == Order.objects.get()
    quote.refresh_from_db()
    assert quote.accepted_by == "Trần Văn Bình"


def test_after_its_last_day_it_cannot_be_accepted_and_says_so(client: Client) -> None:
    quote = a_quote()
    Quote.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    page = client.get(quote.get_absolute_url()).content.decode()
    assert "không chấp nhận được nữa" in page and "Chấp nhận và trả" not in page
    assert accept(quote).status_code == 409
    assert not Order.objects.exists()


def test_on_its_last_day_it_can() -> None:
    quote = a_quote(valid_until=timezone.localdate())
    assert accept(quote).status_code == 302


@pytest.mark.parametrize("change", [{"name": ""}, {"agrees": ""}])
def test_name_and_agreement_are_needed(change: dict[str, str]) -> None:
    response = accept(a_quote(), **change)
    assert response.status_code == 422
    assert not Order.objects.exists()


def test_what_lacks_is_said_beside_its_line_and_where_to_ask_anew() -> None:
    honey = a_product("Mật ong", stock=10)
    box = a_gift_box("Hộp lớn", of={honey: 1}, stock=1_000)
    quote = a_quote({box: 50, a_product("Trà", stock=500): 50}, price=400_000)
    response = accept(quote)
    assert response.status_code == 409
    troubles = {line.title: trouble for line, trouble in response.context["lines"]}
    assert troubles["Hộp lớn"] and not troubles["Trà"]
    text = response.content.decode()
    assert f'<a href="{reverse("corporate:index")}">xin báo giá khác</a>' in text
    assert "gọi cho chúng tôi" not in text
    assert not Order.objects.exists()
    quote.refresh_from_db()
    assert quote.state == Quote.State.SENT


def test_what_is_sold_no_more_is_said_beside_its_line() -> None:
    tea = a_product("Trà", stock=500)
    quote = a_quote({tea: 50})
    tea.stockrecords.all().delete()
    with pytest.raises(CannotAccept) as refusal:
        accept_quote(quote, name="Bình")
    assert list(refusal.value.lines) == [quote.lines.get().pk]


def test_a_declined_quote_says_why_and_is_not_accepted(client: Client) -> None:
    quote = a_quote()
    url = reverse("quote:decline", args=[quote.token])
    assert client.post(url, {"words": ""}).status_code == 422
    assert client.post(url, {"words": "Giá cao quá"}).status_code == 302
    assert client.post(url, {"words": "lần nữa"}).status_code == 302
    quote.refresh_from_db()
    assert (quote.state, quote.declined_words) == ("declined", "Giá cao quá")
    assert accept(quote).status_code == 409


def test_an_accepted_quote_is_neither_declined_nor_quoted_anew() -> None:
    quote = a_quote()
    accept(quote)
    url = reverse("quote:decline", args=[quote.token])
    assert Client().post(url, {"words": "thôi"}).status_code == 409
    with pytest.raises(CannotQuote):
        draft_for(quote.request, by=a_staff_member())


def test_after_an_order_fell_for_want_of_its_deposit_there_is_a_new_quote() -> None:
    quote, staff = a_quote(), a_staff_member()
    late(accept_quote(quote, name="Bình"))
    assert release_overdue() == 1
    again = send_quote(draft_for(quote.request, by=staff), by=staff)
    assert accept(again).status_code == 302
    assert Order.objects.count() == 2


def test_a_company_that_reads_english_gets_its_link_and_letter_in_english() -> None:
    with translation.override("en"):
        asked = a_request({a_box(): 50})
    quote = a_quote({a_box(): 50}, asked=asked)
    letter = Letter.objects.get(event_code="QUOTE_SENT")
    assert f"/en/bao-gia/{quote.token}/" in letter.text
    assert accept_quote(quote, name="Binh").language == "en"


def test_a_replaced_quote_is_not_accepted() -> None:
    first = a_quote()
    a_quote({a_box(): 10}, asked=first.request)
    assert accept(first).status_code == 409


def test_an_invoice_is_asked_for_with_the_order() -> None:
    box = a_box()
    asked = a_request(
        {box: 50},
        invoice_wanted=True,
        tax_code=TAX_CODE,
        invoice_address="12 đường Tân An",
        invoice_email="kt@khoai.example",
    )
    order = accept_quote(a_quote({box: 50}, asked=asked), name="Bình")
    assert (order.invoice_request.tax_code, order.invoice_request.email) == (
        TAX_CODE,
        "kt@khoai.example",
    )


def a_listed_quote(*counts: int, quantity: int) -> Quote:
    """A quote for one box whose company handed in a list."""
    rows = [(*ROW[:5], str(count), f"Chúc {count}") for count in counts]
    box = a_box()
    asked = a_request(
        {box: quantity},
        delivery=QuoteRequest.Delivery.LIST,
        addresses=read_addresses("a.csv", a_sheet(*rows)),
    )
    return a_quote({box: quantity}, asked=asked, delivery=Decimal(100_000))


def test_an_order_by_list_goes_to_each_with_a_greeting_of_their_own() -> None:
    quote = a_listed_quote(3, 7, quantity=10)
    order = accept_quote(quote, name="Bình")
    told = [(each.address.first_name, each.greeting) for each in order.recipients.all()]
    assert told == [("Nguyễn Thị Hoa", "Chúc 3"), ("Nguyễn Thị Hoa", "Chúc 7")]
    assert {each.sender_name for each in order.recipients.all()} == {"Công ty Khoai Lang"}
    assert sum(parcel.charge for parcel in order.parcels.all()) == 100_000
    assert order.total_incl_tax == quote.total


def test_a_list_that_does_not_fit_the_goods_is_left_to_the_staff() -> None:
    quote = a_listed_quote(3, 7, quantity=12)
    order = accept_quote(quote, name="Bình")
    assert not order.recipients.exists()
    assert order.shipping_address.line1 == "12 đường Tân An"


@hypothesis_settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    price=st.integers(min_value=1, max_value=3_000_000),
    quantity=st.integers(min_value=1, max_value=90),
    percent=st.integers(min_value=0, max_value=100),
    delivery=st.integers(min_value=0, max_value=2_000_000),
)
def test_the_order_is_the_quote_to_the_dong(
    price: int, quantity: int, percent: int, delivery: int
) -> None:
    goods = a_product(price=100_000, stock=100)
    quote = a_quote(
        {goods: quantity}, price=price, deposit_percent=percent, delivery=Decimal(delivery)
    )
    order = accept_quote(quote, name="Bình")
    assert order.total_incl_tax == quote.total == quote.deposit + quote.rest
    assert order.payment.deposit == quote.deposit
    assert sum(parcel.charge for parcel in order.parcels.all()) == delivery
