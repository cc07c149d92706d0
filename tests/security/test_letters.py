"""Letters: whatever people are called, a letter has the headers that we wrote and no other."""

from typing import Any

import pytest
from django.core import mail
from django.core.mail import BadHeaderError
from django.test import Client
from django.urls import reverse

from shop.communication.letters import Letter
from shop.communication.sending import _email_of
from tests.factories import a_buyer, a_producer, a_product, a_shop, signed_in

pytestmark = pytest.mark.django_db

EVIL = "Lan\r\nBcc: ke-xau@example.com\r\nReply-To: x@y.vn\n\nNội dung khác"


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x0b", "\u2028", "\x85", "\x00"])
def test_no_subject_of_any_letter_begins_a_header(break_: str) -> None:
    letter = Letter(
        event_code="ORDER_PAID",
        to="lan@example.com",
        subject=f"Đơn{break_}Bcc: ke-xau@example.com",
        text="x",
        html="<p>x</p>",
    )
    try:
        message: Any = _email_of(letter).message()
    except BadHeaderError:
        return  # Django sends none at all
    assert message["Bcc"] is None and message["Reply-To"] is None
    assert [line for line in str(message["Subject"]).splitlines() if line.startswith("Bcc")] == []


@pytest.mark.django_db(transaction=False)
def test_names_of_goods_and_makers_begin_no_header(
    django_capture_on_commit_callbacks: Any,
) -> None:
    a_shop()
    product = a_product(EVIL[:200], producer=a_producer(EVIL[:100]))
    with django_capture_on_commit_callbacks(execute=True):
        Client().post(
            reverse("questions:of-product", args=[product.slug]),
            {"text": "Mật này lấy tháng mấy?", "email": "hoi@example.com", "name": EVIL},
        )
        signed_in(a_buyer(first_name=EVIL)).post(reverse("customer:email-send"))
    assert mail.outbox
    for sent in mail.outbox:
        message = sent.message()
        assert message["Bcc"] is None and message["Reply-To"] is None
        assert sent.recipients() and "ke-xau@example.com" not in sent.recipients()


@pytest.mark.parametrize(
    "email",
    [
        *("lan@example.com\r\nBcc: x@y.vn", "lan@example.com,x@y.vn", "lan@example.com;x@y.vn"),
        *("lan@example.com x@y.vn", "Lan <lan@example.com>", '"a\r\nb"@example.com'),
    ],
)
def test_one_field_is_one_address(email: str) -> None:
    a_shop()
    product = a_product()
    Client().post(
        reverse("customer:alerts-create", args=[product.pk]), {"email": email, "kind": "stock"}
    )
    Client().post(reverse("customer:password-forgot"), {"email": email})
    assert not Letter.objects.exclude(to="").exists()
