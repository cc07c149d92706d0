"""The receipt: what came and what went back, named for what it is."""

import io
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from wagtail.models import Site

from cms.demo.reading import read
from cms.demo.trade import SELLER_NAME
from shop.order.models import Order
from shop.payment.receipts.pdf import receipt_pdf
from shop.payment.refunding import ask_refund, finish_refund
from shop.seller import SellerIdentity
from tests.factories import a_product, an_order
from tests.shop.returns.making import a_paid_order

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_it_says_what_came_and_what_went_back() -> None:
    order = a_paid_order(quantity=1)
    finish_refund(ask_refund(order.payment, reason="Vỡ nắp", amount=Decimal(10_000)), "FT99")
    order.refresh_from_db()
    order.payment.refresh_from_db()
    text = text_of(receipt_pdf(order))
    for words in (
        "Biên nhận thanh toán",
        order.number,
        "10.000",
        "FT99",
        "Vỡ nắp",
        "chứng từ thuế",
    ):
        assert words in text
    assert "hóa đơn" not in text.lower()


def test_it_is_for_who_may_open_the_order_once_money_came() -> None:
    paid, waiting = a_paid_order(), an_order(a_product())
    for order, status in ((paid, 200), (waiting, 404)):
        guest = Client()
        guest.get(order.get_absolute_url())
        url = reverse("order:receipt", args=[order.number])
        assert guest.get(url).status_code == status
        assert Client().get(url).status_code == 404
    guest.get(paid.get_absolute_url())
    assert (
        "bien-nhan"
        in guest.get(reverse("order:receipt", args=[paid.number]))["Content-Disposition"]
    )
    page = guest.get(reverse("order:detail", args=[paid.number])).content.decode()
    assert "Tải biên nhận thanh toán" in page


def test_the_english_receipt_is_in_english() -> None:
    order = a_paid_order(quantity=1)
    Order.objects.filter(pk=order.pk).update(language="en")
    SellerIdentity.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults={"name": SELLER_NAME, "sample": True}
    )
    text = text_of(receipt_pdf(Order.objects.get(pk=order.pk)))
    # The words of one anonymous reviewer are not those that head the buyer's block.
    assert "A buyer" not in text
    assert "Bắc Lũng Commune" in text


def test_only_the_sample_seller_is_translated() -> None:
    translated = {"Phiên chợ": "Fair days", SELLER_NAME: "Phiên chợ (demonstration shop)"}
    with patch("shop.seller.gettext", side_effect=lambda words: translated.get(words, words)):
        assert SellerIdentity(name=SELLER_NAME, sample=True).display_name.endswith("shop)")
        assert SellerIdentity(name="Phiên chợ").display_name == "Phiên chợ"
        assert SellerIdentity(sample=True).display_name == ""
    assert read("pages")["seller"]["name"] == SELLER_NAME
