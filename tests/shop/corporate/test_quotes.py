"""Staff quote: a draft, sent once and frozen, replaced by a new version. Roles refused."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from shop.corporate.models import Quote, QuoteRequest
from shop.corporate.pdf import pdf_of
from shop.corporate.quoting import (
    CannotQuote,
    OfferedLine,
    close_request,
    draft_for,
    save_draft,
    send_quote,
)
from shop.staff import ACCOUNTS, ensure_staff_group
from tests.factories import (
    a_buyer,
    a_product,
    a_spirit,
    a_staff_member,
    an_upload,
    in_group,
    signed_in,
    with_rights,
)
from tests.shop.corporate.making import a_box, a_quote, a_quoter, a_request

pytestmark = pytest.mark.django_db
State = Quote.State


def test_the_first_draft_holds_what_was_asked_at_todays_prices() -> None:
    box = a_box(price=500_000)
    draft = draft_for(a_request({box: 50}), by=a_staff_member())
    (line,) = draft.lines.all()
    assert (line.product, line.quantity, line.unit_price) == (box, 50, 500_000)
    assert (draft.code.endswith("-1"), draft.state) == (True, State.DRAFT)


def test_a_draft_is_gone_on_with() -> None:
    asked = a_request({a_box(): 50})
    assert draft_for(asked, by=a_staff_member()) == draft_for(asked, by=a_staff_member())


def test_a_quote_is_sent_once_by_letter_with_its_secret_link(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        quote = a_quote()
        send_quote(quote, by=a_staff_member())
    letters = [each for each in mail.outbox if "Báo giá BG-" in each.subject]
    assert len(letters) == 1
    assert quote.token in str(letters[0].body) and "22.500.000\u00a0₫" in str(letters[0].body)
    assert quote.request.state == QuoteRequest.State.QUOTED


def test_a_quote_that_was_sent_is_frozen() -> None:
    quote = a_quote()
    with pytest.raises(CannotQuote):
        save_draft(quote, {"delivery": Decimal(1)}, [])
    line = quote.lines.get()
    line.unit_price = Decimal(1)
    with pytest.raises(ValueError, match="never changed"):
        line.save()


def test_a_new_version_replaces_the_one_before_when_it_is_sent() -> None:
    first = a_quote(delivery=Decimal(100_000))
    staff = a_staff_member()
    second = draft_for(first.request, by=staff)
    first.refresh_from_db()
    assert (first.state, second.version, second.delivery) == (State.SENT, 2, 100_000)
    send_quote(second, by=staff)
    first.refresh_from_db()
    assert first.state == State.REPLACED
    assert Client().get(first.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("what", ["no lines", "over", "no reason"])
def test_an_unfinished_quote_is_not_sent(what: str) -> None:
    box, staff = a_box(price=500_000), a_staff_member()
    draft = draft_for(a_request({box: 50}), by=staff)
    lines = [] if what == "no lines" else [OfferedLine(box, 50, Decimal(400_000))]
    facts: dict[str, Any] = {"discount_reason": "" if what == "no reason" else "Mua nhiều"}
    if what == "over":
        facts["valid_until"] = timezone.localdate() - timedelta(days=1)
    save_draft(draft, facts, lines)
    with pytest.raises(CannotQuote):
        send_quote(draft, by=staff)
    draft.refresh_from_db()
    assert draft.is_draft


def test_a_closed_request_leaves_nothing_to_accept() -> None:
    quote = a_quote()
    close_request(quote.request)
    quote.refresh_from_db()
    assert not quote.may_be_answered


def test_sums_are_whole_and_add_up() -> None:
    quote = a_quote({a_box(): 33}, price=333_333, deposit_percent=33, delivery=Decimal(77_777))
    assert quote.total == 33 * 333_333 + 77_777
    assert quote.deposit + quote.rest == quote.total


def test_the_paper_is_no_invoice_and_the_same_twice() -> None:
    quote = a_quote(words="Xin cảm ơn #quý khách [*]")
    quote = Quote.objects.select_related("request__ward__province").get(pk=quote.pk)
    paper = pdf_of(quote)
    assert paper.startswith(b"%PDF-")
    assert paper == pdf_of(quote)


# --- The staff's pages --------------------------------------------------------------------------


def typed(quote: Quote, *lines: dict[str, Any], **changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "valid_until": (timezone.localdate() + timedelta(days=7)).isoformat(),
        "lead_days": 5,
        "logo_fee": 500_000,
        "delivery": 0,
        "deposit_percent": 40,
        "lines-TOTAL_FORMS": len(lines),
        "lines-INITIAL_FORMS": 0,
        **changes,
    }
    for n, line in enumerate(lines):
        fields |= {f"lines-{n}-{name}": value for name, value in line.items()}
    return fields


def test_staff_write_and_send_a_quote_by_the_pages() -> None:
    staff, box = a_quoter(), a_box(price=500_000)
    tea = a_product("Trà hoa vàng")
    asked = a_request({box: 50})
    assert asked.company in staff.get(reverse("quotes-staff:index")).content.decode()
    assert staff.get(reverse("quotes-staff:detail", args=[asked.pk])).status_code == 200
    edit = staff.post(reverse("quotes-staff:draft", args=[asked.pk]))["Location"]
    quote = Quote.objects.get()
    assert staff.get(edit).status_code == 200
    sku = tea.stockrecords.get().partner_sku
    rows = (
        {"product": box.pk, "quantity": 60, "unit_price": 500_000},
        {"sku": sku.lower(), "quantity": 60, "unit_price": 45_000, "note": "tặng kèm"},
        {},
    )
    assert staff.post(edit, typed(quote, *rows)).status_code == 302
    assert Quote.objects.get().total == 60 * 545_000 + 500_000
    staff.post(reverse("quotes-staff:send", args=[quote.pk]))
    assert Quote.objects.get().state == State.SENT
    assert staff.get(edit).status_code == 302
    pdf = staff.get(reverse("quotes-staff:pdf", args=[quote.pk]))
    assert pdf["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"quantity": 1, "unit_price": 1}, "product"),
        ({"sku": "không có", "quantity": 1, "unit_price": 1}, "sku"),
        ({"sku": "RUOU", "quantity": 1, "unit_price": 1}, "sku"),
        ({"sku": "MAT", "unit_price": 1}, "quantity"),
        ({"sku": "MAT", "quantity": 1}, "unit_price"),
        ({"sku": "MAT", "quantity": 0, "unit_price": 1}, "quantity"),
    ],
)
def test_a_bad_line_is_told_beside_its_field(line: dict[str, Any], field: str) -> None:
    a_product().stockrecords.update(partner_sku="MAT")
    a_spirit().stockrecords.update(partner_sku="RUOU")
    staff = a_quoter()
    quote = draft_for(a_request({a_box(): 5}), by=a_staff_member())
    url = reverse("quotes-staff:edit", args=[quote.pk])
    response = staff.post(url, typed(quote, line))
    assert response.status_code == 422
    assert field in response.context["lines"].forms[0].errors


def test_the_same_goods_stand_in_one_line() -> None:
    staff, box = a_quoter(), a_box()
    quote = draft_for(a_request({box: 5}), by=a_staff_member())
    row = {"product": box.pk, "quantity": 1, "unit_price": 1}
    response = staff.post(reverse("quotes-staff:edit", args=[quote.pk]), typed(quote, row, row))
    assert response.status_code == 422


def test_staff_take_the_logo_and_nobody_else_does() -> None:
    asked = a_request({a_box(): 50}, logo=an_upload("logo.png"))
    url = reverse("quotes-staff:file", args=[asked.pk, "logo"])
    assert a_quoter().get(url).status_code == 200
    assert signed_in(a_buyer()).get(url).status_code == 403
    assert Client().get(url).status_code == 302
    assert a_quoter().get(url.replace("logo", "email")).status_code == 404


def test_more_requests_ask_no_more_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    staff, box = a_quoter(), a_box()
    for _n in range(6):
        a_request({box: 5})
    with django_assert_max_num_queries(16):
        staff.get(reverse("quotes-staff:index"))


def pages_of(quote: Quote) -> list[tuple[str, str]]:
    of_request = [("get", "detail"), ("post", "draft"), ("post", "close"), ("get", "recipients")]
    of_quote = [("get", "edit"), ("post", "send"), ("get", "pdf")]
    return [
        ("get", reverse("quotes-staff:index")),
        *(
            (how, reverse(f"quotes-staff:{name}", args=[quote.request_id]))
            for how, name in of_request
        ),
        *((how, reverse(f"quotes-staff:{name}", args=[quote.pk])) for how, name in of_quote),
    ]


def test_everybody_else_is_refused() -> None:
    quote = a_quote()
    ensure_staff_group()
    accounts = in_group(a_staff_member(), ACCOUNTS)
    for how, url in pages_of(quote):
        assert getattr(Client(), how)(url).status_code == 302, url
        for person in (a_buyer(), a_staff_member(), accounts):
            assert getattr(signed_in(person), how)(url).status_code == 403, url


def test_who_may_only_look_changes_nothing() -> None:
    quote = a_quote()
    client = signed_in(with_rights(a_staff_member(), "corporate.view_quoterequest"))
    for how, url in pages_of(quote):
        changing = how == "post" or url.endswith(f"ban/{quote.pk}/")
        assert getattr(client, how)(url).status_code == (403 if changing else 200), url
