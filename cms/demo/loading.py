"""The sections of the demo shop, in the order in which they need each other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from catalogue.pictures.models import Picture
from cms.demo import goods, library, orders, pages, people, seasons, trade
from cms.demo.reading import read, version
from cms.models import LoadedDemo
from cms.setting_up import set_up_shop

Advance = Callable[[], Any]


@dataclass(frozen=True)
class Section:
    """One transaction. `load` gets the pictures by name and a function to call at each step."""

    name: str
    steps: int
    load: Callable[[dict[str, Picture], Advance], Any]


def _set_up(_pictures: dict[str, Picture], advance: Advance) -> None:
    set_up_shop()
    advance()


SIZES = "cỡ ảnh"
SECTIONS = (
    Section("cửa hàng", 1, _set_up),
    Section("tranh", library.count(), library.load_pictures),
    Section(
        "nhà sản xuất", len(read("producers")["producers"]), lambda _p, a: goods.load_producers(a)
    ),
    Section("sản phẩm", len(read("products")["products"]), goods.load_products),
    Section("hộp quà", goods.count_of_boxes(), goods.load_boxes),
    Section("điều kiện bán", 1, lambda _p, a: trade.load_trade(a)),
    Section(SIZES, library.count(), library.make_sizes),
    Section("trang chủ", 1, pages.load_home),
    Section(
        "trang thông tin", len(read("pages")["pages"]), lambda _p, a: pages.load_standard_pages(a)
    ),
    Section("địa danh", len(read("places")["places"]), pages.load_places),
    Section("câu chuyện", len(read("products")["products"]), pages.load_stories),
    Section("trang hộp quà", len(read("boxes")["boxes"]), pages.load_gift_pages),
    Section("sự kiện, mùa quà", seasons.count(), seasons.load_seasons),
    Section("tài khoản mẫu", len(people.PEOPLE), lambda _p, a: people.load_people(a)),
    Section("đơn mẫu", orders.count(), lambda _p, a: orders.load_orders(a)),
)


def load(
    announce: Callable[[str], Any] = lambda name: None,
    advance: Advance = lambda: None,
    *,
    with_sizes: bool = True,
) -> None:
    """Load every section, each in a transaction of its own; then note the version.

    Without sizes, pages show the drawings themselves until somebody makes them.
    """
    pictures: dict[str, Picture] = {}
    for section in SECTIONS:
        if section.name == SIZES and not with_sizes:
            continue
        announce(section.name)
        with transaction.atomic():
            section.load(pictures, advance)
    LoadedDemo.objects.update_or_create(version=version())
