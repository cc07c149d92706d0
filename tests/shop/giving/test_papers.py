"""The papers of a gift: a card for the occasion, a receipt without prices, for nobody else."""

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from shop.giving.cards import design_of, designs
from shop.giving.papers import gift_receipt_pdf, greeting_pdf, opening_of, tells_legend
from shop.order.models import Order, Recipient, ShippingAddress
from shop.order.models.recipient import GREETING_LENGTH, SENDER_LENGTH
from tests.factories import (
    a_buyer,
    a_gift_box,
    a_lot,
    a_producer,
    a_product,
    an_order,
    signed_in,
)

pytestmark = pytest.mark.django_db
STORY = "Ở cuối dãy Huyền Đinh có ngôi đền thờ Thần Nông. Ngày hội người ta làm lễ gieo hạt."


def a_gift(**facts: object) -> Recipient:
    """A box of two makers' goods, packed at a hub, for somebody else than the buyer."""
    tea = a_product("Trà hoa vàng", producer=a_producer("HTX Trường Sơn"))
    longan = a_product("Long nhãn", producer=a_producer("HTX Lục Sơn"))
    box = a_gift_box(of={tea: 1, longan: 2}, description=STORY, producer=a_producer("Nhà hộp"))
    order = an_order(box, 2, buyer=a_buyer("lan@example.vn"))
    return given(order, **facts)


def given(order: Order, **facts: object) -> Recipient:
    """Every parcel of `order` goes to one person."""
    address = ShippingAddress.objects.create(
        first_name="Trần Văn Bình",
        phone_number="+84987654321",
        line1="Số 5 phố Huyện",
        line3="Phường Nếnh",
        line4="Tỉnh Bắc Ninh",
        country=order.shipping_address.country,
    )
    facts = {
        "greeting": "Chúc anh mạnh khỏe, mọi việc hanh thông.",
        "sender_name": "Cháu Lan",
        "card": "tet",
        "deliver_on": date(2027, 2, 1),
        **facts,
    }
    recipient = Recipient.objects.create(order=order, position=1, address=address, **facts)
    order.parcels.update(recipient=recipient)
    return recipient


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def test_every_occasion_has_a_drawing_and_words_in_both_languages() -> None:
    assert len(designs()) == 7
    for design in designs():
        assert design.svg.startswith("<svg")
        assert len(design.code) <= 20
        with override("vi"):
            assert str(design.words) and str(design.label) and str(design.drawing)
    assert design_of("tet").code == "tet"
    assert design_of("no-such").code == design_of("").code == "plain"


def test_the_card_says_the_words_the_sender_and_the_story_and_no_price() -> None:
    pdf = greeting_pdf(a_gift())
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2
    told = text_of(pdf)
    for words in ("CHÚC MỪNG NĂM MỚI", "Trần Văn Bình", "Chúc anh mạnh khỏe", "Cháu Lan"):
        assert words in told
    for words in ("Hạt giống đầu xuân", "ngôi đền thờ Thần Nông"):
        assert words in told
    for words in ("truyền thuyết", "389.000", "778.000", "₫", "0987"):
        assert words not in told


def test_a_legend_is_called_one() -> None:
    recipient = a_gift()
    box = recipient.order.boxes.get().product
    box.description = "Truyền thuyết kể rằng công chúa Quế Mỵ Nương mở ra suối. " + STORY
    box.save()
    assert "· truyền thuyết" in text_of(greeting_pdf(recipient))


@pytest.mark.parametrize(
    "words",
    [
        "W" * GREETING_LENGTH,
        "chúc " * (GREETING_LENGTH // 5),
        "a\n" * (GREETING_LENGTH // 2),
        "",
    ],
)
def test_the_longest_words_and_none_stay_on_two_pages(words: str) -> None:
    recipient = a_gift(greeting=words, sender_name="Đ" * SENDER_LENGTH, card="")
    pdf = greeting_pdf(recipient)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2
    assert text_of(pdf).count("W") == words.count("W")


def test_words_are_words_on_paper_not_markup_and_signs_without_a_letterform_are_left_out() -> None:
    words = '#panic("x") *đậm* $a$ <b> ❤️🎉'
    recipient = a_gift(greeting=words, sender_name="#eval(1)")
    for pdf in (greeting_pdf(recipient), gift_receipt_pdf(recipient)):
        assert "#eval(1)" in text_of(pdf)
    told = text_of(greeting_pdf(recipient))
    assert '#panic("x") *đậm* $a$ <b>' in told
    assert "❤" not in told


def test_the_receipt_says_what_it_is_who_made_it_and_whom_to_ask_and_no_price() -> None:
    recipient = a_gift()
    line = recipient.order.lines.get(title="Long nhãn")
    line.lot = a_lot(line.product, "LN-2611", best_before=date(2027, 6, 30))
    line.save()
    told = text_of(gift_receipt_pdf(recipient))
    for words in ("Trà hoa vàng", "HTX Trường Sơn", "Long nhãn", "HTX Lục Sơn", "LN-2611"):
        assert words in told
    for words in ("30/06/2027", "01/02/2027", "Hạt giống đầu xuân × 2", recipient.order.number):
        assert words in told
    for words in ("hóa đơn", "Hộp và gói quà", "₫", "778.000", "389.000", "lan@example.vn"):
        assert words not in told.lower()


def test_the_receipt_of_one_parcel_says_nothing_of_another() -> None:
    goods = {
        a_product("Mật ong", producer=a_producer("HTX Lục Sơn")): 1,
        a_product("Khoai lang", producer=a_producer("HTX Yên Sơn")): 1,
    }
    recipient = given(an_order(goods))
    mine, other = recipient.parcels.all()
    told = text_of(gift_receipt_pdf(recipient, mine))
    assert mine.lines.get().title in told
    assert other.lines.get().title not in told


def test_a_story_opens_with_whole_sentences() -> None:
    assert opening_of("Một. Hai.\n\nBa.", most=100) == ["Một. Hai.", "Ba."]
    assert opening_of("Một câu. Câu sau dài hơn nhiều.", most=12) == ["Một câu."]
    assert opening_of("Một câu rất dài không dừng", most=14) == ["Một câu rất…"]
    assert opening_of("") == []


@pytest.mark.parametrize(
    ("words", "told"), [("Tương truyền có nàng công chúa.", True), ("Đền dựng năm 2018.", False)]
)
def test_what_says_that_it_is_a_legend_is_one(words: str, told: bool) -> None:
    assert tells_legend([words]) is told


@pytest.mark.parametrize("name", ["greeting", "gift-receipt"])
def test_the_buyer_prints_the_papers_and_nobody_else(name: str) -> None:
    recipient = a_gift()
    order = recipient.order
    address = reverse(f"order:{name}", args=[order.number, 1])
    for opener in (signed_in(order.user), Client()):
        if opener.session.get("_auth_user_id") is None:
            opener.get(order.get_absolute_url())
        response = opener.get(address)
        assert response["Content-Type"] == "application/pdf"
        assert "no-store" in response["Cache-Control"]
    assert Client().get(address).status_code == 404
    assert signed_in(a_buyer()).get(address).status_code == 404
    producer = order.parcels.get().producer
    worker = a_buyer()
    producer.users.add(worker, through_defaults={"role": "owner"})
    assert signed_in(worker).get(address).status_code == 404
    assert (
        signed_in(order.user).get(reverse(f"order:{name}", args=[order.number, 2])).status_code
        == 404
    )
    other = an_order(a_product(), buyer=a_buyer())
    foreign = reverse(f"order:{name}", args=[other.number, 1])
    assert signed_in(order.user).get(foreign).status_code == 404
