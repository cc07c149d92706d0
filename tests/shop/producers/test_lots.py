"""Lots in the producers' channel: written down, packed first to expire first, stamped, recalled."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalogue.models import Lot, Product
from shop.order.fulfilment import hand_over, mark_delivered, start_packing
from shop.order.lots import left_in, recall
from shop.order.models import Line, Order
from shop.order.refusing import refuse_delivery
from shop.partner.models import Partner, StockRecord
from shop.producers.lots.stamps import LAYOUTS, stamps_pdf, trace_address
from shop.users.models import User
from tests.factories import (
    a_buyer,
    a_lot,
    a_producer,
    a_product,
    a_staff_member,
    a_user,
    a_variant_product,
    an_order,
    an_upload,
    signed_in,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def member() -> User:
    return a_user()


@pytest.fixture
def producer(member: User) -> Partner:
    return a_producer("Tổ hợp tác bánh mật", members=[member])


@pytest.fixture
def product(producer: Partner) -> Product:
    return a_product("Bánh mật Thanh Lâm", producer=producer, shelf_life_days=30, stock=50)


@pytest.fixture
def portal(member: User, producer: Partner) -> Client:
    return signed_in(member)


def fields(product: Product, **changes: Any) -> dict[str, Any]:
    typed = {"product": product.pk, "code": "", "produced_on": TODAY().isoformat(), "quantity": 40}
    return {**typed, "best_before": "", "place": "", "inputs": "", **changes}


def packed(product: Product, quantity: int = 1, **facts: Any) -> Order:
    order = an_order(product, quantity, **facts)
    for parcel in order.parcels.all():
        start_packing(parcel)
    return order


def sent(product: Product, quantity: int = 1, **facts: Any) -> Order:
    order = packed(product, quantity, **facts)
    for parcel in order.parcels.all():
        hand_over(parcel, "Bưu điện")
    return order


def lot_of(order: Order) -> Lot | None:
    return order.lines.get().lot


# --- Writing down ----------------------------------------------------------------------------


def test_a_lot_gets_a_code_and_a_date_by_itself(portal: Client, product: Product) -> None:
    response = portal.post(reverse("producers:new-lot"), fields(product), follow=True)
    assert response.status_code == 200
    lot = Lot.objects.get()
    assert lot.code.startswith("BMTL-")
    assert lot.best_before == TODAY() + timedelta(days=30)
    assert lot.code in portal.get(reverse("producers:lots")).content.decode()


def test_what_is_wrong_is_said_beside_the_field_and_kept(portal: Client, product: Product) -> None:
    a_lot(product, "LO-1")
    wrong = {
        "code": fields(product, code="LO-1"),
        "produced_on": fields(
            product, produced_on=(TODAY() + timedelta(days=1)).isoformat(), code="LO-2"
        ),
        "best_before": fields(
            product, code="LO-3", best_before=(TODAY() - timedelta(days=9)).isoformat()
        ),
        "quantity": fields(product, code="LO-4", quantity=9_999_999),
    }
    for field, typed in wrong.items():
        response = portal.post(reverse("producers:new-lot"), typed | {"place": "Xưởng ông Bình"})
        assert response.status_code == 422, field
        assert field in response.context["form"].errors
        assert "Xưởng ông Bình" in response.content.decode()
    assert Lot.objects.count() == 1


def test_a_number_too_small_is_told_in_plain_words(portal: Client, product: Product) -> None:
    typed = fields(product, code="LO-1", quantity=-1)
    page = portal.post(reverse("producers:new-lot"), typed).content.decode()
    assert "Hãy ghi số từ 0 trở lên." in page


def test_another_producers_product_is_refused(portal: Client) -> None:
    foreign = a_product("Hàng nhà khác")
    response = portal.post(reverse("producers:new-lot"), fields(foreign))
    assert response.status_code == 422
    assert "product" in response.context["form"].errors
    assert not Lot.objects.exists()


def test_a_lot_on_goods_that_left_keeps_its_code(portal: Client, product: Product) -> None:
    lot = a_lot(product, "LO-1")
    sent(product)
    url = reverse("producers:edit-lot", args=[lot.pk])
    portal.post(url, fields(product, code="KHAC", place="Xưởng mới", best_before=""))
    lot.refresh_from_db()
    assert (lot.code, lot.place) == ("LO-1", "Xưởng mới")


@pytest.mark.parametrize("name", ["lot", "edit-lot", "lot-stamps", "recall-lot"])
def test_only_members_of_the_producer_come_near_a_lot(
    name: str, product: Product, producer: Partner
) -> None:
    lot = a_lot(product, "LO-1")
    url = reverse(f"producers:{name}", args=[lot.pk])
    stranger = a_user()
    a_producer("Nhà khác", members=[stranger])
    for client, status in (
        (Client(), 302),
        (signed_in(a_buyer()), 403),
        (signed_in(a_staff_member()), 403),
        (signed_in(stranger), 404),
    ):
        ask = client.post if name == "recall-lot" else client.get
        assert ask(url, {"reason": "x", "sure": "on"}).status_code == status
    lot.refresh_from_db()
    assert lot.recalled_on is None


# --- Packing ---------------------------------------------------------------------------------


def test_the_first_to_expire_is_packed_first(product: Product) -> None:
    a_lot(product, "MUON", best_before=TODAY() + timedelta(days=60), quantity=10)
    a_lot(product, "SOM", best_before=TODAY() + timedelta(days=10), quantity=10)
    a_lot(product, "HET-HAN", best_before=TODAY() - timedelta(days=1), quantity=10)
    a_lot(product, "THU-HOI", best_before=TODAY() + timedelta(days=5), recalled_on=TODAY())
    lot = lot_of(packed(product))
    assert lot is not None
    assert lot.code == "SOM"


def test_a_lot_that_is_used_up_gives_way_to_the_next(product: Product) -> None:
    first = a_lot(product, "MOT", best_before=TODAY() + timedelta(days=10), quantity=3)
    a_lot(product, "HAI", best_before=TODAY() + timedelta(days=20), quantity=10)
    codes = [lot.code for _ in range(3) if (lot := lot_of(packed(product, 2)))]
    assert codes == ["MOT", "HAI", "HAI"]
    assert left_in(first) == 1


def test_a_parcel_that_came_back_gives_its_pieces_back_to_the_lot(product: Product) -> None:
    lot = a_lot(product, "MOT", quantity=3)
    order = sent(product, 2)
    assert left_in(lot) == 1
    refuse_delivery(order.parcels.get())
    assert left_in(lot) == 3


def test_goods_without_lots_are_packed_as_ever(product: Product) -> None:
    order = sent(product)
    assert lot_of(order) is None
    assert order.parcels.get().status == "shipped"


def test_a_variant_is_packed_from_its_products_lot(producer: Partner) -> None:
    product = a_variant_product(producer=producer)
    lot = a_lot(product, "CHE-1")
    assert lot_of(packed(product.children.all()[0])) == lot


def test_packing_twice_changes_no_lot(product: Product) -> None:
    a_lot(product, "MOT", best_before=TODAY() + timedelta(days=20))
    order = packed(product)
    a_lot(product, "SOM-HON", best_before=TODAY() + timedelta(days=5))
    start_packing(order.parcels.get())
    hand_over(order.parcels.get(), "Bưu điện")
    lot = lot_of(order)
    assert lot is not None
    assert lot.code == "MOT"


# --- Recall ----------------------------------------------------------------------------------


def test_a_recall_says_so_stops_the_lot_and_writes_to_exactly_its_buyers(
    portal: Client, product: Product
) -> None:
    lot = a_lot(product, "MOT", quantity=10, best_before=TODAY() + timedelta(days=10))
    got = sent(product, 2, email="hoa@example.com")
    waiting = packed(product, 1, email="lan@example.com")
    a_lot(product, "HAI", quantity=10, best_before=TODAY() + timedelta(days=40))
    url = reverse("producers:recall-lot", args=[lot.pk])
    assert portal.post(url, {"reason": "", "sure": "on"}).status_code == 422
    assert portal.post(url, {"reason": "Có mốc"}).status_code == 422
    before = StockRecord.objects.get(product=product).net_stock_level
    portal.post(url, {"reason": "Có mốc", "sure": "on"})
    lot.refresh_from_db()
    assert lot.recalled_on == TODAY()
    assert StockRecord.objects.get(product=product).net_stock_level == before - 7
    page = Client().get(lot.get_absolute_url()).content.decode()
    assert "Lô đã bị thu hồi" in page
    assert "Có mốc" in page
    assert got.letters.filter(event_code="LOT_RECALLED", to="hoa@example.com").count() == 1
    assert not waiting.letters.filter(event_code="LOT_RECALLED").exists()
    hand_over(waiting.parcels.get(), "Bưu điện")
    replaced = lot_of(waiting)
    assert replaced is not None
    assert replaced.code == "HAI"
    listed = portal.get(reverse("producers:lot", args=[lot.pk])).content.decode()
    assert str(got.parcels.get()) in listed
    assert str(waiting.parcels.get()) not in listed


def test_a_recall_twice_writes_once_and_takes_once(product: Product) -> None:
    lot = a_lot(product, "MOT", quantity=10)
    order = sent(product, email="hoa@example.com")
    mark_delivered(order.parcels.get())
    first = recall(lot, "Có mốc")
    stock = StockRecord.objects.get(product=product).num_in_stock
    second = recall(lot, "Có mốc")
    assert (first.written_to, second.written_to) == (1, 0)
    assert StockRecord.objects.get(product=product).num_in_stock == stock
    assert order.letters.filter(event_code="LOT_RECALLED").count() == 1


def test_a_recall_never_takes_what_is_promised(product: Product) -> None:
    lot = a_lot(product, "MOT", quantity=100)
    an_order(product, 30)
    done = recall(lot, "Có mốc")
    record = StockRecord.objects.get(product=product)
    assert done.taken_off == 20
    assert (record.num_in_stock, record.num_allocated) == (30, 30)


def test_a_recalled_lot_is_neither_edited_nor_stamped(portal: Client, product: Product) -> None:
    lot = a_lot(product, "MOT", recalled_on=TODAY(), recall_reason="Có mốc")
    for name in ("edit-lot", "lot-stamps"):
        url = reverse(f"producers:{name}", args=[lot.pk])
        assert portal.get(url, {"layout": "24", "number": "24"}).status_code == 302


# --- Stamps ----------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("number", [1, 24, 66])
def test_sheets_have_as_many_pages_as_they_need(layout: str, number: int, product: Product) -> None:
    pdf = stamps_pdf(a_lot(product, "MOT"), layout, number)
    per_page = LAYOUTS[layout].columns * LAYOUTS[layout].rows
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type/Page\n") in (0, -(-number // per_page))


def test_the_code_on_a_stamp_opens_the_trace_page(product: Product) -> None:
    lot = a_lot(product, "MOT")
    address = trace_address(lot)
    assert address.endswith("/truy-xuat/MOT/")
    assert Client().get(address).status_code == 200


def test_with_a_gtin_the_stamp_is_a_gs1_digital_link(product: Product) -> None:
    Product.objects.filter(pk=product.pk).update(gtin="8936000000004")
    lot = a_lot(product, "MOT")
    lot.refresh_from_db()
    address = trace_address(lot)
    assert address.endswith("/01/08936000000004/10/MOT")
    path = address.removeprefix(settings.BASE_URL)
    assert Client().get(path)["Location"] == lot.get_absolute_url()
    for wrong in ("08936000000011", "08936000000005", "x"):
        assert Client().get(f"/01/{wrong}/10/MOT").status_code == 404


@pytest.mark.parametrize("number", ["0", "1001", "nhiều", ""])
def test_a_wrong_number_of_stamps_is_said_beside_the_field(
    number: str, portal: Client, product: Product
) -> None:
    url = reverse("producers:lot-stamps", args=[a_lot(product, "MOT").pk])
    response = portal.get(url, {"layout": "24", "number": number})
    assert response.status_code == 422
    assert response.context["stamps_form"].errors["number"]


def test_a_producer_downloads_a_sheet(portal: Client, product: Product) -> None:
    url = reverse("producers:lot-stamps", args=[a_lot(product, "MOT").pk])
    response = portal.get(url, {"layout": "65", "number": "130"})
    assert response["Content-Type"] == "application/pdf"
    assert io.BytesIO(response.content).read(5) == b"%PDF-"


def test_many_lots_cost_no_more_queries(
    portal: Client, product: Product, django_assert_max_num_queries: Any
) -> None:
    for number in range(15):
        a_lot(product, f"LO-{number}")
    with django_assert_max_num_queries(12):
        portal.get(reverse("producers:lots"))
    lot = Lot.objects.first()
    assert lot is not None
    for _ in range(3):
        sent(product)
    Line.objects.update(lot=lot)
    with django_assert_max_num_queries(12):
        portal.get(reverse("producers:lot", args=[lot.pk]))


# --- Photographs and documents ---------------------------------------------------------------


def test_photographs_and_documents_of_a_lot_are_on_its_trace_page() -> None:
    editor = a_user()
    product = a_product(producer=a_producer(members=[editor]))
    lot = a_lot(product)
    client = signed_in(editor)
    url = reverse("producers:add-lot-paper", args=[lot.pk])
    pdf = SimpleUploadedFile("phiếu.pdf", b"%PDF-1.4 x")
    client.post(url, {"title": "Phiếu kiểm nghiệm", "file": pdf})
    client.post(url, {"title": "Mẻ nấu ngày 20/11", "file": an_upload()})
    page = Client().get(lot.get_absolute_url()).content.decode()
    assert "Phiếu kiểm nghiệm" in page
    assert 'alt="Mẻ nấu ngày 20/11"' in page
    document = lot.papers.get(document__isnull=False).document
    assert Client().get(document.url).status_code == 200
    assert client.post(url, {"title": "", "file": an_upload()}).status_code == 422
    bad = SimpleUploadedFile("a.pdf", b"<html>")
    assert client.post(url, {"title": "x", "file": bad}).status_code == 422
    for paper in lot.papers.all():
        client.post(reverse("producers:remove-lot-paper", args=[lot.pk, paper.pk]))
    assert "Phiếu kiểm nghiệm" not in Client().get(lot.get_absolute_url()).content.decode()


def test_papers_of_a_lot_are_the_producers_own_and_not_too_many() -> None:
    editor, stranger = a_user(), a_user()
    lot = a_lot(a_product(producer=a_producer(members=[editor])))
    a_producer(members=[stranger])
    url = reverse("producers:add-lot-paper", args=[lot.pk])
    data = {"title": "x", "file": an_upload()}
    assert signed_in(stranger).post(url, data).status_code == 404
    client = signed_in(editor)
    for number in range(9):
        client.post(url, {"title": f"Ảnh {number}", "file": an_upload()})
    assert lot.papers.count() == 8
    paper = lot.papers.first()
    remove = reverse("producers:remove-lot-paper", args=[lot.pk, paper.pk])
    assert signed_in(stranger).post(remove).status_code == 404
