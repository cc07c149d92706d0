"""Papers: each kind of sheet is one page of its size and says what it was told, as words."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from shop.promotion.printing.papers import (
    SHEETS,
    BoxPage,
    Content,
    Sheet,
    is_shouted,
    lookbook_pdf,
    qr_svg,
    scale_of,
    sheet_pdf,
    short_link,
)
from tests.factories import a_picture

LINK = "https://phiencho.example/di/tet-que/"
#: Points.
A4, A3 = (595, 842), (842, 1191)


def read(pdf: bytes) -> tuple[list[str], list[tuple[int, int]]]:
    pages = PdfReader(BytesIO(pdf)).pages
    words = [" ".join(page.extract_text().split()) for page in pages]
    return words, [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages]


@pytest.mark.parametrize("kind", SHEETS)
def test_each_sheet_is_one_page_with_title_line_and_link(kind: str) -> None:
    sheet = Sheet("Tết bánh mật", "Gửi được đi xa.", LINK, note="Dữ liệu mẫu")
    words, sizes = read(sheet_pdf(sheet, kind))
    assert sizes == [A3 if kind.endswith("a3") else A4]
    assert "TẾT BÁNH MẬT" in words[0] and "Gửi được đi xa." in words[0]
    assert "phiencho.example/di/tet-que" in words[0] and "Dữ liệu mẫu" in words[0]


def test_an_unknown_sheet_is_refused() -> None:
    with pytest.raises(KeyError):
        sheet_pdf(Sheet("a", "b", LINK), "../../etc/passwd")


def test_words_are_never_read_as_markup() -> None:
    typed = '#read("/etc/passwd") $x$ *a* <b> " \\'
    words, _sizes = read(sheet_pdf(Sheet(typed, typed, LINK), "ap-phich-a4"))
    assert '#read("/etc/passwd")' in words[0]


@pytest.mark.django_db
def test_a_picture_is_set_and_one_whose_file_is_gone_is_left_out() -> None:
    picture = a_picture(width=300, height=200)
    whole = sheet_pdf(Sheet("Tết", "", LINK, picture), "ap-phich-a4")
    assert PdfReader(BytesIO(whole)).pages[0].images
    picture.file.storage.delete(picture.file.name)
    assert sheet_pdf(Sheet("Tết", "", LINK, picture), "ap-phich-a4")[:4] == b"%PDF"


@pytest.mark.parametrize(("title", "shouted"), [("Tết bánh mật", True), ("Chợ quê " * 6, False)])
def test_long_titles_are_not_set_in_capitals(title: str, shouted: bool) -> None:
    assert is_shouted(title) is shouted
    assert scale_of(title) >= 1


def a_box(title: str = "Hạt giống đầu xuân", **facts: object) -> BoxPage:
    facts = {
        "place": "Rằm tháng Giêng",
        "story": "Ở cuối dãy Huyền Đinh có ngôi đền thờ Thần Nông.",
        "source": "“Đền Thần Nông”, svhttdl.bacgiang.gov.vn",
        "contents": [Content("Khoai lang, 1 kg", "HKD Văn Khoai", 2, 3)],
        "link": "https://phiencho.example/hop-qua/hat-giong/",
        "price": "389.000 ₫",
        "note": "Dữ liệu mẫu",
        **facts,
    }
    return BoxPage(title=title, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(("two", "pages"), [(False, 1 + 3), (True, 1 + 2)])
def test_the_catalogue_has_a_cover_and_a_page_or_half_for_each_box(two: bool, pages: int) -> None:
    boxes = [a_box(title) for title in ("Một", "Hai", "Ba")]
    words, sizes = read(lookbook_pdf("Quà quê", "Ba hộp", boxes, two_a_page=two))
    assert sizes == [A4] * pages
    assert "QUÀ QUÊ" in words[0] and "Ba hộp" in words[0]
    assert "MỘT" in words[1] and "BA" in words[-1]
    for expected in ("389.000 ₫", "Dữ liệu mẫu", "HKD Văn Khoai", "Khoai lang, 1 kg × 2", "Nguồn:"):
        assert expected in words[1].replace("\u00a0", " "), expected


def test_a_box_without_a_price_has_none() -> None:
    words, _sizes = read(lookbook_pdf("Quà", "", [a_box(price="")], two_a_page=False))
    assert "₫" not in words[1]


def test_the_code_holds_the_whole_link_and_the_paper_the_short_one() -> None:
    assert "<svg" in qr_svg(LINK)
    assert short_link(LINK) == "phiencho.example/di/tet-que"
