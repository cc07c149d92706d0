"""Which label facts a listing still lacks before it may be published.

The law: Nghị định 37/2026/NĐ-CP on goods labels (23/1/2026, replaces 43/2017 and 111/2021) wants
name, responsible organisation and address, origin, net quantity, dates, ingredients, storage,
use and warnings, for food the whole of it; Luật 44/2019/QH14 and Nghị định 105/2017/NĐ-CP want
the strength of alcohol, and a licence from 5.5 % on. Dates are printed per lot; a listing says
how long the goods keep. A self-declaration number is shown where there is one, not demanded
here: fresh produce, handicraft and services have none.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalogue.models.label import LICENCE_ABV

if TYPE_CHECKING:
    from catalogue.models import Product

#: Groups by their number in QĐ 26/2026/QĐ-TTg.
FRESH = frozenset({1, 2, 3})
PROCESSED = frozenset(range(4, 21))
ALCOHOL = frozenset({14, 15})
HANDICRAFT = frozenset({21, 22})
SERVICE = frozenset({26})


def missing_facts(product: "Product") -> list[str]:
    """What must be filled in before `product` may be published, one sentence each.

    A sample product (`is_sample`) is judged by the facts it shows, sample or not, but not asked
    for papers and addresses that only a real producer has. A variant is judged with its parent.
    """
    missing = list(_missing(product.canonical))
    if product.is_child and not (product.net_quantity or product.parent.net_quantity):
        missing += [_without_quantity(product)]
    return list(dict.fromkeys(missing))


def _missing(product: "Product") -> Iterator[str]:
    groups = _group_numbers(product)
    if not product.title.strip():
        yield _("Chưa có tên sản phẩm.")
    if not groups:
        yield _("Chưa chọn nhóm sản phẩm (một trong 26 bộ của chương trình OCOP).")
    yield from _missing_maker(product)
    if groups and groups <= SERVICE:
        return
    yield from _missing_quantity(product)
    food = groups & (FRESH | PROCESSED)
    if groups & (PROCESSED | HANDICRAFT) and not product.ingredients.strip():
        yield _("Chưa ghi thành phần.")
    if food and not product.storage.strip():
        yield _("Chưa ghi cách bảo quản.")
    if food and not product.shelf_life_days:
        yield _("Chưa ghi hạn dùng tính từ ngày sản xuất.")
    if groups & PROCESSED and not product.usage.strip():
        yield _("Chưa ghi hướng dẫn sử dụng.")
    yield from _missing_of_alcohol(product, groups)


def _missing_maker(product: "Product") -> Iterator[str]:
    if product.producer is None:
        yield _("Chưa ghi nhà sản xuất chịu trách nhiệm về hàng.")
    elif product.producer.ward_id is None and not product.is_sample:
        yield _("Nhà sản xuất chưa có địa chỉ (xã, phường).")
    if product.origin_id is None and product.former_origin_id is None and not product.is_sample:
        yield _("Chưa ghi xuất xứ: xã, phường nơi làm ra.")


def _missing_quantity(product: "Product") -> Iterator[str]:
    variants = _live_variants(product)
    for variant in variants:
        if not (variant.net_quantity or product.net_quantity):
            yield _without_quantity(variant)
    if not variants and not product.net_quantity:
        yield _("Chưa ghi khối lượng hoặc thể tích tịnh.")


def _without_quantity(variant: "Product") -> str:
    return _("Loại “%(variant)s” chưa ghi khối lượng hoặc thể tích tịnh.") % {
        "variant": variant.title
    }


def _missing_of_alcohol(product: "Product", groups: set[int]) -> Iterator[str]:
    if groups & ALCOHOL and not product.abv:
        yield _("Rượu, bia phải ghi độ cồn (% thể tích).")
    needs_licence = product.abv is not None and product.abv >= LICENCE_ABV
    if needs_licence and not product.licence_number.strip() and not product.is_sample:
        yield _("Rượu từ 5,5 độ phải ghi số giấy phép sản xuất.")


def _group_numbers(product: "Product") -> set[int]:
    if product.pk is None:
        return set()
    return {category.number for category in product.categories.all() if category.number}


def _live_variants(product: "Product") -> list["Product"]:
    if product.pk is None:
        return []
    return [variant for variant in product.children.all() if variant.live]
