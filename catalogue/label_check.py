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

from catalogue.gtin import is_valid
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
    main = product.canonical
    missing = list(_missing_of_box(main) if main.is_gift_box else _missing(main))
    if product.is_child and not (product.net_quantity or product.parent.net_quantity):
        missing += [_without_quantity(product)]
    return list(dict.fromkeys(missing))


def _missing(product: "Product") -> Iterator[str]:
    groups = _group_numbers(product)
    if not product.title.strip():
        yield _("Chưa có tên sản phẩm.")
    if not groups:
        yield _("Chưa chọn nhóm sản phẩm (một trong 26 bộ của chương trình OCOP).")
    if product.gtin and not is_valid(product.gtin):
        yield _("Mã GTIN sai: số cuối không khớp. Hãy chép lại từ bao bì, hoặc để trống.")
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


def _missing_of_box(box: "Product") -> Iterator[str]:
    """A box is in no group; it is labelled by its contents, whose rules it takes over itself."""
    if not box.title.strip():
        yield _("Chưa có tên sản phẩm.")
    yield from _missing_maker(box, packs=True)
    items = _items_of(box)
    if not items and not _is_to_be_filled(box):
        yield _("Chưa ghi trong hộp có những món gì.")
    if not box.shelf_life_days:
        yield _("Chưa ghi hạn dùng của hộp: theo món hết hạn sớm nhất.")
    for item in items:
        if not item.canonical.live:
            yield _("“%(item)s” trong hộp chưa được đăng bán.") % {"item": item.get_title()}


def _items_of(box: "Product") -> list["Product"]:
    if box.pk is None:
        return []
    return [item.product for item in box.box_items.select_related("product__parent")]


def _is_to_be_filled(box: "Product") -> bool:
    """Whether its buyer chooses what is in it, and has something to choose from."""
    gift = getattr(box, "gift_box", None)
    return gift is not None and gift.is_builder and box.box_choices.exists()


def _missing_maker(product: "Product", *, packs: bool = False) -> Iterator[str]:
    if product.producer is None:
        yield _("Chưa ghi nhà sản xuất chịu trách nhiệm về hàng.")
    elif product.producer.ward_id is None and not product.is_sample:
        yield _("Nhà sản xuất chưa có địa chỉ (xã, phường).")
    no_origin = product.origin_id is None and product.former_origin_id is None
    if no_origin and not packs and not product.is_sample:
        yield _("Chưa ghi xuất xứ: xã, phường nơi làm ra.")


def _missing_quantity(product: "Product") -> Iterator[str]:
    variants = _variants_on_offer(product)
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


def _variants_on_offer(product: "Product") -> list["Product"]:
    if product.pk is None or not product.is_parent:
        return []
    return [variant for variant in product.children.all() if variant.archived_at is None]
