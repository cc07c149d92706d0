"""Giving: the recipient's address, a card, a day; several recipients of one basket."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from catalogue.models import Product
from shop.giving.models import GiftRecipient
from shop.giving.wishes import GiftWishes
from shop.order.models import Order, Recipient
from shop.partner.models import StockRecord
from shop.payment.changing import CannotChange, change_method, other_ways
from shop.places.models import Ward
from tests.factories import (
    a_bank_account,
    a_buyer,
    a_design,
    a_gift_box,
    a_lot,
    a_producer,
    a_product,
    an_order,
    zone_rates,
)
from tests.shop.buying import (
    BAC_NINH,
    HO_CHI_MINH,
    LUC_SON,
    a_guest_with,
    basket_of,
    form_of,
    look,
    press,
)

pytestmark = pytest.mark.django_db
GIFT = {
    "is_gift": "on",
    "card": "plain",
    "greeting": "Chúc cô chú năm mới an khang!",
    "sender_name": "Cháu Lan",
    "buyer_phone": "0987 654 321",
    "payment": "vietqr",
}


@pytest.fixture(autouse=True)
def _open_shop() -> None:
    zone_rates()
    a_bank_account()


def buy(client: Client, **changes: object) -> Order:
    hidden = form_of(look(client, **{**GIFT, **changes}))
    answer = press(client, hidden, **{**GIFT, **changes})
    assert answer.status_code == 302, answer.content.decode()
    return Order.objects.latest("pk")


def test_a_gift_keeps_its_card_its_giver_and_its_recipient() -> None:
    order = buy(a_guest_with(a_gift_box(of={a_product(): 1})))
    recipient = order.recipients.get()
    assert recipient.greeting == "Chúc cô chú năm mới an khang!"
    assert (recipient.sender_name, recipient.card) == ("Cháu Lan", "plain")
    assert recipient.address == order.shipping_address
    assert order.buyer_phone == "+84987654321"
    assert [parcel.recipient for parcel in order.parcels.all()] == [recipient]


def test_an_ordinary_order_has_no_recipient() -> None:
    order = an_order(a_product())
    assert not order.recipients.exists()
    assert order.parcels.get().address == order.shipping_address


def test_a_recipient_is_never_asked_for_money() -> None:
    guest = a_guest_with(a_product())
    page = look(guest, **{**GIFT, "payment": "cod"})
    assert "không thu tiền của người nhận" in page.content.decode()
    answer = press(guest, form_of(page), **{**GIFT, "payment": "cod"})
    assert answer.status_code == 409
    assert not Order.objects.exists()


def test_a_gift_that_waits_for_money_cannot_be_changed_to_cash() -> None:
    guest = a_guest_with(a_product())
    order = buy(guest)
    assert "cod" not in {method.code for method in other_ways(order)}
    with pytest.raises(CannotChange):
        change_method(order, "cod")


def test_the_giver_leaves_a_number_of_their_own() -> None:
    guest = a_guest_with(a_product())
    answer = press(guest, form_of(look(guest, **GIFT)), **{**GIFT, "buyer_phone": ""})
    assert answer.status_code == 422
    assert "Hãy ghi số điện thoại của bạn" in answer.content.decode()
    assert "Cháu Lan" in answer.content.decode()


@pytest.mark.parametrize(("days", "placed"), [(0, False), (3, False), (30, True), (200, False)])
def test_the_wished_day_lies_within_lead_times(days: int, placed: bool) -> None:
    guest = a_guest_with(a_gift_box(of={a_product(): 1}, gift={"lead_days": 3}))
    day = timezone.localdate() + timedelta(days=days)
    wishes = {**GIFT, "deliver_on": day.isoformat()}
    answer = press(guest, form_of(look(guest, **wishes)), **wishes)
    assert (answer.status_code == 302) is placed
    if placed:
        assert Recipient.objects.get().deliver_on == day
    else:
        assert "Chọn ngày từ" in answer.content.decode()


def test_a_day_after_something_in_the_box_has_ended_is_refused() -> None:
    today = timezone.localdate()
    cake = a_product("Bánh mật", shelf_life_days=90)
    a_lot(cake, best_before=today + timedelta(days=40))
    box = a_gift_box(of={cake: 1}, gift={"min_days_left": 10})
    late = {**GIFT, "deliver_on": (today + timedelta(days=35)).isoformat()}
    guest = a_guest_with(box)
    answer = press(guest, form_of(look(guest, **late)), **late)
    assert answer.status_code == 409
    assert "Bánh mật trong hộp không còn đủ hạn dùng khi đến nơi" in answer.content.decode()
    soon = {**GIFT, "deliver_on": (today + timedelta(days=20)).isoformat()}
    assert press(guest, form_of(look(guest, **soon)), **soon).status_code == 302


def test_a_day_beyond_all_calendars_is_refused_in_words() -> None:
    box = a_gift_box(of={a_product(): 1}, gift={"min_days_left": 30})
    far = {**GIFT, "deliver_on": "9999-12-31"}
    guest = a_guest_with(box)
    answer = press(guest, form_of(look(guest, **far)), **far)
    assert answer.status_code == 409
    assert "Chọn ngày từ" in answer.content.decode()


def test_what_became_alcohol_in_a_filled_box_asks_for_the_age() -> None:
    wine, tea = a_product("Nước quả lên men"), a_product("Trà")
    gift = {"pricing": "sum", "slots": 2}
    box = a_gift_box("Hộp hai ngăn", of={}, gift=gift, choices=[wine, tea])
    guest = a_guest_with({})
    basket_of(guest).add_design(a_design(box, {wine: 1, tea: 1}))
    Product.objects.filter(pk=wine.pk).update(abv=29)
    answer = press(guest, form_of(look(guest, **GIFT)), **GIFT)
    assert answer.status_code == 422
    assert "đã đủ 18 tuổi" in answer.content.decode()


# --- Several recipients -------------------------------------------------------------------------


def send_to(client: Client, name: str, province: str, ward: str, quantity: int = 1, **more):
    line = basket_line(client)
    data = {
        "full_name": name,
        "phone": "0912 345 678",
        "province": province,
        "ward": ward,
        "street": "Thôn Nội Chùa",
        "greeting": "",
        f"line-{line}": str(quantity),
        **more,
    }
    return client.post(reverse("giving:add"), data)


def basket_line(client: Client) -> int:
    page = client.get(reverse("giving:recipients")).content.decode()
    return int(page.split('name="line-')[1].split('"')[0])


def test_one_basket_goes_to_two_people_each_at_their_own_fee() -> None:
    tea = a_product("Trà", price=100_000, stock=10)
    guest = a_guest_with(a_gift_box(of={tea: 1}, price=120_001))
    assert send_to(guest, "Ông Ba", BAC_NINH, LUC_SON, 2).status_code == 302
    assert send_to(guest, "Cô Tư", "01", "00166", 1, greeting="Riêng cho cô").status_code == 302
    order = buy(guest)
    told = {r.address.first_name: r for r in order.recipients.all()}
    assert set(told) == {"Ông Ba", "Cô Tư"}
    assert told["Cô Tư"].greeting == "Riêng cho cô"
    assert told["Ông Ba"].greeting == GIFT["greeting"]
    parcels = {parcel.recipient.address.first_name: parcel for parcel in order.parcels.all()}
    assert parcels["Ông Ba"].address.province_code == BAC_NINH
    assert parcels["Ông Ba"].lines.get(product=tea).quantity == 2
    goods = sum(line.line_price_incl_tax for line in order.lines.all())
    assert goods == 3 * 120_001
    assert order.shipping_incl_tax == sum(parcel.charge for parcel in parcels.values())
    assert order.total_incl_tax == goods + order.shipping_incl_tax
    assert StockRecord.objects.get(product=tea).num_allocated == 3
    assert sorted(order.boxes.values_list("quantity", "price")) == [(1, 120_001), (2, 240_002)]


def test_each_recipients_box_keeps_until_it_is_there_and_who_it_is_for_is_named() -> None:
    cake = a_product("Bánh mật", shelf_life_days=90)
    keeps = timezone.localdate() + timedelta(days=2 + 2 + 5 + 10)
    a_lot(cake, best_before=keeps)
    guest = a_guest_with(a_gift_box(of={cake: 1}, gift={"min_days_left": 10, "lead_days": 2}))
    send_to(guest, "Ông Ba", BAC_NINH, LUC_SON)
    send_to(guest, "Cô Tư", HO_CHI_MINH, Ward.objects.filter(province=HO_CHI_MINH).first().pk)
    answer = press(guest, form_of(look(guest, **GIFT)), **GIFT)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Bánh mật trong hộp gửi Cô Tư không còn đủ hạn dùng" in page
    assert "gửi Ông Ba không còn đủ" not in page


def test_more_than_there_is_cannot_be_given_out() -> None:
    guest = a_guest_with(a_gift_box(of={a_product("Trà", stock=2): 1}))
    answer = send_to(guest, "Ông Ba", BAC_NINH, LUC_SON, 5)
    assert answer.status_code == 422
    assert "Chỉ còn 2." in answer.content.decode()
    assert "Ông Ba" in answer.content.decode()
    assert not GiftRecipient.objects.exists()


def test_a_basket_changed_after_sharing_says_so_and_is_not_placed() -> None:
    tea = a_product("Trà", stock=10)
    guest = a_guest_with(tea)
    line = basket_line(guest)
    send_to(guest, "Ông Ba", BAC_NINH, LUC_SON, 2)
    guest.post(reverse("basket:change", args=[line]), {"quantity": "4"})
    page = look(guest, **GIFT)
    assert "Đã chia 2 cho người nhận, trong giỏ có 4." in page.content.decode()
    assert press(guest, form_of(page), **GIFT).status_code == 409
    assert not Order.objects.exists()


def test_with_the_last_recipient_the_basket_goes_to_one_place_again() -> None:
    guest = a_guest_with(a_product())
    send_to(guest, "Ông Ba", BAC_NINH, LUC_SON)
    guest.post(reverse("giving:remove", args=[GiftRecipient.objects.get().pk]))
    order = buy(guest, is_gift=None, payment="cod")
    assert not order.recipients.exists()


def test_somebody_elses_recipient_cannot_be_taken_out() -> None:
    theirs, mine = a_guest_with(a_product()), a_guest_with(a_product())
    send_to(theirs, "Ông Ba", BAC_NINH, LUC_SON)
    mine.post(reverse("giving:remove", args=[GiftRecipient.objects.get().pk]))
    assert GiftRecipient.objects.exists()


def test_recipients_stay_with_the_basket_when_the_buyer_signs_in() -> None:
    guest = a_guest_with(a_product(stock=9))
    send_to(guest, "Ông Ba", BAC_NINH, LUC_SON)
    guest.force_login(a_buyer(), backend="shop.users.backends.EmailBackend")
    page = guest.get(reverse("checkout:index")).content.decode()
    assert "Ông Ba" in page


@pytest.mark.parametrize("typed", ["999999999999", "9" * 5_000, "-1", "1.5", "\x00"])
def test_odd_numbers_for_a_recipient_are_refused_in_words(typed: str) -> None:
    guest = a_guest_with(a_product())
    answer = send_to(guest, "Ông Ba", BAC_NINH, LUC_SON, **{f"line-{basket_line(guest)}": typed})
    assert answer.status_code == 422
    assert not GiftRecipient.objects.exists()


def test_chilled_goods_are_refused_for_the_place_that_they_do_not_reach() -> None:
    nem = a_product("Nem chua", freight_class="chilled", producer=a_producer())
    guest = a_guest_with(nem)
    send_to(guest, "Ông Ba", BAC_NINH, LUC_SON)

    ward = Ward.objects.filter(province=HO_CHI_MINH).first()
    send_to(guest, "Cô Tư", HO_CHI_MINH, ward.pk)
    page = look(guest, **GIFT).content.decode()
    assert "Nem chua cần giữ lạnh" in page


def test_gift_wishes_reach_every_parcel() -> None:
    north, south = a_producer("HTX Bắc"), a_producer("HTX Nam")
    goods = {a_product(producer=north): 1, a_product(producer=south): 1}
    order = an_order(goods, payment="vietqr", gift=GiftWishes(greeting="Chúc mừng"))
    assert {parcel.recipient.greeting for parcel in order.parcels.all()} == {"Chúc mừng"}
    assert order.recipients.count() == 1


# --- A sheet of recipients ----------------------------------------------------------------------

ROWS = [
    ["Họ và tên", "Điện thoại", "Tỉnh/thành phố", "Xã/phường", "Địa chỉ", "Số hộp", "Lời chúc"],
    ["Ông Ba", "0912345678", "Bắc Ninh", "Xã Lục Sơn", "Thôn Đồng Vành", 2, "Chúc ông khỏe"],
    ["Cô Tư", "0987654321", "Hà Nội", "Cầu Giấy", "12 ngõ 68", 1, ""],
]


def sheet(rows) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("danh-sach.xlsx", out.getvalue())


def test_a_sheet_is_looked_through_then_written_down() -> None:
    guest = a_guest_with(a_gift_box(of={a_product(): 1}))
    page = guest.post(reverse("giving:look-through"), {"sheet": sheet(ROWS)})
    assert page.status_code == 200
    assert "2 người nhận, dòng nào cũng đúng" in page.content.decode()
    assert not GiftRecipient.objects.exists()
    guest.post(reverse("giving:write-down"))
    assert sorted(GiftRecipient.objects.values_list("first_name", "shares__quantity")) == [
        ("Cô Tư", 1),
        ("Ông Ba", 2),
    ]
    order = buy(guest)
    assert order.recipients.count() == 2
    assert sorted(order.boxes.values_list("quantity", flat=True)) == [1, 2]


def test_a_sheet_with_faults_writes_nothing_and_names_the_row() -> None:
    guest = a_guest_with(a_product())
    rows = [*ROWS, ["", "12", "Tỉnh lạ", "Xã lạ", "", 0, ""]]
    page = guest.post(reverse("giving:look-through"), {"sheet": sheet(rows)})
    assert page.status_code == 422
    assert "Dòng 4." in page.content.decode()
    guest.post(reverse("giving:write-down"))
    assert not GiftRecipient.objects.exists()


def test_a_sheet_for_more_than_there_is_writes_nothing() -> None:
    guest = a_guest_with(a_product(stock=2))
    guest.post(reverse("giving:look-through"), {"sheet": sheet(ROWS)})
    page = guest.post(reverse("giving:write-down"), follow=True)
    assert "Chỉ còn 2." in page.content.decode()
    assert not GiftRecipient.objects.exists()


@pytest.mark.parametrize("quantity", ["9" * 5_000, "10000000", "0", "-1"])
def test_odd_numbers_in_a_sheet_are_refused_in_words(quantity: str) -> None:
    guest = a_guest_with(a_product())
    rows = [ROWS[0], [*ROWS[1][:5], quantity, ""]]
    page = guest.post(reverse("giving:look-through"), {"sheet": sheet(rows)})
    assert page.status_code == 422
    assert "hãy ghi một số nguyên từ 1" in page.content.decode()


def test_a_sheet_that_claims_billions_of_cells_is_read_as_far_as_a_list_goes() -> None:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active["XFD1048576"] = "x"
    out = BytesIO()
    book.save(out)
    guest = a_guest_with(a_gift_box(of={a_product(): 1}))
    page = guest.post(
        reverse("giving:look-through"), {"sheet": SimpleUploadedFile("a.xlsx", out.getvalue())}
    )
    assert page.status_code == 200
    assert len(page.context["found"].rows) == 2


def test_a_sheet_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    guest = a_guest_with(a_product())
    page = guest.post(
        reverse("giving:look-through"), {"sheet": SimpleUploadedFile("a.xlsx", out.getvalue())}
    )
    assert page.status_code == 422
    assert "Tệp quá lớn khi mở ra" in page.content.decode()


def test_something_else_than_a_sheet_is_refused_in_words() -> None:
    guest = a_guest_with(a_product())
    for file in (SimpleUploadedFile("a.pdf", b"%PDF"), SimpleUploadedFile("a.xlsx", b"PK\x03")):
        page = guest.post(reverse("giving:look-through"), {"sheet": file})
        assert page.status_code == 422
    assert guest.post(reverse("giving:look-through")).status_code == 422
