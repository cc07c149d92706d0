"""What a buyer types, and what it must find, on the nine products of Lục Nam."""

import unicodedata

import pytest

from catalogue.lookup.entries import Entry
from catalogue.lookup.search import search

LUC_NAM = "huyện Lục Nam Bắc Giang Thành phố Bắc Ninh"
GOODS = [
    ("Khoai lang Yên Sơn", "Hộ kinh doanh thôn Nội Chùa Xã Bắc Lũng Yên Sơn", "Rau củ quả tươi"),
    ("Long nhãn Lục Sơn", "HTX dịch vụ nông nghiệp xã Lục Sơn", "cùi nhãn sấy"),
    ("Rượu đông trùng hạ thảo", "Công ty TNHH dược thảo Trường Thọ", "Đồ uống có cồn khác"),
    ("Mật ong đông trùng hạ thảo", "Công ty TNHH dược thảo Trường Thọ", "Mật ong"),
    ("Bánh mật Thanh Lâm", "Tổ hợp tác bánh mật Thanh Lâm Xã Bảo Đài", "Chế biến từ gạo"),
    ("Nem chua Tư Thủy", "Hộ kinh doanh thôn Lầm Xã Trường Sơn", "Chế biến từ thịt"),
    ("Trà hoa vàng", "HTX dược liệu công nghệ cao Trường Sơn", "Sản phẩm chè, trà"),
    (
        "Trà hoa vàng đông trùng túi lọc",
        "HTX dược liệu công nghệ cao Trường Sơn",
        "Sản phẩm chè, trà",
    ),
    ("Đông trùng hạ thảo khô", "Cơ sở ở thôn Đông Sơn Xã Đông Phú Đông Hưng", "Dược liệu khác"),
]
ENTRIES = [
    Entry("product", number, title, places=f"{places} {LUC_NAM}", text=text)
    for number, (title, places, text) in enumerate(GOODS)
] + [
    Entry("story", 100, "Bánh mật, thức quà đi cùng ngày Tết", text="bột nếp, mật mía ở Thanh Lâm"),
    Entry("producer", 101, "Tổ hợp tác bánh mật (Thanh Lâm)", places="Xã Bảo Đài Thanh Lâm"),
]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("khoai lang yen son", "Khoai lang Yên Sơn"),
        ("KHOAI LANG", "Khoai lang Yên Sơn"),
        ("khoai", "Khoai lang Yên Sơn"),
        ("noi chua", "Khoai lang Yên Sơn"),
        ("Bắc Lũng", "Khoai lang Yên Sơn"),
        ("bac lung", "Khoai lang Yên Sơn"),
        ("dong trung", "Đông trùng hạ thảo khô"),
        ("Đông trùng", "Đông trùng hạ thảo khô"),
        ("đông trùng khô", "Đông trùng hạ thảo khô"),
        ("dong hung", "Đông trùng hạ thảo khô"),
        ("đông phú", "Đông trùng hạ thảo khô"),
        ("banh mat thanh lam", "Bánh mật Thanh Lâm"),
        ("bánh mật", "Bánh mật Thanh Lâm"),
        ("bao dai", "Bánh mật Thanh Lâm"),
        ("tra hoa vang", "Trà hoa vàng"),
        ("TRÀ HOA VÀNG", "Trà hoa vàng"),
        ("tra hoa v", "Trà hoa vàng"),
        ("tui loc", "Trà hoa vàng đông trùng túi lọc"),
        ("long nhan", "Long nhãn Lục Sơn"),
        ("luc son", "Long nhãn Lục Sơn"),
        ("nhan", "Long nhãn Lục Sơn"),
        ("nem chua", "Nem chua Tư Thủy"),
        ("tu thuy", "Nem chua Tư Thủy"),
        ("Tư Thuỷ", "Nem chua Tư Thủy"),
        ("thon lam", "Nem chua Tư Thủy"),
        ("ruou dong trung", "Rượu đông trùng hạ thảo"),
        ("mat ong", "Mật ong đông trùng hạ thảo"),
        ("mật ong, đông trùng!", "Mật ong đông trùng hạ thảo"),
        ("truong tho mat ong", "Mật ong đông trùng hạ thảo"),
        ("duoc lieu cong nghe cao", "Trà hoa vàng"),
    ],
)
def test_words_find_what_they_mean(query: str, first: str) -> None:
    found = search(ENTRIES, query)
    assert found.hits[0].title == first
    assert not found.corrected


@pytest.mark.parametrize(
    ("query", "corrected", "first"),
    [
        ("khoai lag", "khoai lang", "Khoai lang Yên Sơn"),
        ("khoia lang", "khoai lang", "Khoai lang Yên Sơn"),
        ("bahn mat", "banh mat", "Bánh mật Thanh Lâm"),
        ("banhh mat", "banh mat", "Bánh mật Thanh Lâm"),
        ("dongg trung", "dong trung", "Đông trùng hạ thảo khô"),
        ("truong sown", "truong son", "Trà hoa vàng"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven_and_said(query: str, corrected: str, first: str) -> None:
    found = search(ENTRIES, query)
    assert found.corrected == corrected
    assert first in [hit.title for hit in found.hits]


def test_decomposed_letters_find_the_same() -> None:
    query = unicodedata.normalize("NFD", "Bánh mật Thanh Lâm")
    assert search(ENTRIES, query).hits[0].title == "Bánh mật Thanh Lâm"


@pytest.mark.parametrize(
    "query", ["", "   ", "!!!", "🍠", "xyzzy", '"; DROP TABLE', "a" * 10_000, "khoai xyzzyq"]
)
def test_what_means_nothing_finds_nothing_and_breaks_nothing(query: str) -> None:
    assert search(ENTRIES, query).hits == []


def test_every_word_must_be_found() -> None:
    assert [hit.title for hit in search(ENTRIES, "khoai bao dai").hits] == []
