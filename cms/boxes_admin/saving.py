"""Writing a box, handing it in, putting it on sale; what a box lacks.

Each is one transaction and says by ValidationError what keeps it from being done.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.boxes.contents import Contents, contents_of
from catalogue.boxes.inheriting import inherit_rules
from catalogue.claims import findings
from catalogue.classes import GIFT_BOX, product_class
from catalogue.models import BoxChoice, BoxItem, GiftBox, Product, ProductImage
from catalogue.models.box import Pricing
from catalogue.money import format_dong
from catalogue.publishing import obstacles
from catalogue.stock_words import stock_note
from cms.boxes_admin.access import may_decide, may_edit
from cms.boxes_admin.forms import BoxForm
from shop.partner.models import StockRecord
from shop.partner.pricing import Price, set_left, set_price


class NotAllowed(Exception):
    """It is not, or no longer, for this person to do. The message is for them."""


@dataclass(frozen=True)
class Verdict:
    """A box as it would be: its price, how many, what stands against selling it."""

    price: str
    left: str
    grams: int | None
    keeps_days: int | None
    obstacles: list[str]
    notes: list[str]


def obstacles_of(box: Product) -> list[str]:
    """Everything that keeps a box from going on sale, in words."""
    gift = box.gift_box
    found = [*obstacles(box)]
    for name in ("wrapping", "wrapping_en"):
        label = getattr(GiftBox._meta.get_field(name), "verbose_name", name)
        found += findings(getattr(gift, name), where=label)
    choices = box.box_choices.exists()
    if gift.is_builder and not choices:
        found.append(_("Hộp tự chọn chưa có món nào để chọn."))
    if not choices and box.box_items.filter(is_swappable=True).exists():
        found.append(_("Có món đổi được mà chưa có món thay thế."))
    if not box.stockrecords.exists():
        found.append(_("Chưa chọn nơi đóng hộp."))
    elif contents_of(box).price is None:
        found.append(_("Chưa tính được giá: hộp hay một món trong hộp chưa có giá."))
    elif _sells_spirits_below(contents_of(box)):
        found.append(_("Hộp có rượu từ 15 độ không được bớt giá (Luật 44/2019/QH14)."))
    return found


def _sells_spirits_below(contents: Contents) -> bool:
    """A box with strong drink costs less than what is in it: a discount by another name."""
    price = contents.price
    return contents.is_unpromotable and price is not None and price < contents.parts_total


def verdict_of(box: Product) -> Verdict:
    """What is said of a saved box."""
    box = Product.objects.select_related("product_class", "gift_box").get(pk=box.pk)
    contents = contents_of(box)
    notes = []
    if contents.trouble is not None:
        notes.append(contents.trouble.words)
    if contents.is_unpromotable:
        notes.append(_("Có rượu từ 15 độ: hộp không được giảm giá, không dùng mã."))
    elif contents.is_alcohol:
        notes.append(_("Có cồn: hộp chỉ hiện với người đã xác nhận đủ 18 tuổi."))
    if contents.is_chilled:
        notes.append(_("Có hàng lạnh: hộp chỉ giao ở vùng giao được hàng lạnh."))
    if not box.images.exists():
        notes.append(_("Chưa có ảnh."))
    price = contents.price
    return Verdict(
        format_dong(price) if price is not None else "",
        stock_note(contents.left).words,
        contents.grams,
        contents.keeps_days,
        obstacles_of(box),
        notes,
    )


def try_out(form: BoxForm, *, by: Any) -> Verdict:
    """The verdict on a box as the form has it; nothing is kept. Raises ValidationError."""
    with transaction.atomic():
        box = _write(form, by)
        found = verdict_of(box)
        transaction.set_rollback(True)
    return found


@transaction.atomic
def save_box(form: BoxForm, *, by: Any) -> Product:
    """Keep what a valid form says. A box on sale is checked first and goes out at once.

    Raises NotAllowed, and ValidationError naming what a box on sale would lack.
    """
    is_new = form.box.pk is None
    if not is_new:
        _locked(form.box)
        if not may_edit(by, Product.objects.select_related("gift_box").get(pk=form.box.pk)):
            raise NotAllowed(_("Hộp này không còn sửa được: đã gửi duyệt, hoặc đang bán."))
    box = _write(form, by)
    if box.live:
        _go_live(box, by)
    return box


def _write(form: BoxForm, by: Any) -> Product:
    box, facts = form.box, form.facts.cleaned_data
    is_new = box.pk is None
    if is_new:
        box.structure, box.product_class = Product.STANDALONE, product_class(GIFT_BOX)
        box.live, box.gift_ready = False, True
    if facts["hub"] is not None and (is_new or not box.has_been_live):
        box.producer = facts["hub"]
    box.save()
    gift = form.facts.instance
    gift.product = box
    if is_new:
        gift.made_by = by
    gift.save()
    _put_rows(BoxItem, box, form.items.rows)
    _put_rows(BoxChoice, box, form.choices.rows)
    _show(box, form.words.cleaned_data["picture"])
    inherit_rules([box.pk])
    _price(box, facts, by)
    box = Product.objects.select_related("gift_box").get(pk=box.pk)
    if not box.shelf_life_days:
        box.shelf_life_days = _shortest_life(box)
        box.save(update_fields=["shelf_life_days"])
    box.save_revision(user=by, clean=False)
    return box


def _put_rows(model: Any, box: Product, rows: list[dict[str, Any]]) -> None:
    """Make the rows of a box what the form says; a row that stays keeps its key."""
    kept = {row.product_id: row for row in model.objects.filter(box=box)}
    for place, data in enumerate(rows):
        row = kept.pop(data["product"].pk, None) or model(box=box, product=data["product"])
        for name in ("quantity", "is_swappable"):
            if name in data:
                setattr(row, name, data[name])
        row.display_order = place
        row.save()
    for row in kept.values():
        row.delete()


def _show(box: Product, picture: Any) -> None:
    """The box's first picture; one that was there under another place comes forward."""
    if picture is None:
        return
    first = box.images.order_by("display_order", "pk").first()
    if first is not None and first.original_id == picture.pk:
        return
    if first is None:
        ProductImage.objects.create(product=box, original=picture)
        return
    box.images.filter(original=picture).delete()
    first.original = picture
    first.save()


def _price(box: Product, facts: dict[str, Any], by: Any) -> None:
    """The box's own record: who packs it, its own price, how many wrappings."""
    record: StockRecord | None = StockRecord.objects.filter(product=box).first()
    if record is None:
        if box.producer is None:
            return
        record = StockRecord.objects.create(
            product=box, partner=box.producer, partner_sku=f"HOP-{box.pk}", num_in_stock=None
        )
    elif box.producer_id and record.partner_id != box.producer_id:
        record.partner = box.producer
        record.save(update_fields=["partner"])
    record.product = box
    if facts["pricing"] == Pricing.OWN:
        if facts["price"] != record.price:
            sale = (record.sale_price, record.sale_starts_at, record.sale_ends_at)
            set_price(record, Price(facts["price"], *sale), by=by)
    elif record.price is not None or record.sale_price is not None:
        StockRecord.objects.filter(pk=record.pk).update(price=None, sale_price=None)
    _count(record, facts["wrappings"], by)


def _count(record: StockRecord, wrappings: int | None, by: Any) -> None:
    if wrappings is None:
        StockRecord.objects.filter(pk=record.pk).update(num_in_stock=None)
        return
    if record.num_in_stock is None:
        StockRecord.objects.filter(pk=record.pk).update(num_in_stock=0)
        record.refresh_from_db()
    seen = record.net_stock_level
    if seen != wrappings:
        set_left(record, wrappings, seen=seen, by=by)


def _shortest_life(box: Product) -> int | None:
    rows: list[Any] = [*box.box_items.all(), *box.box_choices.all()]
    things = [row.product for row in rows]
    lives = [life for thing in things if (life := thing.fact("shelf_life_days"))]
    return min(lives, default=None)


# --- From draft to sale -------------------------------------------------------------------------


@transaction.atomic
def hand_in(box: Product, *, by: Any) -> None:
    """A promoter's box waits for a moderator; harmless twice.

    Raises NotAllowed, and ValidationError naming what it lacks.
    """
    gift = _locked(box)
    if gift.handed_in_at is not None and gift.made_by_id == by.pk:
        return
    if box.has_been_live or not may_edit(by, box):
        raise NotAllowed(_("Hộp này không còn sửa được: đã gửi duyệt, hoặc đang bán."))
    if found := obstacles_of(box):
        raise ValidationError(found)
    gift.handed_in_at, gift.answer = timezone.now(), ""
    gift.save(update_fields=["handed_in_at", "answer"])


@transaction.atomic
def take_back(box: Product, *, by: Any) -> None:
    """Its maker goes on working on a box that waits; harmless twice."""
    gift = _locked(box)
    if gift.made_by_id != by.pk or box.has_been_live:
        raise NotAllowed(_("Hộp này không phải của bạn."))
    gift.handed_in_at = None
    gift.save(update_fields=["handed_in_at"])


@transaction.atomic
def put_on_sale(box: Product, *, by: Any) -> None:
    """A moderator publishes a box; harmless twice. Raises ValidationError, NotAllowed."""
    gift = _locked(box)
    _moderators_only(by)
    fresh = Product.objects.select_related("gift_box").get(pk=box.pk)
    if fresh.live:
        return
    _go_live(fresh, by)
    gift.handed_in_at, gift.answer = None, ""
    gift.save(update_fields=["handed_in_at", "answer"])


@transaction.atomic
def give_back(box: Product, *, by: Any, reason: str) -> None:
    """A moderator returns a box to its maker with a reason. Raises NotAllowed."""
    gift = _locked(box)
    _moderators_only(by)
    if gift.handed_in_at is None:
        raise NotAllowed(_("Hộp này không chờ duyệt."))
    gift.handed_in_at, gift.answer = None, reason
    gift.save(update_fields=["handed_in_at", "answer"])


@transaction.atomic
def take_off_sale(box: Product, *, by: Any) -> None:
    """A moderator takes a box off sale; harmless twice."""
    _locked(box)
    _moderators_only(by)
    fresh = Product.objects.get(pk=box.pk)
    if fresh.live:
        fresh.unpublish(user=by)


def _moderators_only(by: Any) -> None:
    if not may_decide(by):
        raise NotAllowed(_("Chỉ kiểm duyệt viên mới đăng bán hay trả lại được."))


def _go_live(box: Product, by: Any) -> None:
    if found := obstacles_of(box):
        raise ValidationError(found)
    # Checked above; the model's own check takes an empty UPC for one that is taken.
    box.save_revision(user=by, clean=False).publish(user=by)


def _locked(box: Product) -> GiftBox:
    """The box's row, under a lock: a decision and an edit never cross."""
    Product.objects.select_for_update(of=("self",)).get(pk=box.pk)
    gift, _made = GiftBox.objects.get_or_create(product=box)
    return gift
