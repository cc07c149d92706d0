"""Price lists: taken home, handed back, looked through in words, applied whole or not at all."""

import io
from typing import Any

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from shop.partner.history import PriceChange, StockChange
from shop.partner.models import Partner, StockRecord
from shop.producers.bulk.resource import COLUMNS
from shop.producers.bulk.running import write_down
from shop.producers.models import ImportRun
from shop.users.models import User
from tests.factories import (
    a_category,
    a_producer,
    a_product,
    a_user,
    a_variant_product,
    an_order,
    signed_in,
)

pytestmark = pytest.mark.django_db
HONEY = 4


@pytest.fixture
def editor() -> User:
    return a_user()


@pytest.fixture
def producer(editor: User) -> Partner:
    return a_producer(members=[editor])


@pytest.fixture
def client(editor: User, producer: Partner) -> Client:
    return signed_in(editor)


@pytest.fixture
def potato(producer: Partner) -> StockRecord:
    return a_product("Khoai lang", producer=producer).stockrecords.get()


def sheet(*rows: list[Any], kind: str = "xlsx", headers: tuple[str, ...] = COLUMNS) -> Any:
    content = tablib.Dataset(*rows, headers=list(headers)).export(kind)
    body = content if isinstance(content, bytes) else content.encode()
    return SimpleUploadedFile(f"bang.{kind}", body)


def row(record: StockRecord, **changes: Any) -> list[Any]:
    left = record.net_stock_level
    values = {"price": int(record.price or 0), "sale": "", "left": left, "seen": left, **changes}
    key = values.pop("key", record.partner_sku)
    return [key, record.product.get_title(), "", *values.values()]


def looked_through(client: Client, upload: Any) -> ImportRun:
    response = client.post(reverse("producers:bulk"), {"file": upload})
    assert response.status_code == 302, response.content.decode()
    return ImportRun.objects.first()  # type: ignore[return-value]


def words(run: ImportRun) -> str:
    return " ".join(each["words"] for each in run.report)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_list_is_looked_through_and_then_written(
    client: Client, potato: StockRecord, editor: User, kind: str
) -> None:
    run = looked_through(client, sheet(row(potato, price=50_000, left=25), kind=kind))
    assert run.state == "checked"
    assert "45.000\u00a0₫ → 50.000\u00a0₫" in words(run)
    assert "Còn 10 → 25" in words(run)
    potato.refresh_from_db()
    assert (potato.price, potato.net_stock_level) == (45_000, 10)
    assert not PriceChange.objects.exists()
    page = client.post(reverse("producers:apply-import", args=[run.pk]), follow=True)
    assert "Đã ghi" in page.content.decode()
    potato.refresh_from_db()
    assert (potato.price, potato.net_stock_level) == (50_000, 25)
    assert PriceChange.objects.get().by == StockChange.objects.get().by == editor


def test_writing_twice_changes_nothing_more(client: Client, potato: StockRecord) -> None:
    run = looked_through(client, sheet(row(potato, left=25)))
    url = reverse("producers:apply-import", args=[run.pk])
    client.post(url)
    StockRecord.objects.filter(pk=potato.pk).update(num_in_stock=3)
    client.post(url)
    write_down.enqueue(run.pk, "vi")
    potato.refresh_from_db()
    assert potato.num_in_stock == 3
    # The same file once more says that nothing of it is true any more, or nothing changes.
    again = looked_through(client, sheet(row(potato)))
    assert words(again) == "Không đổi."


def test_one_wrong_row_keeps_all_from_being_written(
    client: Client, producer: Partner, potato: StockRecord
) -> None:
    other = a_product("Mật ong", producer=producer).stockrecords.get()
    run = looked_through(client, sheet(row(potato, price=50_000), row(other, price="bốn mươi")))
    assert run.state == "refused"
    assert "không phải số nguyên" in words(run)
    assert [each["row"] for each in run.report if each["kind"] == "error"] == [3]
    client.post(reverse("producers:apply-import", args=[run.pk]))
    potato.refresh_from_db()
    assert potato.price == 45_000


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"key": "KHONG-CO"}, "Không có mã này"),
        ({"price": 0}, "Giá phải lớn hơn 0"),
        ({"price": "-5"}, "Giá bán: “-5” không phải số nguyên từ 0 trở lên."),
        ({"price": 900_000_000}, "quá lớn"),
        ({"sale": 45_000}, "phải thấp hơn giá bán"),
        ({"left": "nhiều"}, "không phải số nguyên"),
        ({"left": 20, "seen": 7}, "nay còn 10"),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column(
    client: Client, potato: StockRecord, changes: dict[str, Any], told: str
) -> None:
    run = looked_through(client, sheet(row(potato, **changes)))
    assert run.state == "refused"
    assert told in words(run)
    page = client.get(reverse("producers:import-run", args=[run.pk])).content.decode()
    assert "Dòng 2" in page


def test_the_same_thing_twice_in_a_list_is_refused(client: Client, potato: StockRecord) -> None:
    run = looked_through(client, sheet(row(potato, left=5), row(potato, left=6)))
    assert "trùng với một dòng" in words(run)


def test_what_was_sold_meanwhile_stops_the_writing(client: Client, potato: StockRecord) -> None:
    run = looked_through(client, sheet(row(potato, left=25)))
    an_order(potato.product, 2)
    client.post(reverse("producers:apply-import", args=[run.pk]))
    run.refresh_from_db()
    assert run.state == "refused"
    assert "nay còn 8" in words(run)
    potato.refresh_from_db()
    assert potato.net_stock_level == 8


def test_a_price_that_moves_too_far_waits_here_too(client: Client, potato: StockRecord) -> None:
    run = looked_through(client, sheet(row(potato, price=4_500)))
    assert "chờ cửa hàng xem" in words(run)
    client.post(reverse("producers:apply-import", args=[run.pk]))
    potato.refresh_from_db()
    assert potato.price == 45_000
    assert PriceChange.objects.waiting().count() == 1


def test_a_row_without_a_key_is_a_new_draft_once(client: Client, producer: Partner) -> None:
    a_category(number=HONEY)
    new = ["", "Mật ong hoa vải", HONEY, 150_000, "", 12, ""]
    run = looked_through(client, sheet(new))
    assert not Product.objects.exists()
    client.post(reverse("producers:apply-import", args=[run.pk]))
    draft = Product.objects.get(title="Mật ong hoa vải")
    record = draft.stockrecords.get()
    assert (draft.live, draft.producer, record.price) == (False, producer, 150_000)
    assert record.net_stock_level == 12
    again = looked_through(client, sheet(new))
    assert words(again) == "Không đổi."
    without = looked_through(client, sheet(["", "Không nhóm", "", 1000, "", 1, ""]))
    assert "số của nhóm" in words(without)


def test_the_list_taken_home_comes_back_unchanged(
    client: Client, producer: Partner, potato: StockRecord
) -> None:
    a_variant_product(producer=producer)
    a_product("=HYPERLINK(1)", producer=producer)
    a_product("Của nhà khác")
    for kind in ("xlsx", "csv"):
        content = client.get(reverse(f"producers:price-list-{kind}")).content
        assert "Của nhà khác".encode() not in content
        run = looked_through(client, SimpleUploadedFile(f"bang.{kind}", content))
        assert run.state == "checked"
        assert {each["kind"] for each in run.report} == {"same"}
        assert run.total == 4
    assert b"\n=HYPERLINK" not in content


@pytest.mark.parametrize(
    ("upload", "told"),
    [
        (SimpleUploadedFile("a.xlsx", b"PK nonsense"), "Không đọc được"),
        (SimpleUploadedFile("a.csv", b"\xff\xfe\x00"), "Không đọc được"),
        (SimpleUploadedFile("a.exe", b"MZ"), "XLSX hoặc CSV"),
        (SimpleUploadedFile("a.csv", "Mã,Giá bán,Còn\n".encode()), "không có dòng nào"),
    ],
)
def test_what_is_no_list_is_refused_beside_the_field(
    client: Client, upload: Any, told: str
) -> None:
    response = client.post(reverse("producers:bulk"), {"file": upload})
    assert response.status_code == 422
    assert told in response.content.decode()


def test_a_list_without_its_columns_says_which(client: Client) -> None:
    run = looked_through(client, SimpleUploadedFile("a.csv", "Mã,Tên\n1,2\n".encode()))
    assert "Giá bán, Còn" in words(run)


def test_nobody_changes_anothers_prices_by_a_list(client: Client) -> None:
    theirs = a_product("Nhà khác").stockrecords.get()
    run = looked_through(client, sheet(row(theirs, price=1_000)))
    assert "Không có mã này" in words(run)
    by_name = looked_through(client, sheet(row(theirs, price=1_000, key="")))
    assert by_name.state == "refused"
    stranger = a_user()
    a_producer(members=[stranger])
    for name in ("import-run", "apply-import"):
        url = reverse(f"producers:{name}", args=[run.pk])
        assert signed_in(stranger).get(url).status_code in (404, 405)
        assert signed_in(stranger).post(url).status_code in (404, 405)


def test_a_page_that_waits_shows_how_far_it_is(
    client: Client, producer: Partner, editor: User
) -> None:
    run = ImportRun.objects.create(
        producer=producer, by=editor, total=40, file=SimpleUploadedFile("a.csv", b"x")
    )
    page = client.get(reverse("producers:import-run", args=[run.pk])).content.decode()
    assert '<progress max="40"' in page
    assert "every 1s" in page
    assert io.StringIO(page).read()
