"""The list of addresses: read row by row, with words about each that is wrong."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook, load_workbook
from pytest_django import DjangoAssertNumQueries

from shop.giving.addresses import COLUMNS, blank_sheet, read_addresses
from tests.shop.corporate.making import ROW, a_sheet

pytestmark = pytest.mark.django_db


def with_(**changes: str) -> tuple[str, ...]:
    """The sound row, changed by column: `phone`, `province`, `ward`, `street`, `n`."""
    places = {"name": 0, "phone": 1, "province": 2, "ward": 3, "street": 4, "n": 5}
    row = list(ROW)
    for name, value in changes.items():
        row[places[name]] = value
    return tuple(row)


def test_a_sound_row_is_read() -> None:
    found = read_addresses("a.csv", a_sheet(ROW))
    assert found.faults == []
    (row,) = found.rows
    assert (row.row, row.phone, row.quantity, found.boxes) == (2, "+84912345678", 2, 2)
    assert (row.ward.full_name, row.ward.province_id) == ("Xã Bắc Lũng", "24")


@pytest.mark.parametrize(
    ("province", "ward"),
    [
        ("bac ninh", "bac lung"),
        ("TP. Bắc Ninh", "Xã Bắc Lũng"),
        ("Thành phố Bắc Ninh", "x. Bắc Lũng"),
        ("Hà Nội", "P. Cầu Giấy"),
        ("TP.HCM", "Phường Sài Gòn"),
    ],
)
def test_places_are_found_however_they_are_written(province: str, ward: str) -> None:
    assert read_addresses("a.csv", a_sheet(with_(province=province, ward=ward))).faults == []


def test_a_commune_from_before_2025_is_answered_with_todays() -> None:
    (fault,) = read_addresses("a.csv", a_sheet(with_(ward="Yên Sơn"))).faults
    assert fault.startswith("Dòng 2.")
    assert "Yên Sơn" in fault and "Xã Bắc Lũng" in fault


def test_a_province_from_before_2025_is_answered_with_todays() -> None:
    (fault,) = read_addresses("a.csv", a_sheet(with_(province="Bắc Giang"))).faults
    assert "nay thuộc Thành phố Bắc Ninh" in fault


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Họ và tên còn trống"),
        ({"phone": "12"}, "Điện thoại"),
        ({"province": "Atlantis"}, "Không có tỉnh"),
        ({"ward": "Không Có"}, "Không có xã"),
        ({"street": ""}, "Địa chỉ còn trống"),
        ({"n": "0"}, "Số hộp"),
        ({"n": "hai"}, "Số hộp"),
        ({"n": "-1"}, "Số hộp"),
    ],
)
def test_each_fault_is_told_with_its_row(change: dict[str, str], words: str) -> None:
    found = read_addresses("a.csv", a_sheet(ROW, with_(**change)))
    assert len(found.rows) == 1
    (fault,) = found.faults
    assert fault.startswith("Dòng 3.") and words in fault


def test_a_sheet_without_a_column_says_which() -> None:
    with pytest.raises(ValidationError, match="Điện thoại"):
        read_addresses("a.csv", a_sheet(ROW[1:], head=(COLUMNS[0], *COLUMNS[2:])))


def test_what_is_no_sheet_is_refused() -> None:
    with pytest.raises(ValidationError):
        read_addresses("a.xlsx", b"PK nonsense")


def test_the_sheet_to_fill_in_is_read_back_and_its_example_is_sound() -> None:
    book = load_workbook(BytesIO(blank_sheet()))
    assert [cell.value for cell in book.worksheets[0][1]] == list(COLUMNS)
    example = tuple(cell.value for cell in book.worksheets[1][2])
    filled = Workbook()
    sheet = filled.worksheets[0]
    sheet.append(COLUMNS)
    sheet.append(example)
    sheet.append((*example[:1], 912345678.0, *example[2:]))
    out = BytesIO()
    filled.save(out)
    found = read_addresses("danh-sach.xlsx", out.getvalue())
    assert found.faults == []
    assert found.rows[0].phone == found.rows[1].phone == "+84912345678"


def test_a_hundred_rows_ask_no_more_than_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [with_(ward="Yên Sơn"), *([ROW] * 50), *([with_(ward="Không Có")] * 50)]
    with django_assert_max_num_queries(3):
        found = read_addresses("a.csv", a_sheet(*rows))
    assert len(found.faults) == 51
    assert len(found.told_faults) == 31
