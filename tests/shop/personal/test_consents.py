"""Consent: asked with nothing ticked, logged, withdrawn by anybody who has the link."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from shop.communication.models import Letter
from shop.personal.consenting import Source, give, has_consent, withdraw, withdraw_link
from shop.personal.models import Consent
from shop.personal.purposes import NEWS
from shop.seller import default_seller
from shop.users.models import User
from tests.factories import (
    a_basket_with,
    a_buyer,
    a_product,
    a_staff_member,
    signed_in,
    with_rights,
)

pytestmark = pytest.mark.django_db

GUEST = "khach@example.vn"
PASSWORD = "bánh mật lá chuối 88"


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def test_the_latest_answer_holds_and_saying_it_again_writes_nothing() -> None:
    assert not has_consent(NEWS, GUEST)
    give(NEWS, GUEST, source=Source.CHECKOUT)
    give(NEWS, "KHACH@example.vn ", source=Source.CHECKOUT)
    assert has_consent(NEWS, "Khach@Example.vn")
    withdraw(NEWS, GUEST, source=Source.LINK)
    withdraw(NEWS, GUEST, source=Source.LINK)
    assert not has_consent(NEWS, GUEST)
    assert [row.granted for row in Consent.objects.order_by("pk")] == [True, False]


def test_the_log_keeps_the_words_their_version_and_who_asks() -> None:
    give(NEWS, GUEST, source=Source.CHECKOUT)
    row = Consent.objects.get()
    assert (default_seller().name or "Phiên chợ") in row.words
    assert "rút lại lúc nào cũng được" in row.words
    assert (row.words_version, row.source, row.email) == (NEWS.version, "checkout", GUEST)


def test_a_guest_is_told_by_letter_and_gets_out_without_signing_in() -> None:
    give(NEWS, GUEST, source=Source.CHECKOUT)
    letter = Letter.objects.get(event_code="CONSENT_GIVEN")
    link = withdraw_link(NEWS, GUEST)
    assert link in letter.text and letter.stop_link == link
    assert GUEST not in link
    browser = Client(enforce_csrf_checks=True)
    assert browser.get(path_of(link)).status_code == 200
    assert has_consent(NEWS, GUEST)  # a program that only looks ends nothing
    browser.post(path_of(link), {"List-Unsubscribe": "One-Click"})
    browser.post(path_of(link))
    assert not has_consent(NEWS, GUEST)
    assert Consent.objects.first().source == Source.LINK


def test_a_forged_link_opens_nothing() -> None:
    give(NEWS, GUEST, source=Source.CHECKOUT)
    link = path_of(withdraw_link(NEWS, GUEST))
    assert Client().post(link[:-4] + "xxx/").status_code == 404
    assert has_consent(NEWS, GUEST)


def test_checkout_and_sign_up_tick_nothing_beforehand(client: Client) -> None:
    a_basket_with(a_product())
    page = client.get(reverse("customer:register")).content.decode()
    assert 'name="consent_news"' in page
    box = page[page.index('name="consent_news"') - 60 : page.index('name="consent_news"') + 60]
    assert "checked" not in box


def test_signing_up_with_the_box_ticked_is_a_consent_and_without_it_none(client: Client) -> None:
    form = {"first_name": "Lục", "email": "luc@example.vn", "phone": "", "password1": PASSWORD}
    client.post(reverse("customer:register"), {**form, "password2": PASSWORD})
    assert not Consent.objects.exists()
    User.objects.all().delete()
    Client().post(
        reverse("customer:register"), {**form, "password2": PASSWORD, "consent_news": "on"}
    )
    row = Consent.objects.get()
    assert (row.source, row.user.email) == (Source.SIGN_UP, "luc@example.vn")


def test_the_account_gives_and_withdraws() -> None:
    user = a_buyer()
    user.email_verified_at = timezone.now()
    user.save()
    client = signed_in(user)
    client.post(reverse("customer:consents"), {"news": "on"})
    assert has_consent(NEWS, user.email)
    assert "checked" in client.get(reverse("customer:privacy")).content.decode()
    client.post(reverse("customer:consents"))
    assert not has_consent(NEWS, user.email)


def test_the_yes_of_a_sign_up_counts_once_its_address_is_proved() -> None:
    user = a_buyer(email=GUEST)
    give(NEWS, GUEST, source=Source.SIGN_UP, user=user)
    assert not has_consent(NEWS, GUEST)
    staff = with_rights(a_staff_member(), "personal.view_consent")
    page = signed_in(staff).get(reverse("consents:index"))
    assert page.context["agreeing"] == 0
    user.email_verified_at = timezone.now()
    user.save()
    assert has_consent(NEWS, GUEST)
    assert signed_in(staff).get(reverse("consents:index")).context["agreeing"] == 1


def test_who_signs_up_with_a_strangers_address_neither_sees_nor_changes_its_answers() -> None:
    give(NEWS, GUEST, source=Source.CHECKOUT)
    client = signed_in(a_buyer(email=GUEST))
    page = client.get(reverse("customer:privacy")).content.decode()
    assert 'name="news"' not in page and "Hãy xác nhận email trước" in page
    response = client.post(reverse("customer:consents"))
    assert response["Location"] == reverse("customer:profile-update")
    assert has_consent(NEWS, GUEST)
    withdraw(NEWS, GUEST, source=Source.LINK)
    client.post(reverse("customer:consents"), {"news": "on"})
    assert not has_consent(NEWS, GUEST)


@pytest.mark.parametrize(
    ("who", "status"), [("visitor", 302), ("buyer", 403), ("staff", 403), ("with right", 200)]
)
def test_the_log_is_looked_up_by_staff_with_the_right(who: str, status: int) -> None:
    person: Any = {"visitor": None, "buyer": a_buyer, "staff": a_staff_member}.get(
        who, lambda: with_rights(a_staff_member(), "personal.view_consent")
    )
    client = signed_in(person()) if person else Client()
    give(NEWS, GUEST, source=Source.CHECKOUT)
    response = client.get(reverse("consents:index"), {"q": GUEST})
    assert response.status_code == status
    if status == 200:
        assert GUEST in response.content.decode()
        assert client.post(reverse("consents:addresses")).status_code == 403


def test_the_list_of_addresses_holds_whoever_agrees_now_with_their_way_out() -> None:
    give(NEWS, GUEST, source=Source.CHECKOUT)
    give(NEWS, "thoi@example.vn", source=Source.CHECKOUT)
    withdraw(NEWS, "thoi@example.vn", source=Source.LINK)
    staff = with_rights(a_staff_member(), "personal.view_consent", "personal.take_addresses")
    response = signed_in(staff).post(reverse("consents:addresses"))
    rows = list(load_workbook(BytesIO(response.content)).active.values)
    assert [row[0] for row in rows[1:]] == [GUEST]
    assert rows[1][3] == withdraw_link(NEWS, GUEST)
