"""What cards show of goods, read in one query: texts that say exactly what the rows say.

Each row of stock, dossiers, pictures and the like is read as one text (JSON, written by the
database). Two readings with the same texts are the same goods, so that what was made of them once
may be kept (`catalogue.cards`); only texts that are new are taken apart again.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Exists, F, Model, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONArray

from catalogue.pictures.specs import CARD_SPECS, PRODUCT_SPECS

#: What the rows of one product say, in a fixed order.
Texts = tuple[str, ...]


@dataclass(frozen=True)
class _Columns:
    """Columns of one model, found from the row that is read by way of `path`."""

    label: str
    names: tuple[str, ...]
    path: str = ""

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    @property
    def fields(self) -> list[Any]:
        """In the order of the model, which `Model.from_db` asks for."""
        wanted = set(self.names)
        return [each for each in self.model._meta.concrete_fields if each.attname in wanted]

    def expressions(self) -> list[Any]:
        return [F(f"{self.path}{each.attname}") for each in self.fields]


@dataclass(frozen=True)
class _Part:
    """Rows of one kind: its letter in the texts, the model's columns and those of what it names."""

    letter: str
    own: _Columns
    related: dict[str, _Columns] = field(default_factory=dict)

    def text(self) -> Cast:
        columns = [
            each for some in (self.own, *self.related.values()) for each in some.expressions()
        ]
        return Cast(JSONArray(Value(self.letter, output_field=TextField()), *columns), TextField())

    def row(self, values: Sequence[Any]) -> Any:
        """The row, with what it names."""
        own, *related = _makers(self.letter)
        row = own.made(values[: own.size])
        start = own.size
        for name, maker in zip(self.related, related, strict=True):
            found = values[start : start + maker.size]
            start += maker.size
            setattr(row, name, None if found[maker.key] is None else maker.made(found))
        return row


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
        "product_class": _Columns(
            "catalogue.ProductClass", ("id", "slug", "name", "track_stock"), "product_class__"
        ),
    },
)
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
#: Letter of whether there are reviews, and questions; no row of its own.
_SAID = "n"
_PARTS = {each.letter: each for each in (_PRODUCT, _STOCK, _DOSSIER, _IMAGE, _RENDITION, _LOT)}


def read_goods(keys: Collection[int], *, whole: int | None = None) -> dict[int, Texts]:
    """By key what the database says of those products that are listed. One query.

    `whole`: a product whose page is shown. Its row is read already; of it all pictures in all
    sizes, and its lots, are read as well.
    """
    wanted = list(dict.fromkeys(keys))
    if not wanted and whole is None:
        return {}
    sql, values = _statement(_padded(len(wanted)), whole is not None, connection.vendor)
    wanted += [wanted[-1] if wanted else 0] * (_padded(len(wanted)) - len(wanted))
    named = {**{_stand_in(n): key for n, key in enumerate(wanted)}, _WHOLE: whole}
    found: dict[int, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [named.get(each, each) if isinstance(each, int) else each for each in values]
        )
        for key, text in cursor.fetchall():
            found[key].append(text)
    return {key: tuple(sorted(texts)) for key, texts in found.items()}


def goods_of(texts: Iterable[str]) -> dict[str, list[Any]]:
    """The rows that these texts tell, by the letter of their kind."""
    rows: dict[str, list[Any]] = {letter: [] for letter in (*_PARTS, _SAID)}
    for text in texts:
        letter, *values = json.loads(text, parse_float=Decimal)
        rows[letter].append(values if letter == _SAID else _PARTS[letter].row(values))
    return rows


def product_of(texts: Iterable[str]) -> Any | None:
    """The product with its variants, stock, dossiers and picture, all loaded; None when it is
    not listed. Columns that no card shows are read when they are asked for, one by one."""
    rows = goods_of(texts)
    product = next((row for row in rows["p"] if not row.is_child), None)
    if product is None:
        return None
    give(product, [row for row in rows["p"] if row.is_child], rows)
    return product


def give(product: Any, variants: list[Any], rows: dict[str, list[Any]]) -> None:
    """Let `product` and its live `variants` have these rows, as if they had been prefetched.

    A whole product besides knows whether it `has_reviews` and `has_questions`.
    """
    for reviewed, asked in rows[_SAID]:
        product.has_reviews, product.has_questions = bool(reviewed), bool(asked)
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
    renditions = defaultdict(list)
    for rendition in rows["r"]:
        renditions[rendition.image_id].append(rendition)
    images = sorted(rows["i"], key=lambda row: (row.display_order, row.pk))
    for image in images:
        as_prefetched(image.original, "renditions", renditions[image.original_id])
    as_prefetched(product, "images", images)


def as_prefetched(row: Any, name: str, found: list[Any]) -> None:
    """Let a row have these related ones, as `prefetch_related` leaves them."""
    rows = getattr(row, name).get_queryset()
    rows._result_cache = found
    rows._prefetch_done = True
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows


# --- The statement --------------------------------------------------------------------------

#: Stands for the key of the product whose page is shown, until the statement is run.
_WHOLE = -1
#: Statements are made for so many keys or a multiple: few of them, however many keys are asked.
_STEP = 8


def _padded(count: int) -> int:
    return -(-count // _STEP) * _STEP


def _stand_in(number: int) -> int:
    """No row has a key below nought."""
    return -2 - number


@lru_cache(maxsize=64)
def _statement(count: int, has_whole: bool, vendor: str) -> tuple[str, tuple[Any, ...]]:
    """SQL that reads so many products, and its values with stand-ins for their keys.

    Made once: writing it costs Django more time than the database needs to answer it.
    """
    keys = [_stand_in(n) for n in range(count)]
    queries = _queries(keys, _WHOLE if has_whole else None)
    return queries[0].union(*queries[1:], all=True).query.sql_with_params()


def _queries(keys: list[int], whole: int | None) -> list[QuerySet[Any, Any]]:
    owners = keys if whole is None else [*keys, whole]
    image = _IMAGE.own.model
    goods: Any = _PRODUCT.own.model._default_manager.all()
    listed = goods.filter(pk__in=keys, live=True, archived_at=None).exclude(structure="child")
    # Two questions each, answered by an index; one with OR in it would read the whole table.
    variants = goods.filter(parent__in=keys, live=True)
    stock: Any = _STOCK.own.model._default_manager.filter(product__in=owners)
    stock_of_variants: Any = _STOCK.own.model._default_manager.filter(
        product__parent__in=owners, product__live=True
    )
    dossiers: Any = _DOSSIER.own.model._default_manager.filter(product__in=owners)
    hung = "image__product_images__"
    # A card shows the first picture only.
    images: Any = image._default_manager.filter(~_an_earlier(image), product__in=keys)
    drawn: Any = _RENDITION.own.model._default_manager.filter(
        ~_an_earlier(image, hung), filter_spec__in=CARD_SPECS, **{f"{hung}product__in": keys}
    )
    queries = [
        _texts(listed, _PRODUCT, F("pk")),
        _texts(variants, _PRODUCT, F("parent_id")),
        _texts(stock, _STOCK, F("product_id")),
        _texts(stock_of_variants, _STOCK, F("product__parent_id")),
        _texts(dossiers, _DOSSIER, F("product_id")),
        _texts(images, _IMAGE, F("product_id")),
        _texts(drawn, _RENDITION, F(f"{hung}product_id")),
    ]
    if whole is not None:
        lots: Any = _LOT.own.model._default_manager.filter(product=whole)
        images = image._default_manager.filter(product=whole)
        drawn = _RENDITION.own.model._default_manager.filter(
            filter_spec__in=PRODUCT_SPECS, **{f"{hung}product": whole}
        )
        queries += [
            _texts(lots, _LOT, F("product_id")),
            _texts(images, _IMAGE, F("product_id")),
            _texts(drawn, _RENDITION, F(f"{hung}product_id")),
            goods.filter(pk=whole).order_by().values_list(F("pk"), _said_of_it()),
        ]
    return queries


def _said_of_it() -> Cast:
    """Whether buyers said or asked something: of most goods nobody did, and no page need ask."""
    reviews: Any = apps.get_model("reviews", "ProductReview").objects
    questions: Any = apps.get_model("questions", "Question").objects
    said = [
        Exists(rows.filter(product=OuterRef("pk")).order_by())
        for rows in (reviews.approved(), questions.shown())
    ]
    return Cast(JSONArray(Value(_SAID, output_field=TextField()), *said), TextField())


def _an_earlier(image: type[Model], path: str = "") -> Exists:
    """The same product has a picture that stands before this one."""
    return Exists(
        image._default_manager.filter(
            product=OuterRef(f"{path}product"),
            display_order__lt=OuterRef(f"{path}display_order"),
        )
    )


def _texts(rows: QuerySet[Any, Any], part: _Part, owner: Any) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(owner, part.text())


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
    return None


def _moment(text: str) -> datetime:
    """SQLite keeps moments in UTC and does not say so."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
