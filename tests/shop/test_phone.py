import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from shop.phone import PhoneField, display_phone, normalise_phone


@pytest.mark.parametrize(
    ("raw", "e164"),
    [
        ("0912345678", "+84912345678"),
        ("0912 345 678", "+84912345678"),
        ("0912.345.678", "+84912345678"),
        ("0912-345-678", "+84912345678"),
        ("0912\u2011345\u2011678", "+84912345678"),  # non-breaking hyphens
        ("+84 912345678", "+84912345678"),
        ("+84 (0) 912 345 678", "+84912345678"),
        ("0084912345678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("\u00a00912 345 678 ", "+84912345678"),
        ("０９１２３４５６７８", "+84912345678"),
        ("＋８４９１２３４５６７８", "+84912345678"),
        ("0362345678", "+84362345678"),
        ("0562345678", "+84562345678"),
        ("0701234567", "+84701234567"),
        ("(024) 3825 1234", "+842438251234"),
        ("0204 3854 123", "+842043854123"),  # Bắc Giang landline
        ("028 3829 1234", "+842838291234"),
    ],
)
def test_usual_ways_of_writing_give_one_number(raw: str, e164: str) -> None:
    assert normalise_phone(raw) == e164
    assert normalise_phone(display_phone(e164)) == e164


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "required"),
        ("   ", "required"),
        ("091234567", "invalid_phone"),
        ("09123456789", "invalid_phone"),
        ("912", "invalid_phone"),
        ("113", "invalid_phone"),
        ("19001234", "invalid_phone"),
        ("0000000000", "invalid_phone"),
        ("gọi sau 5 giờ", "invalid_phone"),
        ("0912-HOA-VANG", "invalid_phone"),
        ("0912345678 / 0987654321", "invalid_phone"),
        ("0912345678 x12", "invalid_phone"),
        ("0912345678; DROP TABLE", "invalid_phone"),
        ("9" * 5000, "invalid_phone"),
        ("+", "invalid_phone"),
        ("\x00", "invalid_phone"),
        ("+1 650 253 0000", "foreign_phone"),
        ("+85512345678", "foreign_phone"),
        ("01662345678", "changed_phone"),
        ("+84 121 234 5678", "changed_phone"),
    ],
)
def test_other_input_is_refused_with_a_reason(raw: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        normalise_phone(raw)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0166 234 5678", "0362 345 678"),
        ("0120 234 5678", "0702 345 678"),
        ("0123 234 5678", "0832 345 678"),
        ("0199 234 5678", "0592 345 678"),
    ],
)
def test_an_eleven_digit_mobile_number_is_answered_with_its_successor(old: str, new: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        normalise_phone(old)
    message = refusal.value.messages[0]
    assert new in message
    assert "đã đổi đầu số" in message
    assert normalise_phone(new)


@given(st.one_of(st.text(), st.from_regex(r"\+?[0-9 ().\-]{1,30}", fullmatch=True)))
def test_any_text_gives_a_number_or_a_validation_error(raw: str) -> None:
    try:
        number = normalise_phone(raw)
    except ValidationError as refusal:
        assert refusal.messages[0]
    else:
        assert number.startswith("+84")
        assert normalise_phone(number) == number


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+84912345678", "0912 345 678"),
        ("+842438251234", "024 3825 1234"),
        ("", ""),
        ("+16502530000", "+16502530000"),
        ("abc", "abc"),
    ],
)
def test_stored_numbers_are_shown_as_people_write_them(stored: str, shown: str) -> None:
    assert display_phone(stored) == shown


class CallMeForm(forms.Form):
    phone = PhoneField()
    second_phone = PhoneField(required=False)


def test_form_cleans_to_the_stored_form() -> None:
    form = CallMeForm({"phone": "0912.345.678"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"phone": "+84912345678", "second_phone": ""}


def test_form_keeps_what_was_typed_beside_its_error() -> None:
    form = CallMeForm({"phone": "09123 bốn năm"})
    assert not form.is_valid()
    assert "0912 345 678" in form.errors["phone"][0]
    assert 'value="09123 bốn năm"' in str(form["phone"])


def test_form_shows_a_stored_number_with_spaces_on_a_telephone_keypad() -> None:
    html = str(CallMeForm(initial={"phone": "+84912345678"})["phone"])
    assert 'value="0912 345 678"' in html
    assert 'type="tel"' in html
    assert 'inputmode="tel"' in html
    assert 'autocomplete="tel"' in html


def test_spacing_alone_is_no_change() -> None:
    form = CallMeForm({"phone": "0912 345 678"}, initial={"phone": "+84912345678"})
    assert not form.has_changed()
