"""The price list: one row for each thing that is priced and counted, its own key first.

Rows go through the same services as the pages: prices keep their memory and wait when they move
too far, counts are refused when somebody sold meanwhile. A row without a key is a new draft.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets

from catalogue.models import Category
from catalogue.money import format_dong
from catalogue.text import fold
from catalogue.typed import whole_number
from shop.invoices.export import safe_text
from shop.partner.history import PriceChange
from shop.partner.models import Partner, StockRecord
from shop.partner.pricing import CountedElsewhere, Price, set_left, set_price
from shop.producers.forms import MOST_IN_STOCK
from shop.producers.listings.drafting import new_listing
from shop.producers.listings.forms import MOST_PRICE

KEY, TITLE, GROUP = "Mã", "Sản phẩm", "Nhóm"
PRICE, SALE, LEFT, SEEN = "Giá bán", "Giá khuyến mại", "Còn", "Còn lúc tải về"
COLUMNS = (KEY, TITLE, GROUP, PRICE, SALE, LEFT, SEEN)
#: A row is named by what people call the column, whatever Excel did to its spaces.
NEEDED = (KEY, PRICE, LEFT)


class NumberWidget(widgets.Widget):
    """`45000`, `45.000`, `45000.0` of a spreadsheet; nothing for an empty cell."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__()

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        if value is None or str(value).strip() == "":
            return None
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = str(value).strip().replace(" ", "").replace("₫", "").replace(".", "")
        if not (text.isascii() and text.isdigit()):
            raise ValueError(_("“%(value)s” không phải số nguyên từ 0 trở lên.") % {"value": value})
        if int(text) > self.most:
            raise ValueError(_("%(value)s quá lớn.") % {"value": value})
        return int(text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "" if value is None else int(value)


class PriceListResource(resources.ModelResource):
    """Own rows only; what is not in the file stays as it is."""

    sku = fields.Field(column_name=KEY, attribute="partner_sku", readonly=True)
    title = fields.Field(column_name=TITLE, readonly=True)
    group = fields.Field(column_name=GROUP, readonly=True)
    price = fields.Field(
        column_name=PRICE, attribute="wanted_price", widget=NumberWidget(MOST_PRICE)
    )
    sale = fields.Field(column_name=SALE, attribute="wanted_sale", widget=NumberWidget(MOST_PRICE))
    left = fields.Field(
        column_name=LEFT, attribute="wanted_left", widget=NumberWidget(MOST_IN_STOCK)
    )
    seen = fields.Field(column_name=SEEN, attribute="seen_left", widget=NumberWidget(MOST_IN_STOCK))

    class Meta:
        model = StockRecord
        fields = ("sku", "title", "group", "price", "sale", "left", "seen")
        import_order = fields
        export_order = fields
        import_id_fields = ("sku",)
        skip_diff = True
        use_transactions = True
        rollback_on_validation_errors = True
        clean_model_instances = False

    def __init__(
        self, producer: Partner, by: Any, told: Callable[[int], None] = lambda done: None
    ) -> None:
        super().__init__()
        self.producer, self.by, self.told = producer, by, told
        self.words: dict[int, list[str]] = {}

    # --- Going out ---------------------------------------------------------------------------

    def get_queryset(self) -> Any:
        return (
            StockRecord.objects.filter(partner=self.producer, product__archived_at=None)
            .exclude(product__parent__archived_at__isnull=False)
            .select_related("product__parent")
            .prefetch_related("product__categories", "product__parent__categories")
            .order_by("product__parent_id", "product_id")
        )

    def export_resource(self, obj: StockRecord, **kwargs: Any) -> list[Any]:
        groups = [each.number for each in obj.product.canonical.categories.all() if each.number]
        left = obj.net_stock_level
        return [
            safe_text(obj.partner_sku),
            safe_text(obj.product.get_title()),
            groups[0] if groups else "",
            int(obj.price) if obj.price is not None else "",
            int(obj.sale_price) if obj.sale_price is not None else "",
            left,
            left,
        ]

    # --- Coming in ---------------------------------------------------------------------------

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        lacking = [name for name in NEEDED if name not in (dataset.headers or [])]
        if lacking:
            raise ValidationError(
                _("Bảng thiếu cột: %(names)s. Hãy tải bảng mẫu rồi điền.")
                % {"names": ", ".join(lacking)}
            )
        records = list(self.get_queryset())
        self.by_key = {record.partner_sku.strip().lower(): record for record in records}
        self.by_title = {fold(record.product.get_title()): record for record in records}
        self.seen_keys: set[str] = set()

    def get_instance(self, instance_loader: Any, row: Any) -> StockRecord | None:
        key = _text(row.get(KEY)).lower()
        found = self.by_key.get(key) if key else self.by_title.get(fold(_text(row.get(TITLE))))
        return (
            StockRecord.objects.select_related("product__parent").get(pk=found.pk)
            if found
            else None
        )

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        instance.wanted_price = instance.wanted_sale = None
        instance.wanted_left = instance.seen_left = None
        super().import_instance(instance, row, **kwargs)
        name = _text(row.get(KEY)).lower() or fold(_text(row.get(TITLE)))
        if name in self.seen_keys:
            raise ValidationError({KEY: _("Dòng này trùng với một dòng ở trên.")})
        self.seen_keys.add(name)

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        number = kwargs.get("row_number") or 0
        words = self.words.setdefault(number, [])
        if is_create:
            instance = self._new_draft(instance, row, words)
        if instance.wanted_price is not None:
            words += self._price(instance)
        if instance.wanted_left is not None:
            words += self._left(instance)

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        self.told(kwargs.get("row_number") or 0)

    def _new_draft(self, wanted: Any, row: Any, words: list[str]) -> Any:
        key, title = _text(row.get(KEY)), _text(row.get(TITLE))
        if key:
            raise ValidationError({KEY: _("Không có mã này trong hàng của bạn.")})
        if not title:
            raise ValidationError({TITLE: _("Hàng mới phải có tên.")})
        number = _text(row.get(GROUP)).removesuffix(".0")
        group = Category.objects.filter(number=whole_number(number)).first()
        if group is None:
            raise ValidationError({GROUP: _("Hàng mới phải có số của nhóm, từ 1 đến 26.")})
        product = new_listing(self.producer, title[:255], group, by=self.by)
        record: Any = StockRecord.objects.select_related("product").get(product=product)
        for name in ("wanted_price", "wanted_sale", "wanted_left", "seen_left"):
            setattr(record, name, getattr(wanted, name))
        words.append(_("Bản nháp mới: %(title)s.") % {"title": title})
        return record

    def _price(self, record: Any) -> list[str]:
        before = record.price
        sale = Decimal(record.wanted_sale) if record.wanted_sale is not None else None
        window = (record.sale_starts_at, record.sale_ends_at) if sale is not None else (None, None)
        wanted = Price(Decimal(record.wanted_price), sale, *window)
        change = set_price(record, wanted, by=self.by)
        if change is None:
            return []
        on_sale = _("khuyến mại")
        told = {
            "before": format_dong(before) if before is not None else "–",
            "after": format_dong(wanted.price),
            "sale": f", {on_sale} {format_dong(sale)}" if sale is not None else "",
        }
        if change.state == PriceChange.State.WAITING:
            return [_("Giá %(before)s → %(after)s%(sale)s: đổi nhiều, chờ cửa hàng xem.") % told]
        return [_("Giá %(before)s → %(after)s%(sale)s.") % told]

    def _left(self, record: Any) -> list[str]:
        now = StockRecord.objects.get(pk=record.pk).net_stock_level
        if record.wanted_left == now:
            return []
        seen = record.seen_left if record.seen_left is not None else now
        try:
            set_left(record, record.wanted_left, seen=seen, by=self.by)
        except CountedElsewhere as elsewhere:
            raise ValidationError({LEFT: str(elsewhere)}) from elsewhere
        return [_("Còn %(before)s → %(after)s.") % {"before": now, "after": record.wanted_left}]


#: What people call the column of which an error speaks.
COLUMN_OF: dict[str, str] = {
    field.attribute: field.column_name
    for field in PriceListResource.fields.values()
    if field.attribute
}


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip().lstrip("'")
