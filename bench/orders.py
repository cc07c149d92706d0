"""Orders in bulk whose books tie: some that went all the way, and copies of all their rows.

The first are placed, paid, packed, sent and delivered by the shop's own services. Copies are made
in the database, table by table, with keys, order numbers and dates moved on, so that parcels,
lines, payments, the ledger and the producers' accounts of each copy stand in the same sums. Goods
of copies have left the stock, as those of the first have. Last, orders that wait for packing or
for money.
"""

import random
from collections.abc import Iterator
from unittest import mock

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max
from tqdm import tqdm

from catalogue.models import Product
from shop.order.fulfilment import hand_over, mark_delivered, start_packing
from shop.order.models import Order
from shop.order.numbers import ALPHABET
from shop.payment.methods.cod.confirming import confirm_order
from shop.payment.methods.cod.method import TO_CONFIRM
from shop.payment.receiving import mark_received
from shop.users.models import User

#: Orders that went all the way by the shop's own services, and those that still wait.
FIRST, WAITING = 100, 60
BUYERS = 2_000
BUYER_EMAIL = "nguoi-mua-{}@bench.example"
#: Letters that no order number has stand where a copy's own number goes.
MARK = "OIOI"
#: Copies reach so many days back.
DAYS = 700
COPIES_AT_ONCE = 20
#: Letters are no part of the books, and the heaviest rows by far.
NOT_COPIED = {"communication.Letter"}
#: Dearer goods are not sent for cash, đồng.
MOST_PRICE = 300_000


@transaction.atomic
def make_orders(orders: int) -> None:
    """Add orders until there are about so many: all of them or none."""
    if Order.objects.count() >= orders:
        return
    buyers = _buyers()
    before = {model: _last(model) for model in _tables()}
    with tqdm(total=orders, unit="order", unit_scale=True) as progress:
        first = min(FIRST, orders)
        for number in range(first):
            _delivered(number, buyers)
            progress.update()
        # One number for all tables, beyond every key: how far apart the keys of two copies lie.
        step = max(map(_last, before)) + 1
        for copies in _copies(orders // first - 1):
            _copy(before, copies, step, buyers)
            progress.update(first * len(copies))
    # Nobody else sees these rows yet, so nothing else tells the planner how many they are.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    chance = random.Random(WAITING)
    for number in range(min(WAITING, orders)):
        _placed(chance, buyers, "vietqr" if number % 4 == 0 else "cod")


def _buyers() -> list[User]:
    """Accounts that buy; nobody can sign in to them by a password."""
    have = User.objects.filter(email__endswith=BUYER_EMAIL.partition("@")[2]).count()
    closed = make_password(None)
    User.objects.bulk_create(
        User(
            email=BUYER_EMAIL.format(number),
            first_name="Nguyễn Thị Lan",
            password=closed,
        )
        for number in range(have, BUYERS)
    )
    return list(User.objects.filter(email__endswith="@bench.example").order_by("pk"))


def _placed(chance: random.Random, buyers: list[User], payment: str) -> Order:
    # Not at the top: the factories read the database when they are imported.
    from tests.factories import a_bank_account, an_order

    a_bank_account()
    most = Product.objects.aggregate(last=Max("pk"))["last"]
    goods: dict[Product, int] = {}
    while len(goods) < chance.choice((1, 2, 3)):
        product = Product.objects.listed().filter(
            pk__gte=chance.randrange(most), slug__contains="made-up", product_class__slug="ocop"
        )
        one = (
            product.filter(stockrecords__num_in_stock__gte=15, stockrecords__price__lte=MOST_PRICE)
            .order_by("pk")
            .first()
        )
        if one is not None:
            goods[one] = chance.choice((1, 1, 2))
    return an_order(goods, buyer=chance.choice(buyers), payment=payment)


def _delivered(number: int, buyers: list[User]) -> None:
    chance = random.Random(number)
    letters = MARK + "".join(chance.choices(ALPHABET, k=4))
    payment = "vietqr" if number % 3 == 0 else "cod"
    with mock.patch("shop.order.placing.random_number", return_value=f"PC{letters}"):
        order = _placed(chance, buyers, payment)
    if payment == "vietqr":
        mark_received(order.payment, by=None)
    elif order.status == TO_CONFIRM:
        confirm_order(order, by=None)
    for parcel in order.parcels.all():
        mark_delivered(hand_over(start_packing(parcel), "Bưu điện", ""))


# --- Copies -------------------------------------------------------------------------------------


def _tables() -> list[type[models.Model]]:
    """The order's table and every table with rows that belong to one order, owners first."""
    found: list[type[models.Model]] = [
        Order._meta.get_field("shipping_address").related_model,
        Order,
    ]
    for owner in found:
        for model in apps.get_models():
            fields = model._meta.concrete_fields
            belongs = any(
                f.related_model is owner for f in fields if isinstance(f, models.ForeignKey)
            )
            if belongs and model not in found and model._meta.label not in NOT_COPIED:
                found.append(model)
    return [model for model in found if _is_numbered(model)]


def _is_numbered(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.AutoField | models.OneToOneField)


def _last(model: type[models.Model]) -> int:
    return model._base_manager.aggregate(last=Max("pk"))["last"] or 0


def _copies(copies: int) -> Iterator[range]:
    for start in range(1, copies + 1, COPIES_AT_ONCE):
        yield range(start, min(start + COPIES_AT_ONCE, copies + 1))


def _copy(
    before: dict[type[models.Model], int], copies: range, step: int, buyers: list[User]
) -> None:
    """Write these copies of every row between `before` and `step`."""
    tables = list(before)
    values = ", ".join(f"({n}, '{_letters(n)}')" for n in copies)
    with connection.cursor() as cursor:
        for model in tables:
            columns = {
                f.column: _copied(f, tables, step, buyers) for f in model._meta.concrete_fields
            }
            key = model._meta.pk.column
            cursor.execute(
                f"WITH copies(n, letters) AS (VALUES {values}) "
                f"INSERT INTO {_q(model._meta.db_table)} ({', '.join(map(_q, columns))}) "
                f"SELECT {', '.join(columns.values())} FROM {_q(model._meta.db_table)} t, copies "
                f"WHERE t.{_q(key)} > {before[model]} AND t.{_q(key)} <= {step}"
            )
        for sql in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(sql)
    if connection.vendor == "postgresql":
        connection.check_constraints()  # now, not millions of them at the end


def _copied(
    field: models.Field, tables: list[type[models.Model]], step: int, buyers: list[User]
) -> str:
    """SQL of one column of a copy, of the row `t` and the copy's number `n` and `letters`."""
    column = f"t.{_q(field.column)}"
    on_postgres = connection.vendor == "postgresql"
    if field.primary_key and not isinstance(field, models.ForeignKey):
        return f"{column} + n * {step}"
    if isinstance(field, models.ForeignKey):
        if field.related_model in tables:
            return f"{column} + n * {step}"
        if field.model is Order and field.related_model is User:
            return f"{buyers[0].pk} + ({column} + n * 7) % {len(buyers)}"
        return column
    if isinstance(field, models.DateTimeField):
        if on_postgres:
            return f"{column} - (n % {DAYS}) * interval '1 day'"
        return f"strftime('%Y-%m-%d %H:%M:%f', {column}, '-' || (n % {DAYS}) || ' days')"
    if isinstance(field, models.DateField):
        if on_postgres:
            return f"{column} - (n % {DAYS})"
        return f"date({column}, '-' || (n % {DAYS}) || ' days')"
    if isinstance(field, models.JSONField):
        if on_postgres:
            return f"replace({column}::text, '{MARK}', letters)::jsonb"
        return f"replace({column}, '{MARK}', letters)"
    if isinstance(field, models.FileField):
        return column  # one file for all copies
    if isinstance(field, models.UUIDField) and field.unique:
        return "gen_random_uuid()" if on_postgres else "lower(hex(randomblob(16)))"
    if isinstance(field, models.CharField | models.TextField):
        return _copied_text(field, column, step, on_postgres)
    return column


def _copied_text(field: models.Field, column: str, step: int, on_postgres: bool) -> str:
    if (field.model._meta.label, field.name) == ("settlements.Entry", "key"):
        # `line:17`: what it was entered for, and that row's key.
        if on_postgres:
            return (
                f"split_part({column}, ':', 1) || ':' || "
                f"(split_part({column}, ':', 2)::bigint + n * {step})"
            )
        return (
            f"substr({column}, 1, instr({column}, ':')) || "
            f"(cast(substr({column}, instr({column}, ':') + 1) AS integer) + n * {step})"
        )
    marked = f"replace({column}, '{MARK}', letters)"
    if not field.unique:
        return marked
    most = f"length({column})"
    return (
        f"CASE WHEN {column} LIKE '%{MARK}%' OR {column} = '' THEN {marked} "
        f"ELSE substr({column}, 1, {most} - 4) || letters END"
    )


def _letters(number: int) -> str:
    """Four letters of order numbers, another four for each copy."""
    letters = ""
    for _place in range(4):
        number, rest = divmod(number, len(ALPHABET))
        letters = ALPHABET[rest] + letters
    return letters


def _q(name: str) -> str:
    return connection.ops.quote_name(name)
