"""Questions about products: asked by anybody, read by a moderator first, answered by the maker."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalogue.models import Product
from shop.communication.letters import Letter
from shop.producers.models import Notice
from shop.questions.asking import answer, ask, decide, forget_unconfirmed
from shop.questions.contacts import hide_contacts
from shop.questions.models import Question
from tests.factories import (
    a_buyer,
    a_producer,
    a_product,
    a_question,
    a_spirit,
    a_staff_member,
    a_user,
    signed_in,
    with_rights,
)

pytestmark = pytest.mark.django_db

Status = Question.Status
WORDS = "Mật này lấy vào tháng mấy?"


@pytest.fixture
def product() -> Product:
    return a_product("Mật ong rừng")


@pytest.fixture
def moderator() -> Client:
    return signed_in(with_rights(a_staff_member(), "questions.change_question"))


def url_of(product: Product) -> str:
    return reverse("questions:of-product", args=[product.slug])


def send(client: Client, product: Product, **facts: str) -> Any:
    typed = {"text": WORDS, "name": "Lan", "email": "lan@example.com", "website": "", **facts}
    return client.post(url_of(product), typed)


def page_of(product: Product) -> str:
    return Client().get(product.get_absolute_url()).content.decode()


# --- Asking ----------------------------------------------------------------------------------


def test_a_guest_confirms_by_letter_before_anybody_reads_it(product: Product) -> None:
    client = Client()
    assert send(client, product).status_code == 302
    question = Question.objects.get()
    assert question.status == Status.UNCONFIRMED
    letter = Letter.objects.get(event_code="QUESTION_CONFIRMATION")
    found = re.search(r"http://127.0.0.1:8000(/hoi-dap/xac-nhan/\S+)", letter.text)
    assert found
    # Opening the link is not enough: the programs that check letters do that too.
    assert WORDS in client.get(found[1]).content.decode()
    question.refresh_from_db()
    assert question.status == Status.UNCONFIRMED
    client.post(found[1])
    client.post(found[1])
    question.refresh_from_db()
    assert question.status == Status.WAITING


def test_who_is_signed_in_has_nothing_to_confirm_and_no_other_address(product: Product) -> None:
    buyer = a_buyer()
    send(signed_in(buyer), product, email="khac@example.com")
    question = Question.objects.get()
    assert (question.status, question.email, question.user) == (
        Status.WAITING,
        buyer.email,
        buyer,
    )
    assert not Letter.objects.exists()


def test_the_same_question_twice_is_one_question(product: Product) -> None:
    send(Client(), product)
    send(Client(), product)
    assert Question.objects.count() == 1
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"text": ""}, "Hãy viết câu hỏi."),
        ({"text": "Hả?"}, "Hãy hỏi rõ hơn một chút."),
        ({"text": "Món này chữa khỏi bệnh tiểu đường không?"}, "bệnh tiểu đường"),
        ({"email": "khong phai"}, "field__error"),
        ({"name": "lan@example.com"}, "Chỉ ghi tên gọi."),
        ({"name": "0912345678"}, "Chỉ ghi tên gọi."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    product: Product, facts: dict[str, str], said: str
) -> None:
    response = send(Client(), product, **facts)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert facts.get("text", WORDS) in page
    assert not Question.objects.exists()


def test_the_trap_catches_programs_without_telling_them(product: Product) -> None:
    assert send(Client(), product, website="http://spam.example").status_code == 302
    assert not Question.objects.exists() and not Letter.objects.exists()


def test_one_network_does_not_write_to_the_whole_town(
    product: Product, settings: LazySettings
) -> None:
    settings.RATE_LIMITS_ON = True
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "questions": "3/h"}
    for number in range(3):
        send(Client(), product, email=f"nguoi-{number}@example.com", text=f"{WORDS} {number}")
    assert send(Client(), product, email="mot-nguoi-nua@example.com").status_code == 429


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Gọi tôi 0912 345 678 nhé", "Gọi tôi (đã ẩn) nhé"),
        ("Gọi +84912345678", "Gọi (đã ẩn)"),
        ("Viết cho lan.nguyen@example.com.vn", "Viết cho (đã ẩn)"),
        ("Xem https://shop.example/x và zalo.me/0912", "Xem (đã ẩn) và (đã ẩn)"),
        (
            "Giá 1.250.000 đồng, 500 g, năm 2026, 12 chai",
            "Giá 1.250.000 đồng, 500 g, năm 2026, 12 chai",
        ),
    ],
)
def test_what_calls_people_is_hidden_and_prices_are_not(text: str, kept: str) -> None:
    assert hide_contacts(text) == kept


def test_what_nobody_confirmed_is_forgotten(product: Product) -> None:
    send(Client(), product)
    a_question(product, shown=False)
    Question.objects.update(asked_at=timezone.now() - timedelta(days=15))
    assert forget_unconfirmed() == 1
    assert Question.objects.get().status == Status.WAITING


# --- Reading ---------------------------------------------------------------------------------


def test_only_what_a_moderator_let_through_is_read_and_never_an_address(product: Product) -> None:
    a_question(product, name="Lan", text="Có giao Sài Gòn không?", email="lan@example.com")
    a_question(product, shown=False, text="Chưa ai đọc câu này")
    a_question(product, status=Status.REJECTED, text="Bị loại câu này")
    for url in (product.get_absolute_url(), url_of(product)):
        page = Client().get(url).content.decode()
        assert "Có giao Sài Gòn không?" in page
        assert "lan@example.com" not in page
        assert "câu này" not in page


def test_an_address_typed_as_a_name_is_not_shown(product: Product) -> None:
    assert a_question(product, name="lan@example.com").author_name == "Người mua"


def test_markup_in_a_question_is_text(product: Product) -> None:
    answer(
        a_question(product, text="<script>alert(1)</script>"),
        "<b>x</b>",
        by=a_user(),
        side=Question.From.SHOP,
    )
    page = page_of(product)
    assert "<script>alert" not in page and "<b>x</b>" not in page


def test_many_questions_cost_the_pages_no_more_queries(product: Product) -> None:
    def queries(url: str) -> int:
        client = Client()
        client.get(url)
        with CaptureQueriesContext(connection) as counted:
            client.get(url)
        return len(counted)

    a_question(product)
    urls = (product.get_absolute_url(), url_of(product))
    few = [queries(url) for url in urls]
    for number in range(5):
        a_question(product, text=f"Câu hỏi số {number}")
    assert [queries(url) for url in urls] == few
    assert "Xem cả 6 câu hỏi" in page_of(product)


def test_questions_about_spirits_are_behind_the_age_question() -> None:
    spirit = a_spirit()
    assert Client().get(url_of(spirit)).status_code == 302


def test_a_product_taken_off_has_no_questions_page(product: Product) -> None:
    Product.objects.filter(pk=product.pk).update(live=False, is_public=False)
    assert Client().get(url_of(product)).status_code == 404


# --- Moderators ------------------------------------------------------------------------------


def test_a_moderator_lets_through_and_the_makers_people_hear_once(
    product: Product, moderator: Client
) -> None:
    product.producer.users.add(member := a_user(), through_defaults={"role": "owner"})
    question = a_question(product, shown=False)
    assert WORDS in moderator.get(reverse("questions-staff:queue")).content.decode()
    for _time in range(2):
        moderator.post(reverse("questions-staff:approve", args=[question.pk]))
    assert WORDS in page_of(product)
    assert Notice.objects.filter(user=member, key=f"question:{question.pk}").count() == 1


def test_a_question_is_refused_with_a_reason_and_taken_down(
    product: Product, moderator: Client
) -> None:
    question = a_question(product)
    url = reverse("questions-staff:reject", args=[question.pk])
    moderator.post(url, {f"r{question.pk}-reason": ""})
    question.refresh_from_db()
    assert question.is_shown
    moderator.post(url, {f"r{question.pk}-reason": "Không phải câu hỏi"})
    question.refresh_from_db()
    assert question.is_rejected
    assert WORDS not in page_of(product)


def test_what_its_asker_has_not_confirmed_is_not_decided_on(product: Product) -> None:
    question = ask(product, WORDS, email="lan@example.com", language="vi")
    decide(question, show=True)
    question.refresh_from_db()
    assert question.status == Status.UNCONFIRMED


def test_nobody_else_decides(product: Product) -> None:
    question = a_question(product, shown=False)
    for client, status in (
        (Client(), 302),
        (signed_in(a_buyer()), 403),
        (signed_in(a_staff_member()), 403),
    ):
        assert client.get(reverse("questions-staff:queue")).status_code == status
        for name in ("approve", "reject", "answer"):
            url = reverse(f"questions-staff:{name}", args=[question.pk])
            assert client.post(url).status_code == status
    question.refresh_from_db()
    assert question.status == Status.WAITING


# --- Answers ---------------------------------------------------------------------------------


def test_the_makers_answer_is_shown_and_told_once(product: Product) -> None:
    product.producer.users.add(member := a_user(), through_defaults={"role": "owner"})
    question = a_question(product, email="lan@example.com")
    client = signed_in(member)
    assert WORDS in client.get(reverse("producers:questions")).content.decode()
    url = reverse("producers:answer-question", args=[question.pk])
    client.post(url, {f"a{question.pk}-answer": "Tháng 11. Gọi 0912 345 678."})
    client.post(url, {f"a{question.pk}-answer": "Tháng 11 hằng năm."})
    page = page_of(product)
    assert "Tháng 11 hằng năm." in page
    assert product.producer.display_name in page
    letter = Letter.objects.get(event_code="QUESTION_ANSWERED")
    assert letter.to == "lan@example.com"
    assert "Tháng 11. Gọi (đã ẩn)." in letter.text


def test_a_claim_in_an_answer_is_refused(product: Product) -> None:
    product.producer.users.add(member := a_user(), through_defaults={"role": "owner"})
    question = a_question(product)
    url = reverse("producers:answer-question", args=[question.pk])
    typed = {f"a{question.pk}-answer": "Có, chữa khỏi bệnh dạ dày."}
    assert signed_in(member).post(url, typed).status_code == 422
    question.refresh_from_db()
    assert question.answer == ""


def test_staff_answer_for_the_shop(product: Product, moderator: Client) -> None:
    question = a_question(product)
    url = reverse("questions-staff:answer", args=[question.pk])
    assert moderator.post(url, {f"a{question.pk}-answer": ""}).status_code == 422
    moderator.post(url, {f"a{question.pk}-answer": "Cửa hàng giao toàn quốc."})
    question.refresh_from_db()
    assert question.answered_from == Question.From.SHOP
    assert "Cửa hàng giao toàn quốc." in page_of(product)


def test_another_maker_neither_reads_nor_answers(product: Product) -> None:
    a_producer(members=[stranger := a_user()])
    question = a_question(product)
    client = signed_in(stranger)
    assert WORDS not in client.get(reverse("producers:questions")).content.decode()
    url = reverse("producers:answer-question", args=[question.pk])
    assert client.post(url, {f"a{question.pk}-answer": "Của nhà tôi ngon hơn"}).status_code == 404


def test_what_waits_is_not_answered(product: Product) -> None:
    question = a_question(product, shown=False)
    answer(question, "Sớm quá", by=a_user(), side=Question.From.PRODUCER)
    question.refresh_from_db()
    assert question.answer == ""
    assert not Letter.objects.exists()


def test_a_used_link_says_so_and_has_no_button(product: Product) -> None:
    question = a_question(product, status=Status.UNCONFIRMED)
    link = reverse("questions:confirm", args=[question.key])
    assert "Đúng, gửi câu hỏi này" in Client().get(link).content.decode()
    Client().post(link)
    page = Client().get(link).content.decode()
    assert "Đúng, gửi câu hỏi này" not in page and "đã xác nhận" in page
