"""Names of made-up products: goods, a quality, a commune; and what is searched for."""

import random
from collections.abc import Sequence
from typing import Any

_GOODS = """
    Khoai lang, Khoai sọ, Mật ong, Long nhãn, Vải thiều, Chè xanh, Trà hoa vàng, Bánh mật, Bánh đa,
    Bánh gai, Bánh chưng, Nem chua, Giò lụa, Chả mực, Nước mắm, Mắm tôm, Tương, Rượu nếp,
    Rượu men lá, Gạo tẻ, Miến dong, Mì gạo, Bún khô, Măng khô, Nấm hương, Mộc nhĩ, Hạt sen,
    Đông trùng hạ thảo, Sâm, Tinh bột nghệ, Bột sắn dây, Cà phê, Hồ tiêu, Cacao, Tôm khô, Cá kho,
    Mực khô, Muối, Đường phên, Mật mía, Bưởi, Cam, Quýt, Na dai, Ổi, Dứa, Xoài sấy, Mít sấy, Giấm,
    Chuối sấy, Kẹo lạc, Kẹo dồi, Chè lam, Tỏi đen, Hành tím, Ớt bột, Thịt trâu gác bếp, Lạp xưởng,
    Gà đồi, Vịt bầu, Trứng gà, Sữa chua, Phô mai dê, Thảo quả, Quế, Hồi, Gốm, Lụa, Nón lá,
    Khăn thổ cẩm, Giỏ mây
"""
_QUALITIES = """
    , sấy dẻo, sấy khô, hữu cơ, rừng, cổ truyền, đặc sản, thượng hạng, túi lọc, nguyên chất,
    gia đình, loại một, mới vụ, núi cao, ven sông, làng nghề, ngũ vị, thảo mộc, hoa nhãn, hoa cà phê
"""
GOODS = [each.strip() for each in _GOODS.split(",")]
QUALITIES = [each.strip() for each in _QUALITIES.split(",")]
_BOXES = ("Hộp quà Tết", "Hộp quà trung thu", "Giỏ quà quê", "Hộp quà thăm nhà")

#: Typed while it grows, and what is asked for at the end.
AS_TYPED = ("khoai lang", "mat ong rung", "banh mat", "tra hoa vang", "nuoc mam", "ga doi yen")
EXACT = (
    "khoai lang",
    "mật ong rừng",
    "banh mat",
    "trà hoa vàng",
    "ruou men la",
    "yen son",
    "bac ninh",
)
PREFIX = ("kho", "mat o", "tra ho", "banh", "thit trau g", "t", "b")
SLIPS = (
    "khoai lag",
    "bahn mat",
    "banhmat",
    "tra hoa vagn",
    "nuoc mamm",
    "ruou mne la",
    "dongtrung",
)


def a_name(chance: random.Random, place: str) -> str:
    return _joined(chance.choice(GOODS), chance.choice(QUALITIES), place)


def a_box_name(chance: random.Random, place: str) -> str:
    return _joined(chance.choice(_BOXES), place)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def spread(things: Sequence[Any], most: int) -> Sequence[Any]:
    """At most about so many of `things`, from all along the list."""
    return things[:: max(1, len(things) // most)]
