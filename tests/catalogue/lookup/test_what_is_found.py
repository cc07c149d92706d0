"""What people type, and what it must find first: the demo shop of Lục Nam, on either database."""

import unicodedata
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from catalogue.lookup.indexing import rebuild
from catalogue.lookup.search import Found, search
from catalogue.lookup.suggesting import suggest
from catalogue.lookup.wanted import Scope
from cms.demo.loading import load

pytestmark = pytest.mark.django_db

KHOAI, NHAN, RUOU = "Khoai lang Yên Sơn", "Long nhãn Lục Sơn", "Rượu đông trùng hạ thảo"
MAT_ONG, BANH, NEM = "Mật ong đông trùng hạ thảo", "Bánh mật Thanh Lâm", "Nem chua Tư Thủy"
TRA, TUI_LOC = "Trà hoa vàng", "Trà hoa vàng đông trùng túi lọc"
#: A gift box, whose name begins with the words.
HOA_VANG = "Hoa vàng Tây Yên Tử"
DONG_TRUNG = "Đông trùng hạ thảo khô"
TRUONG_THO = "Công ty TNHH dược thảo Trường Thọ"
LUC_SON = "HTX dịch vụ nông nghiệp xã Lục Sơn"


@pytest.fixture(scope="module", autouse=True)
def _demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo shop for all tests of this module, taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(with_sizes=False)
        rebuild()
        yield
        transaction.set_rollback(True)


def found(query: str, language: str = "vi", *, kind: str = "", grown_up: bool = True) -> Found:
    return search(query, Scope(language, shows_alcohol=grown_up), kind)


#: Typed, and the first hit. Only goods where a kind is meant, so that a place of the same name
#: does not count.
AS_TYPED = [
    # Marks or none, case, order, punctuation
    ("khoai lang yen son", KHOAI),
    ("Khoai lang Yên Sơn", KHOAI),
    ("KHOAI LANG", KHOAI),
    ("KHOAI LANG YÊN SƠN", KHOAI),
    ("khoai", KHOAI),
    ("lang khoai", KHOAI),
    ("  khoai   lang  ", KHOAI),
    ("dong trung", DONG_TRUNG),
    ("Đông trùng", DONG_TRUNG),
    ("đông trùng khô", DONG_TRUNG),
    ("đông trùng hạ thảo", DONG_TRUNG),
    ("dong trung ha thao kho", DONG_TRUNG),
    ("ha thao kho", DONG_TRUNG),
    ("banh mat thanh lam", BANH),
    ("bánh mật", BANH),
    ("BÁNH MẬT", BANH),
    ("banh mat", BANH),
    ("banh", BANH),
    ("tra hoa vang", TRA),
    ("TRÀ HOA VÀNG", TRA),
    ("trà", TRA),
    ("hoa vàng", HOA_VANG),
    ("tui loc", TUI_LOC),
    ("trà túi lọc", TUI_LOC),
    ("tra hoa vang dong trung", TUI_LOC),
    ("long nhan", NHAN),
    ("long nhãn", NHAN),
    ("nhan luc son", NHAN),
    ("nem chua", NEM),
    ("Tư Thuỷ", NEM),
    ("tu thuy", NEM),
    ("nem", NEM),
    ("ruou", RUOU),
    ("rượu đông trùng", RUOU),
    ("ruou dong trung ha thao", RUOU),
    ("mat ong", MAT_ONG),
    ("mật ong, đông trùng!", MAT_ONG),
    ("ong mat", MAT_ONG),
    # Makers
    ("truong tho", TRUONG_THO),
    ("Trường Thọ mật ong", MAT_ONG),
    ("htx luc son", LUC_SON),
    ("cong ty duoc thao", TRUONG_THO),
    ("to hop tac banh mat", "Tổ hợp tác bánh mật (Thanh Lâm)"),
    # The beginning of the last word
    ("khoai la", KHOAI),
    ("tra hoa v", TRA),
    ("dong trung ha thao k", DONG_TRUNG),
    ("banh mat th", BANH),
    ("nem ch", NEM),
    # Places of today and of before
    ("luc nam", "Lục Nam"),
    ("huyện Lục Nam", "Lục Nam"),
    ("Yên Sơn", "Yên Sơn"),
    ("truong son", "Trường Sơn"),
    ("dong hung", "Đông Hưng"),
]
#: Communes old and new, and goods: what is made there.
GOODS_OF = [
    ("bac lung", KHOAI),
    ("Bắc Lũng", KHOAI),
    ("yen son", KHOAI),
    ("noi chua", KHOAI),
    ("bao dai", BANH),
    ("Bảo Đài", BANH),
    ("thanh lam", BANH),
    ("luc son", NHAN),
    ("dong phu", DONG_TRUNG),
    ("dong hung", DONG_TRUNG),
    ("truong son tra", TRA),
    ("thon lam", NEM),
]
#: Typed with a slip or without a space; what it is taken for, and the first hit.
SLIPS = [
    ("khoai lag", "khoai lang", KHOAI),
    ("khoia lang", "khoai lang", KHOAI),
    ("khaoi lang yen son", "khoai lang yên sơn", KHOAI),
    ("bahn mat", "bánh mật", BANH),
    ("banhh mat", "bánh mật", BANH),
    ("banh mta", "bánh mật", BANH),
    ("banhmat", "bánh mật", BANH),
    ("banhmatthanhlam", "bánh mật thanh lâm", BANH),
    ("khoailang", "khoai lang", KHOAI),
    ("tra hoavang", "trà hoa vàng", TRA),
    ("nem chau", "nem chua", NEM),
    ("nemchua", "nem chua", NEM),
    ("dongg trung", "đông trùng", DONG_TRUNG),
    ("dong trungg", "đông trùng", DONG_TRUNG),
    ("dongtrung hathao kho", "đông trùng hạ thảo khô", DONG_TRUNG),
    ("tra hoa vagn", "trà hoa vàng", TRA),
    ("lomg nhan", "long nhãn", NHAN),
    ("ruuou", "rượu", RUOU),
]


@pytest.mark.parametrize(("query", "first"), AS_TYPED)
def test_words_find_what_they_mean(query: str, first: str) -> None:
    answer = found(query)
    assert answer.hits[0].name == first
    assert not answer.corrected


@pytest.mark.parametrize(("query", "first"), GOODS_OF)
def test_old_and_new_places_find_what_is_made_there(query: str, first: str) -> None:
    assert found(query, kind="product").hits[0].name == first


@pytest.mark.parametrize(("query", "corrected", "first"), SLIPS)
def test_a_slip_of_the_finger_is_forgiven_and_said(query: str, corrected: str, first: str) -> None:
    answer = found(query)
    assert answer.corrected == corrected
    assert answer.hits[0].name == first


def test_decomposed_letters_find_the_same() -> None:
    assert found(unicodedata.normalize("NFD", BANH)).hits[0].name == BANH


@pytest.mark.parametrize(
    "query",
    ["", "   ", "!!!", "🍠", "xyzzy", "'; DROP TABLE lookup_entry; --", "q" * 10_000,
     "khoai xyzzyq", "khoai Sóc Trăng", "máy bay phản lực"],
)  # fmt: skip
def test_what_means_nothing_finds_nothing_and_breaks_nothing(query: str) -> None:
    answer = found(query)
    assert (answer.hits, answer.total, answer.corrected) == ([], 0, "")


@pytest.mark.parametrize("query", ["and", "or not", 'NEAR("khoai")', "title : khoai", "a & b | !c"])
def test_words_of_query_languages_are_words(query: str) -> None:
    found(query)
    suggest(query, Scope("vi"))


def test_kinds_are_counted_whatever_kind_is_asked_for() -> None:
    everything, stories = found("dong trung"), found("dong trung", kind="story")
    assert everything.counts == stories.counts
    assert everything.counts["product"] == 4
    assert {hit.kind for hit in stories.hits} == {"story"}
    assert len(stories.hits) == stories.counts["story"]


@pytest.mark.parametrize("query", ["ruou", "rượu đông trùng hạ thảo", "ruuou"])
def test_alcohol_is_for_grown_ups(query: str) -> None:
    assert RUOU not in [hit.name for hit in found(query, grown_up=False).hits]
    assert RUOU in [hit.name for hit in found(query).hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("sweet potato", KHOAI),
        ("khoai lang", KHOAI),
        ("golden camellia tea", TRA),
        ("honey", MAT_ONG),
    ],
)
def test_english_visitors_find_goods_by_either_name(query: str, first: str) -> None:
    assert found(query, "en", kind="product").hits[0].name == first


def test_pages_are_found_in_their_own_language_only() -> None:
    languages = {hit.address.startswith("/en/") for hit in found("khoai", "en", kind="story").hits}
    assert languages == {True}
    assert not any(hit.address.startswith("/en/") for hit in found("khoai", kind="story").hits)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("kh", KHOAI),
        ("khoai l", KHOAI),
        ("tra", TRA),
        ("trà h", TRA),
        ("bahn m", BANH),
        ("nemchua", NEM),
    ],
)
def test_suggestions_come_while_typing(typed: str, first: str) -> None:
    rows = suggest(typed, Scope("vi")).rows
    assert rows[0].name == first
    assert len(rows) == len({(row.kind, row.name) for row in rows}) <= 8
