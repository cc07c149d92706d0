"""The contents of a gift box, and what follows from them: price, how many, weight, rules.

A box is never better off than what it holds: it costs what its contents say, there are as many as
the scarcest of them allows, and it takes over the strictest rule.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from catalogue.delivery_days import longest_preparing, longest_way
from catalogue.models.box import GiftBox, Packing, Pricing
from catalogue.models.label import FreightClass
from catalogue.money import to_dong

#: The zone of delivery that a box is reckoned with before anybody says where it goes.
WITHIN_THE_REGION = "bac"
#: What is read of the row of each thing in a box.
_ROW = ("product_class", "parent__product_class")


@dataclass(frozen=True)
class Part:
    """So many of one product, or of one variant, in each box."""

    product: Any
    quantity: int
    is_swappable: bool = False

    @cached_property
    def record(self) -> Any | None:
        """The stock record that it is taken from: the cheapest with enough left, else of all."""
        records = list(self.product.stockrecords.all())
        for record in records:
            record.product = self.product
        priced = [record for record in records if record.current_price() is not None]
        enough = [record for record in priced if self._boxes_from(record) > 0]
        return min(enough or priced, key=lambda record: record.current_price(), default=None)

    @property
    def unit_price(self) -> Decimal | None:
        """What one piece costs by itself today, đồng."""
        return self.record.current_price() if self.record is not None else None

    @property
    def price(self) -> Decimal:
        """What it adds to one box, đồng; nothing while it has no price."""
        return (self.unit_price or Decimal(0)) * self.quantity

    @property
    def is_sold(self) -> bool:
        """On sale by itself: live, not archived, and so is the parent of a variant."""
        rows = (self.product, self.product.canonical)
        return all(row.live and row.archived_at is None for row in rows)

    @property
    def boxes(self) -> int | None:
        """How many boxes there is enough of it for; None where stock is not counted."""
        if self.record is None:
            return 0
        if not self.product.get_product_class().track_stock:
            return None
        return self._boxes_from(self.record)

    @property
    def has_enough(self) -> bool:
        """Of it alone there is enough for one box."""
        return self.boxes is None or self.boxes > 0

    def _boxes_from(self, record: Any) -> int:
        return max(0, record.net_stock_level) // self.quantity

    def keeps_until(self, day: date) -> bool:
        """Whether what is sold now is still good on `day`.

        By its lots, where lots are on file; else by the shelf life on its label, counted from
        today; of goods with neither nobody says that they end.
        """
        lots = list(self.product.canonical.lots.all())
        if lots:
            today = timezone.localdate()
            return any(lot.keeps_until(day) for lot in lots if lot.state_on(today) == "valid")
        life = self.product.fact("shelf_life_days")
        return life is None or timezone.localdate() + timedelta(days=life) >= day


@dataclass(frozen=True)
class Trouble:
    """Why a box cannot be had now: the thing that lacks and the reason in words."""

    part: Part | None
    words: str


class Contents:
    """What one box holds: as its maker filled it, or (`design`) as a buyer did."""

    def __init__(self, box: Any, gift: GiftBox, parts: Sequence[Part], design: Any = None) -> None:
        self.box = box
        self.gift = gift
        self.parts = list(parts)
        #: All that may be in it, chosen or not.
        self.goods: list[Any] = [part.product for part in self.parts]
        self.design = design

    # --- Price ------------------------------------------------------------------------------

    @property
    def is_to_be_filled(self) -> bool:
        """A box of empty slots: its price and stock are those of its cheapest filling."""
        return self.gift.is_builder and self.design is None

    @property
    def parts_total(self) -> Decimal:
        """What the things in one box cost by themselves, đồng."""
        return sum((part.price for part in self.parts), Decimal(0))

    @property
    def record(self) -> Any | None:
        """The box's own stock record: who packs it, its own price, how many wrappings."""
        return next(iter(self.box.stockrecords.all()), None)

    @property
    def price(self) -> Decimal | None:
        """What one box costs, whole đồng, tax included; None while that cannot be said."""
        if not self.parts or any(part.unit_price is None for part in self.parts):
            return None
        if self.gift.pricing == Pricing.SUM:
            return self.price_of_sum(self.parts_total)
        own = self.record.current_price() if self.record is not None else None
        if own is None or self.design is None:
            return own
        # A swap costs the difference between what came in and what went out; of a box that costs
        # less than its contents the same share less.
        usual = contents_of(self.box).parts_total
        if own < usual:
            return to_dong(own * self.parts_total / usual)
        return own + self.parts_total - usual

    def price_of_sum(self, total: Decimal) -> Decimal:
        """Contents of `total` đồng, the share that is taken off, and the wrapping."""
        return to_dong(total * (100 - self.percent_off) / 100) + self.gift.wrapping_price

    @property
    def percent_off(self) -> int:
        """Nothing once strong drink is inside, whatever was agreed before (Luật 44/2019/QH14)."""
        return 0 if self.is_unpromotable else self.gift.percent_off

    @property
    def before(self) -> Decimal | None:
        """The price without the share taken off, where one is."""
        if self.gift.pricing == Pricing.SUM and self.percent_off and self.price is not None:
            return self.parts_total + self.gift.wrapping_price
        return None

    # --- How many ---------------------------------------------------------------------------

    @cached_property
    def left(self) -> int | None:
        """How many boxes can be promised: of the scarcest thing, none while one is missing.

        None where nothing of it is counted.
        """
        if self.trouble is not None:
            return 0
        return self._counted

    @property
    def _counted(self) -> int | None:
        counts = [part.boxes for part in self.parts] + [self.wrappings]
        return min((count for count in counts if count is not None), default=None)

    @property
    def wrappings(self) -> int | None:
        """Empty boxes at hand; None where they are not counted, or not needed."""
        record = self.record
        if record is None or record.num_in_stock is None or self.gift.packing != Packing.HUB:
            return None
        return max(0, record.net_stock_level)

    @cached_property
    def trouble(self) -> Trouble | None:
        """The first reason against selling it now; None when there is none."""
        if self.record is None or not self.parts:
            return Trouble(None, _("Hộp này chưa bán."))
        until = self.good_until(timezone.localdate() + timedelta(days=self.usual_days))
        for part in self.parts:
            name = {"title": part.product.display_title}
            if not part.is_sold or part.unit_price is None:
                return Trouble(part, _("%(title)s trong hộp không còn bán.") % name)
            if part.boxes == 0:
                return Trouble(part, _("%(title)s trong hộp vừa hết hàng.") % name)
            if self.gift.min_days_left and not part.keeps_until(until):
                return Trouble(part, _("%(title)s trong hộp không còn đủ hạn dùng.") % name)
        if self.wrappings == 0:
            return Trouble(None, _("Hết hộp đóng quà."))
        return None

    @property
    def usual_days(self) -> int:
        """Days until a box ordered today is at the door, at most within the region."""
        return self.gift.lead_days + days_to_the_door()

    def good_until(self, delivered_on: date) -> date:
        """Until when all of it must keep when it is handed over on that day."""
        return delivered_on + timedelta(days=self.gift.min_days_left)

    # --- Rules ------------------------------------------------------------------------------

    @property
    def is_alcohol(self) -> bool:
        return self.box.is_alcohol or any(part.product.is_alcohol for part in self.parts)

    @property
    def is_unpromotable(self) -> bool:
        return self.box.is_unpromotable or any(p.product.is_unpromotable for p in self.parts)

    @property
    def is_chilled(self) -> bool:
        return any(part.product.is_chilled for part in self.parts)

    @property
    def is_liquid(self) -> bool:
        return any(
            part.product.canonical.freight_class == FreightClass.LIQUID for part in self.parts
        )

    @property
    def grams(self) -> int | None:
        """What one box weighs with its wrapping; None where a weight in it is not known."""
        if self.design is None and self.box.weight_grams:
            return int(self.box.weight_grams)
        weights = [(part.product.fact("weight_grams"), part.quantity) for part in self.parts]
        if not weights or not all(each for each, _quantity in weights):
            return None
        return sum(each * quantity for each, quantity in weights) + self.gift.wrapping_grams

    @property
    def keeps_days(self) -> int | None:
        """How long it keeps: as its first thing to end. None where no label says."""
        lives = [part.product.fact("shelf_life_days") for part in self.parts]
        return min((life for life in lives if life), default=None)


def days_to_the_door() -> int:
    """Days until a parcel ordered today is at the door, at most within the region."""
    return longest_preparing() + longest_way(WITHIN_THE_REGION)


def contents_of(box: Any, design: Any = None) -> Contents:
    """The contents of a box product, or of one that a buyer filled. Reads what was loaded."""
    if design is not None:
        load_designs([(box, design)])
        filled: Contents = design._contents
        return filled
    if not hasattr(box, "_contents"):
        load_contents([box])
    contents: Contents = box._contents
    return contents


def load_contents(boxes: Iterable[Any]) -> None:
    """Read what these boxes hold, in a fixed number of queries; none when there are no boxes."""
    waiting = {box.pk: box for box in boxes if box.is_gift_box and not hasattr(box, "_contents")}
    if not waiting:
        return
    BoxItem = apps.get_model("catalogue", "BoxItem")
    items = list(
        BoxItem.objects.filter(box__in=waiting)
        .select_related(*(f"product__{name}" for name in _ROW))
        .order_by("display_order", "pk")
    )
    prefetch_related_objects([*waiting.values()], "gift_box")
    gifts = {key: _gift_of(box) for key, box in waiting.items()}
    choices = _choices([key for key, gift in gifts.items() if gift.is_builder])
    held_in = [row.product for row in [*items, *choices]]
    load_stock(held_in, beside=[*waiting.values()])
    in_box, for_box = defaultdict(list), defaultdict(list)
    for item in items:
        in_box[item.box_id].append(item)
    for choice in choices:
        for_box[choice.box_id].append(choice)
    for key, box in waiting.items():
        fill(box, gifts[key], in_box[key], for_box[key])


def fill(box: Any, gift: GiftBox, items: Sequence[Any], choices: Sequence[Any]) -> None:
    """Let `box` hold these rows, of which stock and lots are loaded; `choices` fill its slots."""
    for record in box.stockrecords.all():
        record.product = box
    held = [Part(item.product, item.quantity, item.is_swappable) for item in items]
    contents = Contents(box, gift, _cheapest(gift, choices) if gift.is_builder else held)
    contents.goods = [row.product for row in (*items, *choices)]
    box._contents = contents


def _gift_of(box: Any) -> GiftBox:
    """How a box is sold; one without a row of its own is sold as the defaults say."""
    gift: GiftBox = getattr(box, "gift_box", None) or GiftBox(product=box)
    return gift


def _choices(boxes: Sequence[int]) -> list[Any]:
    """What may fill the slots of these boxes."""
    if not boxes:
        return []
    BoxChoice = apps.get_model("catalogue", "BoxChoice")
    rows = BoxChoice.objects.filter(box__in=boxes)
    return list(rows.select_related(*(f"product__{name}" for name in _ROW)))


def _cheapest(gift: GiftBox, choices: Iterable[Any]) -> list[Part]:
    """All slots filled with the cheapest thing that there is enough of; else with the cheapest."""
    parts = [Part(row.product, row.quantity * gift.slots) for row in choices]
    sold = [part for part in parts if part.is_sold and part.unit_price is not None]
    there = [part for part in sold if part.boxes is None or part.boxes > 0]
    cheapest = min(there or sold, key=lambda part: part.price, default=None)
    return [cheapest] if cheapest else []


def load_designs(designs: Iterable[tuple[Any, Any]]) -> None:
    """Read what these designs, each with its box, hold; a fixed number of queries."""
    pairs = [(box, design) for box, design in designs if not hasattr(design, "_contents")]
    if not pairs:
        return
    load_contents(box for box, _design in pairs)
    DesignItem = apps.get_model("catalogue", "DesignItem")
    rows = DesignItem.objects.filter(design__in=[design.pk for _box, design in pairs])
    items = list(rows.select_related(*(f"product__{name}" for name in _ROW)).order_by("pk"))
    load_stock(item.product for item in items)
    for box, design in pairs:
        parts = [Part(each.product, each.quantity) for each in items if each.design_id == design.pk]
        design._contents = Contents(box, contents_of(box).gift, parts, design)


def load_stock(products: Iterable[Any], beside: Sequence[Any] = ()) -> None:
    """Stock and lots of things in boxes, in two queries; of the products `beside`, stock alone."""
    Lot = apps.get_model("catalogue", "Lot")
    rows = list(products)
    if not rows and not beside:
        return
    StockRecord = apps.get_model("partner", "StockRecord")
    stock: Any = StockRecord.objects.select_related("partner__ward__province").order_by("pk")
    prefetch_related_objects([*rows, *beside], Prefetch("stockrecords", queryset=stock))
    lots = Prefetch("lots", queryset=Lot.objects.order_by("best_before", "pk"))
    prefetch_related_objects([row.canonical for row in rows], lots)


def boxes_holding(keys: Iterable[int]) -> set[int]:
    """Keys of the boxes that any of these products, or a variant of one, is in or may be put into.

    One query.
    """
    BoxItem, BoxChoice = (apps.get_model("catalogue", name) for name in ("BoxItem", "BoxChoice"))
    wanted = set(keys)
    held = Q(product__in=wanted) | Q(product__parent__in=wanted)
    inside, offered = (
        model.objects.filter(held).order_by().values_list("box_id", flat=True)
        for model in (BoxItem, BoxChoice)
    )
    return set(inside.union(offered))
