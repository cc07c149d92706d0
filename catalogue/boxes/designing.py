"""What a buyer puts into a box: a pick for each slot, or something else for what may be swapped.

Both give a filling that can be bought now, and raise ValidationError with words by place in the
box (`ngan-2`, `mon-17`) where it cannot. A saved filling is never changed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.boxes.contents import Contents, Part, contents_of, load_stock
from catalogue.models import BoxChoice, BoxDesign, BoxItem, DesignItem, Product

#: So many of each product in one box, each product once.
Filling = list[tuple[Product, int]]


@dataclass(frozen=True)
class Option:
    """One thing that may stand at a place of a box, and so many of it there."""

    key: int
    part: Part

    @property
    def product(self) -> Product:
        return self.part.product

    @property
    def quantity(self) -> int:
        return self.part.quantity


def slot_name(number: int) -> str:
    """Of a slot of a box that buyers fill, counted from one."""
    return f"ngan-{number}"


def item_name(key: int) -> str:
    """Of something in a ready box that may be swapped."""
    return f"mon-{key}"


# --- What there is to choose --------------------------------------------------------------------


def choices_of(box: Product) -> list[Option]:
    """What may fill a slot of `box`, or stand in for something in it. A fixed number of queries."""
    return choices_of_all([box]).get(box.pk, [])


def choices_of_all(boxes: Sequence[Product]) -> dict[int, list[Option]]:
    """The same of several boxes, by their keys."""
    rows = list(
        BoxChoice.objects.filter(box__in=boxes)
        .select_related("product__product_class", "product__parent__product_class")
        .order_by("display_order", "pk")
    )
    load_stock(row.product for row in rows)
    found: dict[int, list[Option]] = {}
    for row in rows:
        option = Option(row.pk, Part(row.product, row.quantity, True))
        found.setdefault(row.box_id, []).append(option)
    return found


def items_of(box: Product) -> list[Option]:
    """What a ready box holds, in its order, by the keys of its rows."""
    parts = {part.product.pk: part for part in contents_of(box).parts}
    rows = BoxItem.objects.filter(box=box).order_by("display_order", "pk")
    return [Option(row.pk, parts[row.product_id]) for row in rows if row.product_id in parts]


def can_be_designed(contents: Contents) -> bool:
    """Whether a buyer decides about anything in this box."""
    return contents.gift.is_builder or any(part.is_swappable for part in contents.parts)


def refusal(
    part: Part, until: date | None, pieces: int | None = None, *, is_chosen: bool = True
) -> str:
    """Why so many (`pieces`, else of one portion) cannot be had now; empty when they can.

    `until`: it must keep as long. A buyer chooses no alcohol (Luật 44/2019/QH14); what the maker
    packed (not `is_chosen`) may hold some.
    """
    facts: dict[str, Any] = {"title": part.product.display_title}
    if not part.is_sold or part.unit_price is None:
        return _("%(title)s không còn bán.") % facts
    if is_chosen and part.product.is_alcohol:
        return _("%(title)s có cồn, không vào hộp tự chọn.") % facts
    if not part.has_enough:
        return _("%(title)s vừa hết hàng.") % facts
    if until and not part.keeps_until(until):
        return _("%(title)s không còn đủ hạn dùng.") % facts
    if pieces and not Part(part.product, pieces).has_enough:
        return _("%(title)s không đủ hàng cho ngần ấy phần.") % facts
    return ""


def good_until(contents: Contents) -> date | None:
    """Until when each thing in the box must keep; None where the box does not ask."""
    if not contents.gift.min_days_left:
        return None
    return contents.good_until(timezone.localdate() + timedelta(days=contents.usual_days))


# --- Choosing -----------------------------------------------------------------------------------


def fill(box: Product, picks: Sequence[int]) -> Filling:
    """A box of empty slots with these choices in it, one key of a `BoxChoice` for each slot.

    Raises ValidationError naming the slots that are empty, too many or cannot be filled so.
    """
    contents = contents_of(box)
    slots = contents.gift.slots
    options = {option.key: option for option in choices_of(box)}
    wrong: dict[str, str] = {}
    placed: dict[str, Option] = {}
    for number, key in enumerate(picks[:slots], start=1):
        if key in options:
            placed[slot_name(number)] = options[key]
        else:
            wrong[slot_name(number)] = _("Món này không có trong danh sách của hộp.")
    if len(picks) > slots:
        wrong[slot_name(slots + 1)] = too_many_text(len(picks) - slots)
    for number in range(len(picks) + 1, slots + 1):
        wrong[slot_name(number)] = _("Ngăn %(number)s còn trống.") % {"number": number}
    return _checked(contents, placed, wrong)


def swap(box: Product, swaps: Mapping[int, int]) -> Filling:
    """A ready box with other things in it: `{key of a BoxItem: key of a BoxChoice}`.

    Only what may be swapped is; everything else stays as its maker packed it. Raises
    ValidationError naming what cannot be.
    """
    contents = contents_of(box)
    options = {option.key: option for option in choices_of(box)} if swaps else {}
    items = {option.key: option for option in items_of(box)}
    wrong = {item_name(key): _("Món này không có trong hộp.") for key in swaps if key not in items}
    placed: dict[str, Option] = {}
    kept: set[str] = set()
    for key, item in items.items():
        name, wanted = item_name(key), swaps.get(key)
        placed[name] = item
        if wanted is None:
            kept.add(name)
            continue
        if not item.part.is_swappable:
            wrong[name] = _("Món này đi liền với hộp, không đổi được.")
        elif wanted not in options:
            wrong[name] = _("Món này không có trong danh sách của hộp.")
        else:
            placed[name] = options[wanted]
    return _checked(contents, placed, wrong, kept)


def _checked(
    contents: Contents,
    placed: Mapping[str, Option],
    wrong: dict[str, str],
    kept: Collection[str] = (),
) -> Filling:
    """The filling, or ValidationError with what was `wrong` and what cannot be had."""
    filling = merged(placed.values())
    pieces = {product.pk: quantity for product, quantity in filling}
    until = good_until(contents)
    for name, option in placed.items():
        words = refusal(option.part, until, pieces[option.product.pk], is_chosen=name not in kept)
        if words:
            wrong.setdefault(name, words)
    if wrong:
        raise ValidationError(wrong)
    return filling


def merged(options: Iterable[Option]) -> Filling:
    """So many of each product, in the order in which each comes first."""
    products: dict[int, Product] = {}
    counts: dict[int, int] = {}
    for option in options:
        products.setdefault(option.product.pk, option.product)
        counts[option.product.pk] = counts.get(option.product.pk, 0) + option.quantity
    return [(product, counts[key]) for key, product in products.items()]


def too_many_text(count: int) -> str:
    return ngettext(
        "Hộp đã đầy: hãy bớt %(count)s phần.", "Hộp đã đầy: hãy bớt %(count)s phần.", count
    ) % {"count": count}


#: Designs of the same things that are compared before another is written.
MOST_LOOKED_AT = 20

# --- Keeping ------------------------------------------------------------------------------------


def contents_with(box: Product, filling: Filling) -> Contents:
    """What `box` would be with this filling, before anybody saves it."""
    parts = [Part(product, quantity) for product, quantity in filling]
    return Contents(box, contents_of(box).gift, parts, BoxDesign(box=box))


@transaction.atomic
def save_design(box: Product, filling: Filling, owner: Any = None) -> BoxDesign:
    """Keep a filling that `fill` or `swap` gave, under a link; `owner` is who is signed in.

    The same filling of the same person again is the same design, so that a link saved a hundred
    times is one row. Designs do not change, so nobody can tell.
    """
    if (same := _saved_before(box, filling, owner)) is not None:
        return same
    design = BoxDesign.objects.create(box=box, owner=owner)
    DesignItem.objects.bulk_create(
        DesignItem(design=design, product=product, quantity=quantity)
        for product, quantity in filling
    )
    return design


def _saved_before(box: Product, filling: Filling, owner: Any) -> BoxDesign | None:
    """The newest of the same filling: the person's own, or of those that nobody owns."""
    wanted = sorted((product.pk, quantity) for product, quantity in filling)
    kept = BoxDesign.objects.filter(box=box, owner=owner)
    for product, quantity in filling:
        kept = kept.filter(items__product=product, items__quantity=quantity)
    for design in kept.order_by("-pk").prefetch_related("items")[:MOST_LOOKED_AT]:
        if sorted((item.product_id, item.quantity) for item in design.items.all()) == wanted:
            return design
    return None
