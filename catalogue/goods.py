"""What cards and pages show of goods, read in one query: texts that say exactly what the rows say.

Each row of stock, dossiers, pictures and the like is read as one text (JSON, written by the
database). Two readings with the same texts are the same goods, so that what was made of them once
may be kept (`catalogue.cards`, `catalogue.product_page`); only texts that are new are taken apart
again.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Exists, F, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast

from catalogue.among import keys_value
from catalogue.boxes.contents import fill
from catalogue.models.box import GiftBox
from catalogue.pictures.specs import CARD_SPECS, PRODUCT_SPECS
from catalogue.prefetched import as_prefetched, hang
from catalogue.row_texts import Values, text_of
from catalogue.written import Asked, Written

#: What the rows of one product say, in a fixed order.
Texts = tuple[str, ...]


@dataclass(frozen=True)
class _Columns:
    """Columns of one model (without `names` all), found by way of `path` from the row read."""

    label: str
    names: tuple[str, ...] = ()
    path: str = ""

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    @property
    def fields(self) -> list[Any]:
        """In the order of the model, which `Model.from_db` asks for."""
        fields = self.model._meta.concrete_fields
        if not self.names:
            # JSON is of drafts only.
            return [each for each in fields if not isinstance(each, models.JSONField)]
        return [each for each in fields if each.attname in self.names]

    def values(self, below: str) -> Values:
        return Values(*(F(f"{below}{self.path}{each.attname}") for each in self.fields))


@dataclass(frozen=True)
class _Part:
    """Rows of one kind: its letter in the texts, the model's columns and those of what it names.

    What a named row names itself comes after it: `producer`, `producer__ward`.
    """

    letter: str
    own: _Columns
    related: dict[str, _Columns] = field(default_factory=dict)

    def text(self, below: str = "") -> Cast:
        """Of rows that are found by way of `below`."""
        # One array a row: no database takes the values of all in one call.
        rows = [columns.values(below) for columns in (self.own, *self.related.values())]
        return text_of(self.letter, *rows)

    def row(self, values: Sequence[Sequence[Any]]) -> Any:
        """The row, with what it names."""
        own, *related = _makers(self.letter)
        rows = {"": own.made(values[0])}
        for path, maker, found in zip(self.related, related, values[1:], strict=True):
            by, _, name = path.rpartition("__")
            rows[path] = None if found[maker.key] is None else maker.made(found)
            if rows[by] is not None:
                setattr(rows[by], name, rows[path])
        return rows[""]


_CLASS = ("id", "slug", "name", "track_stock")
_PRODUCT = _Part(
    "p",
    _Columns(
        "catalogue.Product",
        (
            *("id", "structure", "parent_id", "live", "archived_at", "slug", "is_sample"),
            *("title", "title_en", "english_ready", "summary", "summary_en"),
            *("producer_id", "origin_id", "former_origin_id", "product_class_id"),
            *("season_mask", "gift_ready", "abv", "freight_class", "net_quantity", "net_unit"),
        ),
    ),
    {
        "producer": _Columns(
            "partner.Partner", ("id", "code", "name", "name_en", "slug", "is_public"), "producer__"
        ),
        "origin": _Columns("places.Ward", ("code", "name", "full_name", "kind"), "origin__"),
        "former_origin": _Columns(
            "places.FormerCommune",
            (
                *("id", "name", "kind", "former_district", "former_district_kind"),
                *("former_province", "former_province_kind"),
            ),
            "former_origin__",
        ),
        "product_class": _Columns("catalogue.ProductClass", _CLASS, "product_class__"),
    },
)
#: A product as its page shows it. Whole rows: what is kept may read nothing later.
_WHOLE = _Part(
    "w",
    _Columns("catalogue.Product"),
    {
        "producer": _Columns("partner.Partner", path="producer__"),
        "producer__ward": _Columns("places.Ward", path="producer__ward__"),
        "producer__ward__province": _Columns("places.Province", path="producer__ward__province__"),
        "producer__former_commune": _Columns(
            "places.FormerCommune", path="producer__former_commune__"
        ),
        "origin": _Columns("places.Ward", path="origin__"),
        "origin__province": _Columns("places.Province", path="origin__province__"),
        "former_origin": _Columns("places.FormerCommune", path="former_origin__"),
        "product_class": _Columns("catalogue.ProductClass", path="product_class__"),
    },
)
#: Its variants, which say only what differs.
_VARIANT = _Part("v", _Columns("catalogue.Product"))
_STOCK = _Part(
    "s",
    _Columns(
        "partner.StockRecord",
        (
            *("id", "product_id", "partner_id", "partner_sku", "price_currency"),
            *("num_in_stock", "num_allocated", "low_stock_threshold"),
            *("price", "sale_price", "sale_starts_at", "sale_ends_at"),
        ),
    ),
)
_DOSSIER = _Part(
    "d",
    _Columns(
        "catalogue.Certificate",
        (
            *("id", "product_id", "dossier", "registered_year", "code", "stars", "source"),
            *("decision_number", "decided_on", "issuer", "legal_basis", "scan_id"),
            *("expires_on", "extended_until", "revoked_on", "revoked_reason"),
        ),
    ),
    {"scan": _Columns("wagtaildocs.Document", ("id", "title", "file", "file_hash"), "scan__")},
)
_IMAGE = _Part(
    "i",
    _Columns("catalogue.ProductImage", ("id", "product_id", "original_id", "display_order")),
    {
        "original": _Columns(
            "pictures.Picture",
            (
                *("id", "title", "file", "width", "height", "alt_text", "alt_text_en"),
                *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
            ),
            "original__",
        )
    },
)
_RENDITION = _Part(
    "r",
    _Columns(
        "pictures.Rendition",
        ("id", "image_id", "filter_spec", "focal_point_key", "file", "width", "height"),
    ),
)
_LOT = _Part(
    "l",
    _Columns(
        "catalogue.Lot",
        ("id", "product_id", "code", "produced_on", "best_before", "recalled_on", "is_sample"),
    ),
)
_GIFT = _Part(
    "g",
    _Columns(
        "catalogue.GiftBox",
        (
            *("id", "product_id", "tier", "pricing", "percent_off", "wrapping_price"),
            *("wrapping", "wrapping_en", "wrapping_grams", "packing"),
            *("lead_days", "min_days_left", "slots"),
        ),
    ),
)
#: Of what is in a box.
_HELD = (
    *("id", "structure", "parent_id", "live", "archived_at", "slug"),
    *("title", "title_en", "english_ready", "product_class_id"),
    *("abv", "freight_class", "net_quantity", "net_unit", "weight_grams", "shelf_life_days"),
)
_HELD_ROWS = {
    "product": _Columns("catalogue.Product", _HELD, "product__"),
    "product__product_class": _Columns(
        "catalogue.ProductClass", _CLASS, "product__product_class__"
    ),
    "product__parent": _Columns("catalogue.Product", _HELD, "product__parent__"),
    "product__parent__product_class": _Columns(
        "catalogue.ProductClass", _CLASS, "product__parent__product_class__"
    ),
}
_ITEM = _Part(
    "h",
    _Columns(
        "catalogue.BoxItem",
        ("id", "box_id", "product_id", "quantity", "is_swappable", "display_order"),
    ),
    _HELD_ROWS,
)
_CHOICE = _Part(
    "c",
    _Columns("catalogue.BoxChoice", ("id", "box_id", "product_id", "quantity", "display_order")),
    _HELD_ROWS,
)
#: Letter of whether there are reviews, and questions; no row of its own.
_SAID = "n"
_PARTS = {
    each.letter: each
    for each in (
        *(_PRODUCT, _WHOLE, _VARIANT, _STOCK, _DOSSIER, _IMAGE, _RENDITION, _LOT),
        *(_GIFT, _ITEM, _CHOICE),
    )
}
#: Gift boxes that this process has met: what is in them is read with them.
_boxes: set[int] = set()


def read_goods(keys: Collection[int]) -> dict[int, Texts]:
    """By key what the database says of those products that are listed. One query."""
    wanted = dict.fromkeys(keys)
    if not wanted:
        return {}
    boxes, vendor = boxes_among(wanted), connection.vendor
    cards = keys_value(wanted, vendor)
    rows = (
        _CARDS_WITH_BOXES.rows(cards=cards, boxes=keys_value(boxes, vendor))
        if boxes
        else _CARDS.rows(cards=cards)
    )
    found: dict[int, set[str]] = defaultdict(set)
    for key, text in rows:
        found[key].add(text)
    return {key: tuple(sorted(texts)) for key, texts in found.items()}


def read_boxes(keys: Collection[int]) -> dict[int, Texts]:
    """As `read_goods`, of goods that are known to be gift boxes from now on."""
    _boxes.update(keys)
    return read_goods(keys)


def forget_boxes() -> None:
    """Meet them anew."""
    _boxes.clear()


def boxes_among(keys: Iterable[int]) -> set[int]:
    """Those of these goods that are read with what is in them."""
    return _boxes.intersection(keys)


def read_whole(*, slug: str = "", pk: int | None = None) -> Texts:
    """What the database says of the product at this address, or under this key. One query.

    Whole rows of it and its live variants, listed or not, all pictures in all sizes, lots.
    """
    found = _WHOLE_BY_SLUG.rows(asked=slug) if pk is None else _WHOLE_BY_KEY.rows(asked=pk)
    return tuple(sorted(text for _key, text in found))


def goods_of(texts: Iterable[str]) -> dict[str, list[Any]]:
    """The rows that these texts tell, by the letter of their kind."""
    rows: dict[str, list[Any]] = {letter: [] for letter in (*_PARTS, _SAID)}
    for text in texts:
        letter, *values = json.loads(text, parse_float=Decimal)
        rows[letter].append(values if letter == _SAID else _PARTS[letter].row(values))
    return rows


def product_of(texts: Iterable[str]) -> Any | None:
    """The product with its variants, stock, dossiers and pictures, all loaded; None for none.

    Of one read for its card, columns that no card shows are read when they are asked for. A gift
    box has its contents, where they were read.
    """
    rows = goods_of(texts)
    found = rows[_PRODUCT.letter] or rows[_WHOLE.letter]
    product = next((row for row in found if not row.is_child), None)
    if product is not None:
        give(product, rows)
        if rows[_GIFT.letter]:
            _open(product, rows)
    return product


def _open(box: Any, rows: dict[str, list[Any]]) -> None:
    """Let a gift box know what is in it, and that know its stock and lots."""
    held, choices = (
        sorted(rows[part.letter], key=lambda row: (row.display_order, row.pk))
        for part in (_ITEM, _CHOICE)
    )
    things = [each.product for each in (*held, *choices)]
    stock = sorted(rows["s"], key=lambda row: row.pk)
    hang(things, "stockrecords", stock, "product_id")
    hang([thing.canonical for thing in things], "lots", rows["l"], "product_id")
    gift = rows[_GIFT.letter][0]
    fill(box, gift if gift.pk else GiftBox(product=box), held, choices)


def give(product: Any, rows: dict[str, list[Any]]) -> None:
    """Let `product` and its live variants have these rows, as if they had been prefetched.

    A whole product besides has its lots and knows whether it `has_reviews` and `has_questions`.
    """
    for reviewed, asked in rows[_SAID]:
        product.has_reviews, product.has_questions = bool(reviewed), bool(asked)
        as_prefetched(product, "lots", rows["l"])
    variants = [row for letter in "pv" for row in rows[letter] if row.is_child]
    product.live_children = sorted(variants, key=lambda row: row.pk)
    stock = defaultdict(list)
    for record in sorted(rows["s"], key=lambda row: row.pk):
        stock[record.product_id].append(record)
    for row in (product, *product.live_children):
        if row is not product:
            row.parent = product
        for record in stock[row.pk]:
            record.product = row
        as_prefetched(row, "stockrecords", stock[row.pk])
    # As the models order them.
    dossiers = sorted(rows["d"], key=lambda row: (row.decided_on or date.min, row.pk))
    as_prefetched(product, "certificates", dossiers[::-1])
    images = sorted(rows["i"], key=lambda row: (row.display_order, row.pk))
    hang([image.original for image in images], "renditions", rows["r"], "image_id")
    as_prefetched(product, "images", images)


# --- The statement --------------------------------------------------------------------------


def _rows(part: _Part) -> Any:
    return part.own.model._default_manager


def _queries() -> list[QuerySet[Any, Any]]:
    image, keys = _IMAGE.own.model, Asked("cards")
    listed = _rows(_PRODUCT).filter(pk__among=keys, live=True, archived_at=None)
    listed = listed.exclude(structure="child")
    # Two questions each, answered by an index; one with OR in it would read the whole table.
    variants = _rows(_PRODUCT).filter(parent__among=keys, live=True)
    stock = _rows(_STOCK).filter(product__among=keys)
    stock_of_variants = _rows(_STOCK).filter(product__parent__among=keys, product__live=True)
    dossiers = _rows(_DOSSIER).filter(product__among=keys)
    hung = "image__product_images__"
    # A card shows the first picture only.
    images = _rows(_IMAGE).filter(~_an_earlier(image), product__among=keys)
    drawn = _rows(_RENDITION).filter(
        ~_an_earlier(image, hung), filter_spec__in=CARD_SPECS, **{f"{hung}product__among": keys}
    )
    return [
        _texts(listed, _PRODUCT, F("pk")),
        _texts(variants, _PRODUCT, F("parent_id")),
        _texts(stock, _STOCK, F("product_id")),
        _texts(stock_of_variants, _STOCK, F("product__parent_id")),
        _texts(dossiers, _DOSSIER, F("product_id")),
        _texts(images, _IMAGE, F("product_id")),
        _texts(drawn, _RENDITION, F(f"{hung}product_id")),
    ]


def _box_queries() -> list[QuerySet[Any, Any]]:
    """How they are sold, what is in them or may be put in, and the stock and lots of that."""
    # A box without such a row has a text as well: it says that its contents were read.
    keys = Asked("boxes")
    sold = _rows(_PRODUCT).filter(pk__among=keys)
    queries = [_texts(sold, _GIFT, F("pk"), "gift_box__")]
    for part in (_ITEM, _CHOICE):
        held = _rows(part).filter(box__among=keys)
        queries.append(_texts(held, part, F("box_id")))
        for below, other in (
            ("product__stockrecords__", _STOCK),
            ("product__lots__", _LOT),
            ("product__parent__lots__", _LOT),
        ):
            there = held.filter(**{f"{below}pk__isnull": False})
            queries.append(_texts(there, other, F("box_id"), below))
    return queries


def _whole_queries(by: str) -> list[QuerySet[Any, Any]]:
    asked = _rows(_WHOLE).filter(**{by: Asked("asked")}).order_by()

    def of(part: _Part, path: str = "product", **also: Any) -> Any:
        return _rows(part).filter(**{path: Subquery(asked.values("pk"))}, **also)

    hung = "image__product_images__product"
    drawn = of(_RENDITION, hung, filter_spec__in=PRODUCT_SPECS)
    of_variants = of(_STOCK, "product__parent", product__live=True)
    return [
        _texts(asked, _WHOLE, F("pk")),
        _texts(of(_VARIANT, "parent", live=True), _VARIANT, F("parent_id")),
        _texts(of(_STOCK), _STOCK, F("product_id")),
        _texts(of_variants, _STOCK, F("product__parent_id")),
        _texts(of(_DOSSIER), _DOSSIER, F("product_id")),
        _texts(of(_LOT), _LOT, F("product_id")),
        _texts(of(_IMAGE), _IMAGE, F("product_id")),
        _texts(drawn, _RENDITION, F(f"{hung}_id")),
        asked.values_list(F("pk"), _said_of_it()),
    ]


def _union(queries: list[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    return queries[0].union(*queries[1:], all=True)


_CARDS = Written(lambda: _union(_queries()))
_CARDS_WITH_BOXES = Written(lambda: _union([*_queries(), *_box_queries()]))
_WHOLE_BY_SLUG = Written(lambda: _union(_whole_queries("slug")))
_WHOLE_BY_KEY = Written(lambda: _union(_whole_queries("pk")))


def _said_of_it() -> Cast:
    """Whether buyers said or asked something: of most goods nobody did, and no page need ask."""
    reviews: Any = apps.get_model("reviews", "ProductReview").objects
    questions: Any = apps.get_model("questions", "Question").objects
    said = [
        Exists(rows.filter(product=OuterRef("pk")).order_by())
        for rows in (reviews.approved(), questions.shown())
    ]
    return text_of(_SAID, *said)


def _an_earlier(image: type[Model], path: str = "") -> Exists:
    """The same product has a picture that stands before this one."""
    return Exists(
        image._default_manager.filter(
            product=OuterRef(f"{path}product"),
            display_order__lt=OuterRef(f"{path}display_order"),
        )
    )


def _texts(
    rows: QuerySet[Any, Any], part: _Part, owner: Any, below: str = ""
) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(owner, part.text(below))


# --- Values out of a text -------------------------------------------------------------------

Reader = Callable[[Any], Any]


class _Maker:
    """Makes rows of one model out of values as JSON knows them."""

    def __init__(self, columns: _Columns) -> None:
        fields = columns.fields
        self.size = len(fields)
        self.key = [each.primary_key for each in fields].index(True)
        self._model = columns.model
        self._names = [each.attname for each in fields]
        self._readers = [_reader(each) for each in fields]

    def made(self, values: Sequence[Any]) -> Any:
        read = [
            value if value is None or reader is None else reader(value)
            for value, reader in zip(values, self._readers, strict=True)
        ]
        return self._model.from_db(connection.alias, self._names, read)


@cache
def _makers(letter: str) -> tuple[_Maker, ...]:
    """Of the part's own row, then of the rows that it names."""
    part = _PARTS[letter]
    return tuple(_Maker(columns) for columns in (part.own, *part.related.values()))


def _reader(column: Any) -> Reader | None:
    """How a column's value is read from JSON; None for text and whole numbers, which stay."""
    if isinstance(column, models.DecimalField):
        unit = Decimal(1).scaleb(-column.decimal_places)
        return lambda value: Decimal(value).quantize(unit)
    if isinstance(column, models.DateTimeField):
        return _moment
    if isinstance(column, models.DateField):
        return date.fromisoformat
    if isinstance(column, models.BooleanField):
        return bool  # SQLite says 0 and 1
    if isinstance(column, models.FloatField):
        return float  # a number with a point is read as Decimal
    return None


def _moment(text: str) -> datetime:
    """SQLite keeps moments in UTC and does not say so."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
