import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.text import fold, slugify_vi


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đông trùng hạ thảo", "dong trung ha thao"),
        ("ĐÔNG TRÙNG HẠ THẢO", "dong trung ha thao"),
        ("Bánh mật Thanh Lâm", "banh mat thanh lam"),
        ("Rượu nếp cái hoa vàng", "ruou nep cai hoa vang"),
        ("Trà hoa vàng\u00a0 túi  lọc\n", "tra hoa vang tui loc"),
        ("Ðồi Ngô", "doi ngo"),  # eth instead of Đ
        ("mật\u200bong", "matong"),
        ("\ufeffKhoai lang", "khoai lang"),
        ("", ""),
        ("  \t ", ""),
        ("Mật ong 🍯", "mat ong 🍯"),
        ("500 g – 1 kg", "500 g – 1 kg"),
    ],
)
def test_folding_drops_marks_case_and_spare_space(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["Đông trùng hạ thảo", "Nem chua Tư Thủy", "Rượu ướp ổi ngỗng"])
def test_decomposed_and_composed_input_fold_alike(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text
    assert fold(decomposed) == fold(text)


def test_both_places_of_the_tone_mark_fold_alike() -> None:
    assert fold("Tư Thuỷ") == fold("Tư Thủy") == "tu thuy"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đông trùng hạ thảo khô", "dong-trung-ha-thao-kho"),
        ("Trà hoa vàng (túi lọc) – 20 gói", "tra-hoa-vang-tui-loc-20-goi"),
        ("Đ", "d"),
        ("Ở", "o"),
        ("Mật ong 🍯", "mat-ong"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_slug_is_readable_ascii(text: str, slug: str) -> None:
    assert slugify_vi(text) == slug


@given(st.text())
def test_slug_is_ascii_and_empty_only_for_blank_text(text: str) -> None:
    slug = slugify_vi(text)
    assert slug.isascii()
    assert not set(slug) - set("abcdefghijklmnopqrstuvwxyz0123456789-_")
    assert bool(slug) == bool(fold(text))


def test_slug_of_an_emoji_is_stable_and_its_own() -> None:
    assert slugify_vi("🍯") == slugify_vi(" 🍯 ")
    assert slugify_vi("🍯") != slugify_vi("🍠")


def test_oscar_may_ask_for_unicode_and_gets_ascii() -> None:
    assert slugify_vi("Rượu, đồ uống", allow_unicode=True) == "ruou-do-uong"
