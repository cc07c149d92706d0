"""“All my data”: compared with the database, column by column, and nobody else's in it."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shop.communication.models import Letter
from shop.personal.exporting import (
    ask_for_export,
    data_of,
    forget_old_exports,
    page_of,
    words_of_keys,
)
from shop.personal.models import DataExport
from shop.personal.registry import Person, held
from shop.personal.rows import SECRETS, plain
from shop.users.models import User
from tests.factories import a_buyer, a_product, a_received_order, a_review, signed_in
from tests.shop.personal.seeding import MARK, guest_order, seeded_customer

pytestmark = pytest.mark.django_db

PASSWORD = "bánh mật lá chuối 88"
#: Tables whose rows stand in the export in another form, or are not the person's to take.
NOT_TOLD = {
    "sessions.Session": "opens the account",
    "axes.AccessAttemptExpiration": "a deadline of the lock-out",
    "auditlog.LogEntry": "the shop's own log",
    "otp_totp.TOTPDevice": "opens the account",
    "otp_static.StaticDevice": "opens the account",
    "otp_static.StaticToken": "opens the account",
    "analytics.UserRecord": "nothing writes it",
    "analytics.UserProductView": "nothing writes it",
    "analytics.UserSearch": "nothing writes it",
    "communication.Email": "nothing writes it",
    "communication.Notification": "nothing writes it",
    "payment.Bankcard": "nothing writes it",
    "wagtailusers.UserProfile": "editors'",
    "order.LinePrice": "the sums of the lines once more",
    "order.LineAttribute": "nothing writes it",
    "order.OrderLineDiscount": "the discounts of the order, divided",
    "order.OrderNote": "staff's own",
    "order.OrderStatusChange": "told by letters",
    "order.BillingAddress": "nothing writes it",
    "order.CommunicationEvent": "nothing writes it",
    "order.ShippingEvent": "nothing writes it",
    "order.ShippingEventQuantity": "nothing writes it",
    "order.PaymentEvent": "nothing writes it",
    "order.PaymentEventQuantity": "nothing writes it",
    "carriers.Shipment": "between shop and carrier; the parcel has the number",
    "voucher.VoucherApplication": "the discounts of the order say it",
    "payment.ProviderMessage": "between provider and shop; the money is told",
    "payment.RefundLine": "between refund and line",
    "payment.Source": "the ledger once more",
    "payment.Transaction": "the ledger once more",
    "basket.LineAttribute": "nothing writes it",
    "giving.GiftShare": "how many of which line",
    "reviews.ReviewInvitation": "told by letter",
    "partner.Membership": "a reason not to be erased",
    "producers.NoEmail": "a wish of a producer's member",
    "personal.Erasure": "only hashes",
    "personal.AnonymousOrder": "nobody in it",
}


def tables(data: dict[str, Any]) -> list[list[dict[str, Any]]]:
    return [
        rows
        for name, held_data in data.items()
        if name != "about"
        for rows in (held_data.values() if isinstance(held_data, dict) else [held_data])
    ]


def test_every_column_of_the_customer_is_told_as_the_database_has_it() -> None:
    user = seeded_customer()
    data = data_of(Person.of(user))
    told = [row for rows in tables(data) for row in rows]
    for label in held():
        if label in NOT_TOLD:
            continue
        model = apps.get_model(label)
        for row in model._base_manager.all():
            facts = {
                field.attname: plain(getattr(row, field.attname))
                if not hasattr(getattr(row, field.attname), "name")
                else getattr(row, field.attname).name
                for field in model._meta.concrete_fields
                if field.name not in SECRETS
            }
            best = max(told, key=lambda other: len(facts.items() & _hashable(other, facts)))
            missing = {
                name: value
                for name, value in facts.items()
                if MARK in str(value) and str(best.get(name)) != str(value)
            }
            # What is left out names somebody else, or is the shop's own.
            assert not {name for name in missing if (label, name) not in LEFT_OUT}, (
                f"{label}: {missing}"
            )


#: Columns left out on purpose: staff's words to staff, hashes, copies of a text as HTML.
LEFT_OUT = {
    ("communication.Letter", "html"),
    ("communication.Letter", "stop_link"),
    ("communication.Letter", "last_error"),
    ("payment.Payment", "memory"),
    ("payment.Refund", "error"),
    ("users.User", "last_name"),
    ("axes.AccessAttempt", "get_data"),
    ("axes.AccessAttempt", "post_data"),
    ("axes.AccessAttempt", "http_accept"),
    ("axes.AccessFailureLog", "http_accept"),
    ("axes.AccessLog", "http_accept"),
    ("axes.AccessLog", "session_hash"),
    ("personal.DataExport", "file"),
}


def _hashable(row: dict[str, Any], like: dict[str, Any]) -> Any:
    return {(name, row[name]) for name in like if name in row and _is_plain(row[name])}


def _is_plain(value: Any) -> bool:
    return not isinstance(value, dict | list)


def test_nobody_elses_data_is_in_it() -> None:
    other = a_buyer(email="khac@example.vn", first_name="Người Khác")
    order = a_received_order(a_product("Trà của người khác"), buyer=other)
    a_review(order.lines.get().product, user=other, body="Lời của người khác")
    user = a_buyer(email="toi@example.vn")
    mine = a_received_order(a_product("Mật của tôi"), buyer=user)
    text = json.dumps(data_of(Person.of(user)), ensure_ascii=False)
    assert mine.number in text and "Mật của tôi" in text
    for needle in (order.number, "khac@example.vn", "người khác", "Người Khác"):
        assert needle not in text


def test_orders_without_an_account_come_only_with_the_proved_address() -> None:
    order = guest_order()
    user = a_buyer(email="dauvet@dauvet.example")
    assert order.number not in json.dumps(data_of(Person.of(user)))
    assert not any(letter["to"] for letter in data_of(Person.of(user))["letters"])
    user.email_verified_at = timezone.now()
    assert order.number in json.dumps(data_of(Person.of(user)))


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("hoa@example.vn", PASSWORD, first_name="Hoa")


def made(owner: User, capture: Any) -> DataExport:
    with capture(execute=True):
        ask_for_export(owner)
    return DataExport.objects.get()


def test_the_file_is_made_in_the_background_and_told_by_letter(
    owner: User, django_capture_on_commit_callbacks: Any
) -> None:
    export = made(owner, django_capture_on_commit_callbacks)
    assert export.state == DataExport.State.READY
    archive = zipfile.ZipFile(BytesIO(export.file.read()))
    assert {"data.json", "doc-toi.html", "README.txt"} <= set(archive.namelist())
    data = json.loads(archive.read("data.json"))
    assert data["account"]["profile"][0]["email"] == "hoa@example.vn"
    assert "password" not in data["account"]["profile"][0]
    assert "hoa@example.vn" in archive.read("doc-toi.html").decode()
    assert "profile.first_name: Họ và tên" in archive.read("README.txt").decode()
    assert Letter.objects.get().event_code == "DATA_READY"


def test_only_its_owner_takes_it_and_says_the_password_once_more(
    owner: User, django_capture_on_commit_callbacks: Any
) -> None:
    export = made(owner, django_capture_on_commit_callbacks)
    url = reverse("customer:data-download", args=[export.pk])
    assert Client().post(url, {"password": PASSWORD}).status_code == 302
    assert signed_in(a_buyer()).post(url, {"password": PASSWORD}).status_code == 404
    mine = signed_in(owner)
    assert mine.get(url)["Content-Type"].startswith("text/html")
    assert mine.post(url, {"password": "sai"}).status_code == 422
    response = mine.post(url, {"password": PASSWORD})
    assert zipfile.is_zipfile(BytesIO(b"".join(response.streaming_content)))
    assert response["Cache-Control"] == "private, no-store"


def test_it_is_gone_after_seven_days(owner: User, django_capture_on_commit_callbacks: Any) -> None:
    export = made(owner, django_capture_on_commit_callbacks)
    name = export.file.name
    DataExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    url = reverse("customer:data-download", args=[export.pk])
    assert signed_in(owner).post(url, {"password": PASSWORD}).status_code == 404
    assert forget_old_exports() == 1
    assert not storages["private"].exists(name)


def test_asked_twice_it_is_made_once(owner: User) -> None:
    assert ask_for_export(owner) == ask_for_export(owner)


def test_the_page_and_the_guide_speak_to_people_of_what_is_in_the_file() -> None:
    user = seeded_customer()
    data = data_of(Person.of(user))
    page, guide = page_of(data), words_of_keys(data)
    for raw in ("product__title", "date_joined", "line_price_incl_tax", "created_at", "_id<"):
        assert raw not in page
    for words in ("Đặt lúc", "Xã, phường", "Thiết bị đã đăng nhập", "Họ và tên"):
        assert words in page
    for left_out in ("password", "session_data", "session_key", "token", "axes."):
        assert left_out not in guide
    told = {line.split(":")[0].strip() for line in guide.splitlines() if line.startswith("  ")}
    assert {"profile.email", "orders.number", "to"} <= told
    columns = {
        f"{name}.{column}" if name else column
        for held_data in data.values()
        for name, rows in (held_data.items() if isinstance(held_data, dict) else [("", held_data)])
        if isinstance(rows, list)
        for row in rows
        for column in row
    }
    assert told == columns
