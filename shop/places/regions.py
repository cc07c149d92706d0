"""The three parts of the country by which delivery is priced."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.TextChoices):
    """North, Centre and South: a zone for delivery fees, no administrative unit.

    Each joins two of the six socio-economic regions, named after the provinces of 7/2025:
    North = northern midlands and mountains + Red River delta; Centre = north-central coast
    + south-central coast and Central Highlands; South = south-east + Mekong delta.
    """

    NORTH = "bac", _("Miền Bắc")
    CENTRE = "trung", _("Miền Trung và Tây Nguyên")
    SOUTH = "nam", _("Miền Nam")


_PROVINCES_OF = {
    # Hà Nội, Cao Bằng, Tuyên Quang, Điện Biên, Lai Châu, Sơn La, Lào Cai, Thái Nguyên,
    # Lạng Sơn, Quảng Ninh, Bắc Ninh, Phú Thọ, Hải Phòng, Hưng Yên, Ninh Bình
    Region.NORTH: "01 04 08 11 12 14 15 19 20 22 24 25 31 33 37",
    # Thanh Hóa, Nghệ An, Hà Tĩnh, Quảng Trị, Huế, Đà Nẵng, Quảng Ngãi, Gia Lai, Khánh Hòa,
    # Đắk Lắk, Lâm Đồng
    Region.CENTRE: "38 40 42 44 46 48 51 52 56 66 68",
    # Đồng Nai, Hồ Chí Minh, Tây Ninh, Đồng Tháp, Vĩnh Long, An Giang, Cần Thơ, Cà Mau
    Region.SOUTH: "75 79 80 82 86 91 92 96",
}
_REGION_OF = {code: region for region, codes in _PROVINCES_OF.items() for code in codes.split()}


def region_of(province_code: str) -> Region:
    """Return the delivery region of a province code; KeyError for a code not on the list."""
    return _REGION_OF[province_code]


def provinces_in(region: Region) -> list[str]:
    """Codes of the provinces of a region."""
    return _PROVINCES_OF[region].split()
