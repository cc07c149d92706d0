"""A company asks for a price: the page, what is checked, what is kept."""

from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from shop.corporate.models import QuoteRequest
from shop.corporate.offer import box_cards
from tests.factories import BAC_LUNG, a_gift_box, a_product, a_spirit, an_upload
from tests.shop.corporate.making import ROW, TAX_CODE, a_box, a_sheet

pytestmark = pytest.mark.django_db

LETTERS_TO_A_MAILBOX = 5


def typed(box: Any = None, quantity: int = 50, **changes: Any) -> dict[str, Any]:
    fields = {
        "company": "Công ty Khoai Lang",
        "contact": "Trần Văn Bình",
        "phone": "0912 345 678",
        "email": "binh@khoai.example",
        "province": "24",
        "ward": BAC_LUNG,
        "street": "12 đường Tân An",
        "delivery": "one",
        **({f"box_{box.pk}": quantity} if box else {}),
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def send(client: Client, *args: Any, **changes: Any) -> Any:
    return client.post(reverse("corporate:index"), typed(*args, **changes))


def a_list(*rows: tuple[Any, ...]) -> SimpleUploadedFile:
    return SimpleUploadedFile("ds.csv", a_sheet(*rows), content_type="text/csv")


def test_the_page_tells_boxes_deadlines_and_how_to_ask(client: Client) -> None:
    a_box("Hộp năm trăm", price=480_000)
    page = client.get(reverse("corporate:index")).content.decode()
    for words in ("Hộp năm trăm", "Khoảng 500.000\u00a0₫", "Tết", "Trung thu", "Dữ liệu mẫu"):
        assert words in page


def test_boxes_with_alcohol_are_not_offered(client: Client) -> None:
    a_gift_box("Hộp rượu", of={a_spirit(): 1})
    assert "Hộp rượu" not in client.get(reverse("corporate:index")).content.decode()


def test_more_boxes_ask_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    a_box()
    client.get(reverse("corporate:index"))
    for n in range(4):
        a_box(f"Hộp {n}")
    with django_assert_max_num_queries(25):
        client.get(reverse("corporate:index"))


def test_a_request_is_kept_and_confirmed(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    box = a_box()
    with django_capture_on_commit_callbacks(execute=True):
        response = send(client, box, 60, logo=an_upload("logo.png"), note="Giao trước Tết")
    assert response["Location"] == reverse("corporate:thanks")
    asked = QuoteRequest.objects.get()
    assert [(each.product, each.quantity) for each in asked.wanted.all()] == [(box, 60)]
    assert asked.logo.name.endswith(".png")
    assert (asked.state, asked.ward_id) == (QuoteRequest.State.NEW, BAC_LUNG)
    (letter,) = mail.outbox
    assert letter.to == ["binh@khoai.example"] and "× 60" in letter.body


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"company": ""}, "company"),
        ({"email": "không"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"ward": "00001"}, "ward"),
        ({"tax_code": "123"}, "tax_code"),
        ({"budget": "-5"}, "budget"),
        ({"needed_on": "2020-01-01"}, "needed_on"),
        ({"needed_on": "mai"}, "needed_on"),
        ({"invoice_wanted": "on"}, "tax_code"),
        ({"invoice_wanted": "on", "tax_code": TAX_CODE}, "invoice_address"),
        ({"delivery": "list"}, "addresses"),
        ({"delivery": "trăng"}, "delivery"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_kept(
    client: Client, change: dict[str, str], field: str
) -> None:
    response = send(client, a_box(), **change)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "12 đường Tân An" in response.content.decode()
    assert not QuoteRequest.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("logo.exe", b"MZ")],
)
def test_a_logo_is_a_picture_or_a_pdf(client: Client, name: str, content: bytes) -> None:
    response = send(client, a_box(), logo=SimpleUploadedFile(name, content))
    assert "logo" in response.context["form"].errors


def test_a_logo_wants_as_many_boxes_as_the_shop_says(client: Client, settings: Any) -> None:
    settings.LEAST_WITH_LOGO = 30
    response = send(client, a_box(), 29, logo=an_upload("logo.png"))
    assert "In logo từ 30 hộp cùng loại" in response.content.decode()


def test_something_has_to_be_wanted(client: Client) -> None:
    assert send(client, a_box(), 0).status_code == 422
    assert send(client, a_box(), 0, note="Ba trăm hộp trà, xếp riêng").status_code == 302


def test_a_list_is_read_and_kept(client: Client) -> None:
    send(client, a_box(), 4, delivery="list", addresses=a_list(ROW, ROW))
    asked = QuoteRequest.objects.get()
    assert [row.quantity for row in asked.recipients.all()] == [2, 2]
    assert asked.address_file.name.endswith(".csv")


def test_a_list_with_other_sums_is_refused(client: Client) -> None:
    response = send(client, a_box(), 5, delivery="list", addresses=a_list(ROW, ROW))
    assert "Danh sách có 4 hộp, ở trên ghi 5 hộp." in response.content.decode()


def test_a_faulty_list_is_refused_row_by_row(client: Client) -> None:
    bad = (*ROW[:3], "Yên Sơn", *ROW[4:])
    response = send(client, a_box(), 4, delivery="list", addresses=a_list(ROW, bad))
    assert response.status_code == 422
    assert "Dòng 3." in response.content.decode()
    assert not QuoteRequest.objects.exists()


def test_a_list_is_looked_through_without_asking(client: Client) -> None:
    response = send(client, action="check", delivery="list", addresses=a_list(ROW))
    page = response.content.decode()
    assert "Đọc được 1 người nhận, 2 hộp" in page
    assert "Hãy ghi số lượng" not in page
    assert not QuoteRequest.objects.exists()


def test_choosing_a_province_complains_of_nothing(client: Client) -> None:
    response = send(client, choose_province="1", province="01", ward="", company="")
    assert response.status_code == 200
    assert not response.context["form"].errors
    assert "Cầu Giấy" in response.content.decode()


def test_who_fills_in_the_trap_is_thanked_and_forgotten(client: Client) -> None:
    assert send(client, a_box(), website="http://spam").status_code == 302
    assert not QuoteRequest.objects.exists()


def test_one_address_cannot_be_written_to_again_and_again(client: Client) -> None:
    box = a_box()
    for _n in range(LETTERS_TO_A_MAILBOX):
        assert send(client, box).status_code == 302
    assert send(client, box).status_code == 429
    assert QuoteRequest.objects.count() == LETTERS_TO_A_MAILBOX


def test_products_beside_boxes_are_not_on_the_page(client: Client) -> None:
    a_product("Mật ong lẻ")
    assert "Mật ong lẻ" not in client.get(reverse("corporate:index")).content.decode()


def test_boxes_for_companies_are_read_like_every_list_of_goods(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(3):
        a_box(f"Hộp {n}")
    box_cards()
    with django_assert_num_queries(2):
        assert [card.title for card in box_cards()] == ["Hộp 0", "Hộp 1", "Hộp 2"]
