"""The order's summary: frozen as the contract, downloaded by who may see the order."""

import json
import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from shop.contracts.freezing import freeze_summary
from shop.contracts.models import OrderSummary
from shop.contracts.pdf import pdf_of
from shop.contracts.terms import NO_TERMS, version_of
from shop.order.cancelling import cancel_order
from shop.order.models import Order
from shop.seller import SellerIdentity
from tests.factories import (
    a_buyer,
    a_certificate,
    a_product,
    a_shop,
    an_order,
    delivery_rules,
    zone_rates,
)
from tests.shop.buying import a_guest_with, buy, form_of, look, only_order, press
from tests.shop.vouchers import a_voucher

pytestmark = pytest.mark.django_db


def url_of(order: Order) -> str:
    return reverse("order:summary", kwargs={"number": order.number})


def a_full_order(settings: Any) -> Order:
    delivery_rules(cod_fee=15_000)
    SellerIdentity.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={"name": "HTX Phiên chợ", "tax_code": "0100047516", "address": "Đồi Ngô"},
    )
    zone_rates(first_price=32_000)
    honey = a_product("Mật ong hoa vải", price=45_000)
    a_certificate(honey)
    a_voucher("CHAO10", percent=10)
    guest = a_guest_with({honey: 2, a_product("Trà hoa vàng", price=100_000): 1})
    guest.post(reverse("basket:vouchers-add"), {"code": "CHAO10"})
    buy(
        guest,
        note="Gọi trước",
        invoice_wanted="on",
        invoice_company="Công ty Trà",
        invoice_tax_code="0100047516",
        invoice_address="Hà Nội",
    )
    return only_order()


def test_contract_holds_all_that_was_agreed(settings) -> None:
    order = a_full_order(settings)
    facts = order.summary.facts
    assert facts["number"] == order.number
    assert facts["seller"]["name"] == "HTX Phiên chợ"
    assert facts["seller"]["tax_code"] == "0100047516"
    assert facts["buyer"] == {
        "name": "Nguyễn Thị Hoa",
        "phone": "0912 345 678",
        "address": ["12 ngõ 68 Cầu Giấy", "Phường Cầu Giấy", "Thành phố Hà Nội"],
        "email": "hoa@example.com",
        "note": "Gọi trước",
    }
    [honey], [tea] = (parcel["lines"] for parcel in facts["parcels"])
    assert (honey["title"], honey["quantity"], honey["unit_price"], honey["total"]) == (
        "Mật ong hoa vải",
        2,
        45_000,
        90_000,
    )
    assert "4 sao" in honey["certificate"]
    assert tea["total"] == 100_000
    assert facts["goods_total"] == 190_000
    assert [(each["code"], each["amount"]) for each in facts["discounts"]] == [("CHAO10", 19_000)]
    assert facts["surcharges"] == [{"name": "Trả tiền khi nhận hàng", "amount": 15_000}]
    assert facts["invoice"]["tax_code"] == "0100047516"
    assert facts["shipping"] == order.shipping_incl_tax
    assert facts["total"] == order.total_incl_tax
    assert facts["placed_at"].endswith("+07:00")


def test_sums_of_the_contract_add_up(settings) -> None:
    facts = a_full_order(settings).summary.facts
    assert facts["goods_total"] == sum(
        line["total"] for parcel in facts["parcels"] for line in parcel["lines"]
    )
    assert facts["shipping"] == sum(parcel["charge"] for parcel in facts["parcels"])
    assert facts["total"] == (
        facts["goods_total"]
        - sum(each["amount"] for each in facts["discounts"])
        + facts["shipping"]
        + sum(each["amount"] for each in facts["surcharges"])
    )


def test_contract_stays_whatever_changes_later(settings) -> None:
    order = a_full_order(settings)
    before, file = json.dumps(order.summary.facts), pdf_of(order.summary)
    SellerIdentity.objects.update(name="Người khác")
    order.lines.update(title="Tên mới", unit_price_incl_tax=1)
    order.shipping_address.first_name = "Ai đó"
    order.shipping_address.save()
    cancel_order(order)
    kept = OrderSummary.objects.get()
    assert json.dumps(kept.facts) == before
    assert pdf_of(kept) == file


def test_contract_is_written_once_and_never_changed() -> None:
    order = an_order(a_product())
    with pytest.raises(IntegrityError), transaction.atomic():
        freeze_summary(order)
    summary = OrderSummary.objects.get()
    summary.facts = {}
    with pytest.raises(ValueError, match="never changed"):
        summary.save()


def test_order_without_contract_is_no_order(monkeypatch) -> None:
    zone_rates()
    guest = a_guest_with(a_product(stock=3))
    hidden = form_of(look(guest))

    def fails(*_args: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("shop.order.placing.freeze_summary", fails)
    with pytest.raises(RuntimeError):
        press(guest, hidden)
    assert not Order.objects.exists()


def test_same_contract_is_the_same_file_and_says_what_it_is(settings) -> None:
    summary = a_full_order(settings).summary
    first = pdf_of(summary)
    assert first.startswith(b"%PDF-")
    assert first == pdf_of(OrderSummary.objects.get())
    assert b"BeVietnamPro" in first


def test_texts_of_buyers_are_not_read_as_markup() -> None:
    order = an_order(a_product("Mật #let x = 1 *đậm* $x$ \\ `rm` <a> @b"))
    summary = order.summary
    summary.facts["buyer"]["note"] = '#read("/etc/passwd") ]] "'
    assert pdf_of(summary).startswith(b"%PDF-")


def test_only_who_opens_the_order_downloads_it() -> None:
    buyer = a_buyer()
    order = an_order(a_product(), buyer=buyer)
    stranger, other = Client(), Client()
    other.force_login(a_buyer())
    assert stranger.get(url_of(order)).status_code == 404
    assert other.get(url_of(order)).status_code == 404
    assert stranger.get(url_of(order), {"k": "0" * 24}).status_code == 404
    owner = Client()
    owner.force_login(buyer)
    for response in (
        owner.get(url_of(order)),
        stranger.get(url_of(order), {"k": order.access_key}),
    ):
        assert response.status_code == 200
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == (
            f'attachment; filename="tom-tat-{order.number}.pdf"'
        )
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"].startswith("noindex")


def test_order_and_thanks_pages_link_to_it() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    thanks = guest.get(buy(guest).url)
    order = only_order()
    assert url_of(order) in thanks.content.decode()
    page = guest.get(reverse("order:detail", kwargs={"number": order.number}))
    assert url_of(order) in page.content.decode()
    assert guest.get(url_of(order)).content.startswith(b"%PDF-")


def test_order_from_before_has_nothing_to_download() -> None:
    order = an_order(a_product())
    OrderSummary.objects.all().delete()
    page = Client().get(order.get_absolute_url(), follow=True).content.decode()
    assert url_of(order) not in page
    assert Client().get(url_of(order), {"k": order.access_key}).status_code == 404


def test_our_paper_is_never_called_an_invoice() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    thanks = guest.get(buy(guest).url).content.decode()
    body = re.sub(r"<footer.*</footer>", "", thanks, flags=re.S)
    assert "hóa đơn" not in body.lower()


def test_terms_of_the_day_are_named_and_any_change_gives_another_version() -> None:
    a_shop()
    order = an_order(a_product())
    assert version_of([]) == NO_TERMS
    page = {"title": "Đổi trả", "path": "/a/", "revision": "1", "published_at": "2026-11-01T00:00"}
    assert version_of([page]) == version_of([dict(page)])
    assert version_of([page]) != version_of([{**page, "revision": "2"}])
    assert version_of([page]).startswith("2026-11-01 · ")
    assert order.summary.terms_version == version_of(order.summary.facts["terms"])
