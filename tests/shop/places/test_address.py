import pytest
from django.utils import translation

from shop.order.models import ShippingAddress
from shop.places.address import address_line
from shop.places.choices import province_choices, ward_choices
from shop.places.models import FormerCommune, Ward
from shop.places.names import UnitKind, named_for_reader, unit_phrase

pytestmark = pytest.mark.usefixtures("places")


@pytest.fixture
def bac_lung() -> Ward:
    return Ward.objects.select_related("province").get(pk="07498")


@pytest.fixture
def yen_son() -> FormerCommune:
    return FormerCommune.objects.get(name="Yên Sơn", former_district="Lục Nam")


def test_address_shows_the_former_place_in_brackets(bac_lung: Ward, yen_son: FormerCommune) -> None:
    with translation.override("vi"):
        assert address_line(bac_lung, yen_son, "thôn Nội Chùa") == (
            "thôn Nội Chùa, xã Bắc Lũng, TP Bắc Ninh "
            "(trước 7/2025: xã Yên Sơn, huyện Lục Nam, tỉnh Bắc Giang)"
        )


def test_address_in_english_is_english_throughout(bac_lung: Ward, yen_son: FormerCommune) -> None:
    with translation.override("en"):
        assert address_line(bac_lung, yen_son, "thôn Nội Chùa") == (
            "Nội Chùa hamlet, Bắc Lũng Commune, Bắc Ninh City "
            "(before July 2025: Yên Sơn Commune, Lục Nam District, Bắc Giang Province)"
        )


def test_address_without_former_place_or_hamlet_is_the_present_one(bac_lung: Ward) -> None:
    with translation.override("vi"):
        assert address_line(bac_lung) == bac_lung.present_address == "xã Bắc Lũng, TP Bắc Ninh"
        assert address_line(bac_lung, hamlet=" tổ dân phố 3 ") == (
            "tổ dân phố 3, xã Bắc Lũng, TP Bắc Ninh"
        )


def test_ward_of_a_province_says_tinh() -> None:
    ward = Ward.objects.get(full_name="Phường B’Lao")
    with translation.override("vi"):
        assert ward.present_address == "phường B’Lao, tỉnh Lâm Đồng"


@pytest.mark.parametrize(
    ("kind", "name", "vietnamese", "english"),
    [
        (UnitKind.WARD, "4", "phường 4", "Ward 4"),
        (UnitKind.URBAN_DISTRICT, "1", "quận 1", "District 1"),
        (UnitKind.TOWNSHIP, "Đồi Ngô", "thị trấn Đồi Ngô", "Đồi Ngô Township"),
        (UnitKind.SPECIAL_ZONE, "Côn Đảo", "đặc khu Côn Đảo", "Côn Đảo Special Zone"),
        (UnitKind.TOWN, "Chũ", "thị xã Chũ", "Chũ Town"),
    ],
)
def test_kind_and_name_make_a_phrase(kind: str, name: str, vietnamese: str, english: str) -> None:
    with translation.override("vi"):
        assert unit_phrase(kind, name) == vietnamese
    with translation.override("en"):
        assert unit_phrase(kind, name) == english


def test_every_kind_has_a_phrase_in_both_languages() -> None:
    for language in ("vi", "en"):
        with translation.override(language):
            phrases = {unit_phrase(kind, "Chũ") for kind in UnitKind}
        assert all("Chũ" in phrase and phrase != "Chũ" for phrase in phrases)


def test_wards_are_named_the_readers_way_wherever_they_stand(bac_lung: Ward) -> None:
    address = ShippingAddress(
        line1="Thôn Nội Chùa", line3=bac_lung.full_name, line4=bac_lung.province.full_name
    )
    with translation.override("en"):
        assert address.place_lines == ["Thôn Nội Chùa", "Bắc Lũng Commune", "Bắc Ninh City"]
        assert dict(ward_choices("24"))["07498"] == "Bắc Lũng Commune"
        assert dict(province_choices())["24"] == "Bắc Ninh City"
        assert named_for_reader("Nơi khác") == "Nơi khác"
    with translation.override("vi"):
        assert address.place_lines == ["Thôn Nội Chùa", "Xã Bắc Lũng", "Thành phố Bắc Ninh"]
        assert dict(ward_choices("24"))["07498"] == "Xã Bắc Lũng"
