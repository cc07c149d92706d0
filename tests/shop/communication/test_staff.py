"""Staff's pages about letters: the log, one letter in its frame, the words of each kind."""

import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from shop.communication.event_type import CommunicationEventType
from shop.communication.letters import MOST_ATTEMPTS, Letter
from shop.communication.sending import send_waiting
from shop.communication.wording.kinds import KINDS
from shop.communication.writing import write_letter
from shop.users.models import User
from tests.factories import (
    a_buyer,
    a_product,
    a_staff_member,
    a_user,
    an_order,
    in_group,
    signed_in,
    with_rights,
)

pytestmark = pytest.mark.django_db

READ, AGAIN = "communication.view_letter", "communication.change_letter"
WORDS = "communication.change_communicationeventtype"


def a_letter(to: str = "lan@example.com", code: str = "ORDER_PAID", **facts: Any) -> Letter:
    facts = {"subject": "Đã nhận tiền", "text": "Cảm ơn", "html": "<p>Cảm ơn</p>", **facts}
    return Letter.objects.create(event_code=code, to=to, **facts)


@pytest.fixture
def staff() -> Client:
    return signed_in(with_rights(a_staff_member(), READ, AGAIN, WORDS))


def page(client: Client, name: str, *args: Any, **query: str) -> str:
    return client.get(reverse(f"letters:{name}", args=args), query).content.decode()


# --- The log ---------------------------------------------------------------------------------


def test_letters_are_found_by_kind_state_address_and_order(staff: Client) -> None:
    order = an_order(a_product())
    a_letter("hoa@example.com", subject="Thư của Hoa", sent_at=timezone.now())
    a_letter("binh@example.com", "ORDER_PLACED", subject="Thư của Bình", order=order)
    a_letter(subject="Thư hỏng", attempts=MOST_ATTEMPTS, last_error="no mail server")
    assert "Thư của Hoa" in page(staff, "index")
    for query, found in (
        ({"loai": "ORDER_PLACED"}, "Thư của Bình"),
        ({"trang-thai": "hong"}, "Thư hỏng"),
        ({"trang-thai": "da-gui"}, "Thư của Hoa"),
        ({"trang-thai": "cho"}, "Thư của Bình"),
        ({"q": "hoa@"}, "Thư của Hoa"),
        ({"q": order.number.lower()}, "Thư của Bình"),
    ):
        shown = page(staff, "index", **query)
        titles = {"Thư của Hoa", "Thư của Bình", "Thư hỏng"}
        assert {title for title in titles if title in shown} == {found}


def test_the_log_asks_no_more_for_more_letters(staff: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            page(staff, "index")
        return len(counted)

    a_letter(order=an_order(a_product()))
    page(staff, "index")
    few = queries()
    for _number in range(5):
        a_letter(order=an_order(a_product()))
    assert queries() == few


def test_a_letters_html_stands_in_a_frame_that_can_do_nothing(staff: Client) -> None:
    letter = a_letter(html="<p>Chào</p><script>alert(1)</script>")
    shown = page(staff, "detail", letter.pk)
    assert re.search(r"<iframe[^>]* sandbox ", shown)
    assert "<script>alert" not in shown
    body = staff.get(reverse("letters:body", args=[letter.pk]))
    policy = body["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script" not in policy
    assert "allow" not in policy


def test_a_letter_that_was_given_up_is_sent_again(staff: Client) -> None:
    letter = a_letter(attempts=MOST_ATTEMPTS, last_error="no mail server")
    assert "Gửi lại" in page(staff, "detail", letter.pk)
    staff.post(reverse("letters:again", args=[letter.pk]))
    send_waiting()
    letter.refresh_from_db()
    assert letter.sent_at is not None
    assert len(mail.outbox) == 1


def test_a_letter_that_went_is_not_sent_again(staff: Client) -> None:
    letter = a_letter(sent_at=timezone.now(), attempts=1)
    assert "Gửi lại" not in page(staff, "detail", letter.pk)
    staff.post(reverse("letters:again", args=[letter.pk]))
    send_waiting()
    assert mail.outbox == []


def test_staff_do_not_read_what_opens_somebodys_account(staff: Client, settings: Any) -> None:
    letter = a_letter(code="PASSWORD_RESET", text="https://x/mat-khau/bi-mat", html="<p>bi-mat</p>")
    assert "bi-mat" not in page(staff, "detail", letter.pk)
    assert staff.get(reverse("letters:body", args=[letter.pk])).status_code == 404
    settings.DEMO_MODE = True
    assert "bi-mat" in page(staff, "detail", letter.pk)


def test_not_even_the_demo_shows_what_opens_an_account_with_rights(
    staff: Client, settings: Any
) -> None:
    settings.DEMO_MODE = True
    people = (a_staff_member(), in_group(a_user(), "Moderators"), a_superuser())
    for person in people:
        letter = a_letter(person.email.upper(), "PASSWORD_RESET", text="bi-mat", html="bi-mat")
        assert "bi-mat" not in page(staff, "detail", letter.pk)
        assert staff.get(reverse("letters:body", args=[letter.pk])).status_code == 404


def a_superuser() -> User:
    return User.objects.create_superuser("chu@example.vn", "mat-khau-cua-chu")


def test_staff_get_no_link_that_is_for_its_reader_alone(staff: Client, settings: Any) -> None:
    link = f"{settings.BASE_URL}/don-hang/PC1/?k=bi-mat"
    letter = a_letter(text=f"Xem đơn: {link}", html=f'<a href="{link}">Xem đơn</a>')
    shown = page(staff, "detail", letter.pk)
    body = staff.get(reverse("letters:body", args=[letter.pk])).content.decode()
    assert "Xem đơn" in shown and "Xem đơn" in body
    for each in (shown, body):
        assert "bi-mat" not in each and "PC1" not in each
        assert f"{settings.BASE_URL}/…" in each
    settings.DEMO_MODE = True
    assert "bi-mat" in page(staff, "detail", letter.pk)


def test_the_demo_says_that_nothing_leaves(staff: Client, settings: Any) -> None:
    assert "không rời khỏi máy" not in page(staff, "index")
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert "không rời khỏi máy" in page(staff, "index")


@pytest.mark.parametrize(
    ("person", "status"),
    [(None, 302), (a_buyer, 403), (a_staff_member, 403)],
)
def test_nobody_else_reads_letters_or_changes_their_words(person: Any, status: int) -> None:
    letter = a_letter(attempts=MOST_ATTEMPTS)
    client = signed_in(person()) if person else Client()
    for name, args in (
        ("index", []),
        ("detail", [letter.pk]),
        ("body", [letter.pk]),
        ("kinds", []),
        ("edit", ["ORDER_PAID"]),
        ("preview", ["ORDER_PAID"]),
    ):
        assert client.get(reverse(f"letters:{name}", args=args)).status_code == status, name
    for name, args in (("again", [letter.pk]), ("edit", ["ORDER_PAID"])):
        assert client.post(reverse(f"letters:{name}", args=args)).status_code == status
    letter.refresh_from_db()
    assert letter.attempts == MOST_ATTEMPTS
    assert not CommunicationEventType.objects.exists()


def test_reading_letters_is_not_sending_them_again() -> None:
    reader = signed_in(with_rights(a_staff_member(), READ))
    letter = a_letter(attempts=MOST_ATTEMPTS)
    assert reader.post(reverse("letters:again", args=[letter.pk])).status_code == 403
    assert reader.get(reverse("letters:kinds")).status_code == 403


# --- Words -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_has_its_page_and_its_preview(staff: Client, language: str) -> None:
    listed = page(staff, "kinds")
    for code in KINDS:
        assert reverse("letters:edit", args=[code]) in listed
        for name in ("edit", "preview"):
            url = f"{reverse(f'letters:{name}', args=[code])}?ngon-ngu={language}"
            assert staff.get(url).status_code == 200, url


def test_words_are_kept_in_one_language_and_forgotten_again(staff: Client) -> None:
    url = reverse("letters:edit", args=["ORDER_PAID"])
    form = staff.get(url).context["form"]
    same = {name: form.initial[name] for name in form.fields}
    staff.post(url, {**same, "subject": "Tiền đã về: {{ order.number }}"})
    row = CommunicationEventType.objects.get(code="ORDER_PAID")
    assert row.source("subject", "vi") == "Tiền đã về: {{ order.number }}"
    # What nobody changed stays the shop's own, and follows it.
    assert (row.source("text", "vi"), row.source("subject", "en")) == ("", "")
    assert "Tiền đã về" in page(staff, "edit", "ORDER_PAID")
    assert "Trở về bản gốc" in page(staff, "edit", "ORDER_PAID")
    staff.post(url, {"original": "1"})
    row.refresh_from_db()
    assert row.source("subject", "vi") == ""
    assert "Trở về bản gốc" not in page(staff, "edit", "ORDER_PAID")


def test_a_wrong_template_is_refused_beside_its_field_and_nothing_is_lost(staff: Client) -> None:
    url = reverse("letters:edit", args=["ORDER_PAID"])
    response = staff.post(url, {"subject": "x", "text": "{% load i18n %} {{ link }}", "html": ""})
    assert response.status_code == 422
    shown = response.content.decode()
    assert "Không có thẻ" in shown
    assert "{% load i18n %}" in shown
    assert not CommunicationEventType.objects.exists()


def test_a_preview_shows_what_stands_in_the_form_and_keeps_nothing(staff: Client) -> None:
    url = reverse("letters:preview", args=["ORDER_PAID"])
    words = {"subject": "Mới: {{ order.number }}", "text": "Lời mới {{ link }}", "html": ""}
    html = staff.post(url, words).content.decode()
    assert "Mới: PC-MAU-01" in html
    assert "Lời mới" in staff.post(f"{url}?phan=text", words).content.decode()
    refused = staff.post(url, {**words, "text": "{{ settings }}"})
    assert "Thư này không có" in refused.content.decode()
    assert "sandbox" in refused["Content-Security-Policy"]
    assert not CommunicationEventType.objects.exists()


def test_a_letter_that_does_not_exist_is_not_edited(staff: Client) -> None:
    assert staff.get(reverse("letters:edit", args=["NO_SUCH"])).status_code == 404


def test_the_dashboards_menu_leads_to_our_page() -> None:
    menu = with_rights(a_staff_member(), WORDS, "communication.view_communicationeventtype")
    response = signed_in(menu).get(reverse("dashboard:comms-list"))
    assert response.status_code == 302
    assert response["Location"] == reverse("letters:kinds")


# --- Sending ---------------------------------------------------------------------------------


def test_a_name_with_line_breaks_begins_no_header() -> None:
    facts = {"title": "Mật ong\r\nBcc: all@example.com", "link": "https://x/"}
    letter = write_letter("PRODUCT_ALERT", to="lan@example.com", context=facts, language="vi")
    assert "\n" not in letter.subject and "\r" not in letter.subject
    send_waiting()
    [message] = mail.outbox
    assert message.recipients() == ["lan@example.com"]
    assert "Bcc" not in message.message()


def test_a_long_subject_is_cut_not_refused() -> None:
    facts = {"title": "Mật ong " * 100, "link": "https://x/"}
    letter = write_letter("PRODUCT_ALERT", to="lan@example.com", context=facts, language="vi")
    letter.refresh_from_db()
    assert len(letter.subject) == 250
    send_waiting()
    assert len(mail.outbox) == 1


def test_a_letter_that_may_be_stopped_says_so_to_the_mail_program() -> None:
    facts = {"title": "Mật ong", "link": "https://x/"}
    stop = "https://cho.example/thoi/"
    write_letter("PRODUCT_ALERT", to="a@b.vn", context=facts, language="vi", stop_link=stop)
    write_letter("PRODUCT_ALERT", to="a@b.vn", context=facts, language="vi")
    send_waiting()
    headers = [message.extra_headers for message in mail.outbox]
    assert headers[0]["List-Unsubscribe"] == f"<{stop}>"
    assert headers[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers[1] == {}
