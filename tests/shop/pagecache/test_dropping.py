"""What is written is seen at the next look; what nobody sees drops nothing."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.signals import connection_created
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from catalogue.models import Product
from shop.pagecache.edition import current_edition
from shop.pagecache.watching import changes_what_is_shown, watch
from shop.partner.models import StockRecord
from shop.partner.words_told import words_change
from shop.questions.models import Question
from shop.reviews.models import ProductReview
from shop.seller import SellerIdentity
from shop.shipping.models import ZoneRate
from tests.cms.making import a_story
from tests.factories import (
    a_category,
    a_certificate,
    a_gift_box,
    a_home,
    a_lot,
    a_picture,
    a_producer,
    a_product,
    a_question,
    a_review,
    a_shop,
    a_stock_record,
)
from tests.shop.pagecache.conftest import Written

pytestmark = pytest.mark.django_db


def page_of(url: str) -> str:
    """As kept where it is kept."""
    response = Client().get(url)
    return response.content.decode() if response.status_code == 200 else str(response.status_code)


def sees(url: str, before: str, after: str, written: Written, change: Callable[[], Any]) -> None:
    """`before` stands on the page until `change` is committed, then `after` does."""
    for _ in range(2):
        shown = page_of(url)
        assert before in shown and (after not in shown or not after)
    with written():
        change()
        assert before in page_of(url)
    shown = page_of(url)
    assert after in shown and before not in shown


def drops(written: Written, change: Callable[[], Any]) -> bool:
    before = current_edition()
    with written():
        change()
    return current_edition() != before


def test_a_price(written: Written) -> None:
    product = a_product("Mật ong", price=50_000)
    record = product.stockrecords.get()
    prices = ["50.000", "67.000", "72.000"]
    for url, before, after in zip(
        [product.get_absolute_url(), "/san-pham/"], prices, prices[1:], strict=False
    ):

        def change(price: str = after) -> None:
            record.price = Decimal(price.replace(".", ""))
            record.save()

        sees(url, before, after, written, change)


def test_a_price_set_by_a_statement(written: Written) -> None:
    product = a_product("Mật ong", price=50_000)
    prices = StockRecord.objects.filter(product=product)
    sees(
        product.get_absolute_url(), "50.000", "67.000", written, lambda: prices.update(price=67_000)
    )


def test_the_word_about_stock(written: Written) -> None:
    product = a_product("Mật ong", stock=6)
    record = product.stockrecords.get()
    url = product.get_absolute_url()
    sees(url, "Còn nhiều", "Chỉ còn 5", written, lambda: record.allocate(1))
    sees(url, "Chỉ còn 5", "vừa hết", written, lambda: record.allocate(5))
    sees(url, "vừa hết", "Chỉ còn 2", written, lambda: record.cancel_allocation(2))


def test_an_order_that_changes_no_word_drops_nothing(written: Written) -> None:
    record = a_product("Mật ong", stock=40).stockrecords.get()
    assert not drops(written, lambda: record.allocate(1))
    assert not drops(written, lambda: record.allocate(30))
    assert not drops(written, lambda: record.consume_allocation(20))
    assert drops(written, lambda: record.allocate(4))


def test_a_box_runs_low_before_the_things_in_it(written: Written) -> None:
    cake = a_product("Bánh mật", stock=60)
    box = a_gift_box("Tết bánh mật", of={cake: 10})
    record = cake.stockrecords.get()
    sees(box.get_absolute_url(), "Còn nhiều", "Chỉ còn 5", written, lambda: record.allocate(1))


@pytest.mark.parametrize(
    ("before", "after", "in_boxes", "told"),
    [
        (100, 99, (), False),
        (7, 6, (), False),
        (6, 5, (), True),
        (5, 4, (), True),
        (1, 0, (), True),
        (0, 3, (), True),
        (60, 59, (10,), True),
        (59, 58, (10,), False),
        (61, 60, (10,), False),
    ],
)
def test_words_change_with_the_last_few(
    before: int, after: int, in_boxes: tuple[int, ...], told: bool
) -> None:
    assert words_change(before, after, in_boxes) is told


def test_a_stock_that_is_counted_anew(written: Written) -> None:
    product = a_product("Mật ong", stock=0)
    counts = StockRecord.objects.filter(product=product)
    sees(
        product.get_absolute_url(),
        "vừa hết",
        "Còn nhiều",
        written,
        lambda: counts.update(num_in_stock=9),
    )


def test_stars(written: Written) -> None:
    product = a_product("Mật ong")
    url = product.get_absolute_url()
    assert "OCOP 4 sao" not in page_of(url)
    with written():
        dossier = a_certificate(product, stars=4)
    assert "OCOP 4 sao" in page_of(url)

    def revoke() -> None:
        dossier.revoked_on = timezone.localdate()
        dossier.save()

    sees(url, "OCOP 4 sao", "", written, revoke)


def test_a_product_published_and_withdrawn(written: Written) -> None:
    product = a_product("Mật ong")
    url = product.get_absolute_url()

    def rename() -> None:
        product.title = "Mật ong rừng"
        product.save_revision().publish()

    assert "Mật ong rừng" not in page_of(url)
    with written():
        rename()
    assert "Mật ong rừng" in page_of(url)
    with written():
        product.unpublish()
    assert page_of(url) == "404"


def test_a_page_published_moved_and_withdrawn(written: Written) -> None:
    a_shop()
    story = a_story("Chuyện mật ong")
    index = story.get_parent()

    def rename() -> None:
        story.title = "Chuyện hoa vải"
        story.save_revision().publish()

    sees(story.url, "Chuyện mật ong", "Chuyện hoa vải", written, rename)
    sees(index.url, "Chuyện hoa vải", "", written, lambda: story.unpublish())
    assert page_of(story.url) == "404"


def test_a_page_behind_a_password(written: Written) -> None:
    a_shop()
    story = a_story("Chuyện mật ong")
    assert "Chuyện mật ong" in page_of(story.url)
    with written():
        PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    assert page_of(story.url) == "302"


def test_english_that_is_ready(written: Written) -> None:
    product = a_product("Mật ong", title_en="Forest honey", english_ready=False)

    def ready() -> None:
        product.english_ready = True
        product.save()

    sees(f"/en{product.get_absolute_url()}", "Mật ong</h1>", "Forest honey", written, ready)


def test_a_draft_drops_nothing(written: Written) -> None:
    a_shop()
    story, product = a_story("Chuyện mật ong"), a_product("Mật ong")

    def write() -> None:
        story.title = "Chưa xong"
        story.save_revision()
        product.title = "Chưa xong"
        product.save_revision()

    assert not drops(written, write)


def _change(model: Any, **facts: Any) -> Callable[[], Any]:
    return lambda: model.objects.all().update(**facts)


@pytest.mark.parametrize(
    "change",
    [
        lambda: a_review(Product.objects.get(), approved=True),
        _change(ProductReview, status=ProductReview.APPROVED),
        lambda: a_question(Product.objects.get()),
        _change(Question, answer="Có"),
        lambda: a_category("Nhóm mới", number=None),
        lambda: a_producer("Hợp tác xã mới"),
        lambda: a_lot(Product.objects.get()),
        lambda: a_picture(),
        lambda: a_stock_record(Product.objects.get(), partner=a_producer()),
        lambda: Product.objects.all().delete(),
        _change(ZoneRate, first_price=1),
    ],
)
def test_what_stands_on_pages_beside(written: Written, change: Callable[[], Any]) -> None:
    product = a_product("Mật ong")
    a_review(product, approved=False)
    a_question(product)
    assert drops(written, change)


def test_the_sellers_facts(written: Written) -> None:
    a_home()
    assert "0999 888 777" not in page_of("/san-pham/")
    with written():
        SellerIdentity.objects.update(phone="0999 888 777")
    assert "0999 888 777" in page_of("/san-pham/")


def test_what_is_rolled_back_drops_nothing(written: Written) -> None:
    product = a_product("Mật ong")

    def give_up() -> None:
        with transaction.atomic():
            StockRecord.objects.filter(product=product).update(price=1)
            transaction.set_rollback(True)

    assert not drops(written, give_up)


def test_signing_in_buying_and_asking_drop_nothing(written: Written) -> None:
    product = a_product("Mật ong", stock=30)
    buyer = Client()
    buyer.get("/san-pham/")  # the seller's row is written when it is read first
    assert not drops(
        written,
        lambda: [
            buyer.get(product.get_absolute_url()),
            buyer.post(reverse("basket:add", args=[product.pk]), {"quantity": "1"}),
            buyer.get("/gio-hang/"),
            buyer.get("/tim-kiem/?q=mat"),
        ],
    )


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ('UPDATE "partner_stockrecord" SET "price" = 1 WHERE "id" = 2', True),
        ('INSERT INTO "catalogue_product" ("title") VALUES (?)', True),
        ('INSERT OR IGNORE INTO "catalogue_product_product_options" VALUES (?)', True),
        ('DELETE FROM "catalogue_certificate" WHERE 1', True),
        ('UPDATE "cms_basepage" SET "latest_revision_id" = 1 WHERE "id" = 2', False),
        ('UPDATE "cms_basepage" SET "latest_revision_id" = 1, "title" = ? WHERE "id" = 2', True),
        (
            'UPDATE "offer_conditionaloffer" SET "num_orders" = '
            '("offer_conditionaloffer"."num_orders" + 1) WHERE "offer_conditionaloffer"."name" = ?',
            False,
        ),
        ('UPDATE "offer_conditionaloffer" SET "name" = ? WHERE "num_orders" = 2', True),
        (
            'UPDATE "cms_basepage" SET "folded" = (SELECT U0."title" FROM "x" U0 WHERE U0."id" '
            'IN (?)), "title" = ? WHERE "id" = 2',
            True,
        ),
        ('SELECT "price" FROM "partner_stockrecord"', False),
        ('UPDATE "basket_line" SET "quantity" = 1', False),
        ("SAVEPOINT x", False),
        ("INSERT INTO django_migrations VALUES (1)", True),
        ('  update "catalogue_product" set "title" = 1', True),
    ],
)
def test_a_statement_is_told_by_its_table_and_columns(sql: str, told: bool) -> None:
    assert changes_what_is_shown(sql) is told


def test_a_connection_is_watched_whoever_else_looks_at_it(written: Written) -> None:
    product = a_product("Mật ong")
    strange = type(connections[DEFAULT_DB_ALIAS])(connection.settings_dict, DEFAULT_DB_ALIAS)

    def another(execute: Callable[..., Any], *asked: Any) -> Any:
        return execute(*asked)

    with strange.execute_wrapper(another):
        connection_created.send(sender=type(strange), connection=strange)
        connection_created.send(sender=type(strange), connection=strange)
    assert strange.execute_wrappers.count(watch) == 1
    assert another not in strange.execute_wrappers
    assert drops(written, lambda: product.stockrecords.update(price=1))


def test_rows_written_by_hand_are_seen(written: Written) -> None:
    product = a_product("Mật ong", price=50_000)
    assert "50.000" in page_of(product.get_absolute_url())

    def by_hand() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE partner_stockrecord SET price = %s WHERE product_id = %s",
                [67_000, product.pk],
            )

    assert drops(written, by_hand)
    assert "67.000" in page_of(product.get_absolute_url())


def test_a_lot_taken_back_is_told_on_its_page(written: Written) -> None:
    lot = a_lot(a_product("Mật ong"), best_before=timezone.localdate() + timedelta(days=90))
    url = f"/truy-xuat/{lot.code}/"
    assert "thu hồi" not in page_of(url).lower()

    def recall() -> None:
        lot.recalled_on = timezone.localdate()
        lot.recall_reason = "Nhãn sai hạn dùng"
        lot.save()

    with written():
        recall()
    assert "Nhãn sai hạn dùng" in page_of(url)
