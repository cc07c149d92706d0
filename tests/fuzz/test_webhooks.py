"""Messages that are signed and make no sense: a teller that errs, or one whose secret leaked."""

import hashlib
import hmac
import json
import logging
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import a_shop
from tests.fuzz.values import DEEP, json_values
from tests.shop.payment.providers import speaking

pytestmark = pytest.mark.django_db

GHN_KEY, STRIPE_KEY = "ghn-key", "whsec_x"
FACTS = st.dictionaries(
    st.sampled_from(
        (
            *("id", "reference", "referenceCode", "description", "content", "amount", "code"),
            *("transferAmount", "transactionDate", "transactionDateTime", "accountNumber"),
            *("orderCode", "currency", "transferType", "subAccount", "desc"),
        )
    ),
    json_values | st.just("\ud800") | st.just("a\x00b"),
    max_size=5,
)


@pytest.fixture(autouse=True)
def _set_up(settings: Any) -> Iterator[None]:
    settings.SEPAY_WEBHOOK_SECRET = speaking.SEPAY_SECRET
    settings.CASSO_WEBHOOK_KEY = speaking.CASSO_KEY
    settings.PAYOS_CHECKSUM_KEY = speaking.PAYOS_KEY
    settings.STRIPE_WEBHOOK_SECRET = STRIPE_KEY
    settings.GHN_WEBHOOK_SECRET = GHN_KEY
    settings.GHN_TOKEN, settings.GHN_SHOP_ID = "token", "1"
    a_shop()
    # Refusals are logged with what was sent: halves of letters, which no report of tests can carry.
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def say(path: str, body: bytes, headers: dict[str, str]) -> int:
    client = Client(raise_request_exception=False)
    return client.post(path, body, content_type="application/json", headers=headers).status_code


def of_stripe(body: bytes) -> dict[str, str]:
    now = str(int(time.time()))
    mac = hmac.new(STRIPE_KEY.encode(), now.encode() + b"." + body, hashlib.sha256)
    return {"Stripe-Signature": f"t={now},v1={mac.hexdigest()}"}


@pytest.mark.parametrize("teller", ["sepay", "casso", "payos"])
@given(facts=FACTS)
@settings(max_examples=25, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_signed_message_breaks_the_door(teller: str, facts: dict[str, Any]) -> None:
    speak = getattr(speaking, teller)
    try:
        amount = facts.pop("amount", 45_000)
        body, headers = speak("CT PC1234", amount, timezone.localtime(), **facts)
    except UnicodeEncodeError:  # half a letter, which no signature can be made over
        return
    assert say(f"/webhooks/{teller}/", body, headers) in (200, 400, 401)


@given(event=json_values, kind=st.sampled_from(("checkout.session.completed", "x", "\ud800")))
@settings(max_examples=25, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_signed_event_of_stripe_breaks_the_door(event: Any, kind: str) -> None:
    for told in (event, {"id": event, "type": kind}, {"id": "e", "type": kind, "data": event}):
        body = json.dumps(told).encode()
        assert say("/webhooks/stripe/", body, of_stripe(body)) in (200, 400)


@given(facts=st.dictionaries(st.sampled_from(("Type", "Status", "OrderCode", "Time")), json_values))
@settings(max_examples=25, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_message_of_a_carrier_breaks_the_door(facts: dict[str, Any]) -> None:
    told = {"Type": "create", "Status": "x", "OrderCode": "A", "Time": "2026-11-27", **facts}
    status = say(f"/webhooks/van-chuyen/ghn/?khoa={GHN_KEY}", json.dumps(told).encode(), {})
    assert status in (200, 400, 413)


@pytest.mark.parametrize("body", [DEEP[:60_000], '{"a":' * 9_000, "nul", "", '"\\ud800"', "1e999"])
def test_depth_and_nonsense_are_answered_in_words(body: str) -> None:
    sent = body.encode()
    assert say("/webhooks/stripe/", sent, of_stripe(sent)) == 400
    assert say(f"/webhooks/van-chuyen/ghn/?khoa={GHN_KEY}", sent, {}) == 400
    now = str(int(timezone.now().timestamp()))
    mac = hmac.new(speaking.SEPAY_SECRET.encode(), now.encode() + b"." + sent, hashlib.sha256)
    signed = {"X-SePay-Timestamp": now, "X-SePay-Signature": f"sha256={mac.hexdigest()}"}
    assert say("/webhooks/sepay/", sent, signed) == 400


def test_a_message_that_is_too_long_is_not_read() -> None:
    long = b'{"a": "' + b"x" * 2_000_000 + b'"}'
    for path in (
        "/webhooks/sepay/",
        "/webhooks/stripe/",
        f"/webhooks/van-chuyen/ghn/?khoa={GHN_KEY}",
    ):
        assert say(path, long, {}) == 413
