"""The vendored lists, without a database."""

from collections import Counter

import pytest

from shop.places.data import read_lists
from shop.places.names import UnitKind, split_full_name
from shop.places.regions import Region, region_of

LISTS = read_lists()

#: Old Lục Nam as NQ 1658/NQ-UBTVQH15 divides it.
LUC_NAM = {
    "07444": {"Thị trấn Đồi Ngô", "Thị trấn Phương Sơn", "Xã Tiên Nha", "Xã Chu Điện"}
    | {"Xã Cương Sơn"},
    "07450": {"Xã Đông Hưng", "Xã Đông Phú"},
    "07462": {"Xã Bảo Đài", "Xã Bảo Sơn", "Xã Thanh Lâm", "Xã Tam Dị"},
    "07486": {"Xã Trường Giang", "Xã Nghĩa Phương", "Xã Huyền Sơn"},
    "07489": {"Xã Vô Tranh", "Xã Trường Sơn"},
    "07492": {"Xã Bình Sơn", "Xã Lục Sơn"},
    "07498": {"Xã Yên Sơn", "Xã Bắc Lũng", "Xã Lan Mẫu", "Xã Khám Lạng"},
    "07519": {"Xã Cẩm Lý", "Xã Đan Hội"},
}


def test_the_country_has_34_provinces_and_3321_wards() -> None:
    assert len({row[0] for row in LISTS.provinces}) == len(LISTS.provinces) == 34
    assert len({row[0] for row in LISTS.wards}) == len(LISTS.wards) == 3321
    assert Counter(row[3] for row in LISTS.wards) == {"xa": 2599, "phuong": 709, "dac-khu": 13}


def test_codes_keep_their_leading_zeros() -> None:
    assert {len(row[0]) for row in LISTS.provinces} == {2}
    assert {len(row[0]) for row in LISTS.wards} == {5}
    assert ("01", "Thành phố Hà Nội") in {row[:2] for row in LISTS.provinces}


def test_every_ward_lies_in_a_listed_province() -> None:
    assert {row[1] for row in LISTS.wards} == {row[0] for row in LISTS.provinces}


def test_kind_agrees_with_the_official_name() -> None:
    units = [(row[1], row[2]) for row in LISTS.provinces] + [row[2:4] for row in LISTS.wards]
    assert [unit for unit in units if split_full_name(unit[0])[0] != unit[1]] == []


def test_every_former_commune_leads_to_a_present_ward() -> None:
    codes = {row[0] for row in LISTS.wards}
    assert {row[3] for row in LISTS.former_communes} <= codes
    assert len(LISTS.former_communes) > 9_900


def test_former_names_open_with_kinds_of_their_tier() -> None:
    kinds = [Counter(split_full_name(row[i])[0] for row in LISTS.former_communes) for i in range(3)]
    assert set(kinds[0]) == {UnitKind.COMMUNE, UnitKind.WARD, UnitKind.TOWNSHIP}
    districts = {UnitKind.RURAL_DISTRICT, UnitKind.URBAN_DISTRICT, UnitKind.TOWN, UnitKind.CITY}
    assert set(kinds[1]) == districts
    assert set(kinds[2]) == {UnitKind.PROVINCE, UnitKind.CITY}


def test_old_luc_nam_is_complete_and_right() -> None:
    found: dict[str, set[str]] = {}
    for commune, district, province, ward in LISTS.former_communes:
        if (district, province) == ("Huyện Lục Nam", "Tỉnh Bắc Giang"):
            found.setdefault(ward, set()).add(commune)
    assert found == LUC_NAM


def test_names_follow_the_resolutions_of_2026() -> None:
    provinces = {row[0]: row for row in LISTS.provinces}
    wards = {row[0]: row for row in LISTS.wards}
    assert provinces["24"][1] == "Thành phố Bắc Ninh"
    assert "39/2026/QH16" in provinces["24"][3]
    assert wards["07444"][2] == "Phường Lục Nam"
    assert "388/NQ-UBTVQH16" in wards["07444"][4]


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("01", "bac"),
        ("24", "bac"),
        ("37", "bac"),
        ("38", "trung"),
        ("46", "trung"),
        ("68", "trung"),
        ("75", "nam"),
        ("79", "nam"),
        ("96", "nam"),
    ],
)
def test_region_of_known_provinces(code: str, region: str) -> None:
    assert region_of(code) == region


def test_every_province_has_one_region() -> None:
    regions = Counter(region_of(row[0]) for row in LISTS.provinces)
    assert regions == {Region.NORTH: 15, Region.CENTRE: 11, Region.SOUTH: 8}


def test_a_province_not_on_the_list_has_no_region() -> None:
    with pytest.raises(KeyError):
        region_of("99")


def test_a_name_without_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="Bắc Lũng"):
        split_full_name("Bắc Lũng")
