"""Parcels: packed from a chosen lot, sent in two parts, labelled; the buyer is told."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from pypdf import PdfReader

from shop.communication.models import Letter
from shop.order.fulfilment import hand_over, mark_delivered
from shop.order.models import Order, OrderMessage, Parcel
from shop.order.splitting import split_off
from shop.order.steps import StepNotPossible
from shop.partner.membership import Role
from shop.partner.models import Partner
from shop.payment.books import what_is_wrong
from shop.producers.parcels.papers import label_pdf, slip_pdf
from shop.shipping.pieces import chargeable_grams
from shop.shipping.ways import way_of
from shop.staff import PACKING, ensure_staff_group
from tests.factories import (
    a_fair,
    a_lot,
    a_producer,
    a_product,
    a_staff_member,
    a_user,
    an_order,
    in_group,
    signed_in,
    with_rights,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def producer() -> Partner:
    packer = a_user(first_name="Anh Gói")
    made = a_producer("HTX Lục Sơn")
    made.users.add(packer, through_defaults={"role": Role.PACKER})
    return made


@pytest.fixture
def client(producer: Partner) -> Client:
    return signed_in(producer.users.get())


@pytest.fixture
def parcel(producer: Partner) -> Parcel:
    goods = {
        a_product("Long nhãn", producer=producer): 2,
        a_product("Mật ong", producer=producer): 1,
    }
    return an_order(goods, email="hoa@example.vn").parcels.get()


def url(name: str, parcel: Parcel, *more: int) -> str:
    return reverse(f"producers:{name}", args=[parcel.pk, *more])


def text_of(pdf: bytes) -> str:
    return " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


def test_the_label_says_where_to_and_what_to_collect_and_names_no_goods(
    client: Client, parcel: Parcel
) -> None:
    response = client.get(url("parcel-label", parcel))
    assert response["Content-Type"] == "application/pdf"
    told = text_of(response.content)
    order = parcel.order
    total = f"{order.total_incl_tax:,}".replace(",", ".")
    for words in ("Nguyễn Thị Hoa", "0912 345 678", "Thôn Nội Chùa", total, "HTX Lục Sơn"):
        assert words in told
    assert "Long nhãn" not in told
    assert len(PdfReader(io.BytesIO(response.content)).pages) == 1


def test_the_slip_says_what_is_in_it_and_no_price(client: Client, parcel: Parcel) -> None:
    line = parcel.lines.order_by("pk")[0]
    lot = a_lot(line.product, "LN-2611")
    client.post(url("choose-lot", parcel, line.pk), {"lot": lot.pk})
    told = text_of(client.get(url("parcel-slip", parcel)).content)
    for words in ("Long nhãn", "LN-2611", "Mật ong"):
        assert words in told
    assert "45.000" not in told
    assert "0912" not in told


def test_words_of_a_buyer_are_words_on_paper_not_markup(parcel: Parcel) -> None:
    Order.objects.filter(pk=parcel.order_id).update(buyer_note='#panic("x") *đậm* $a$ <b>')
    parcel = Parcel.objects.get(pk=parcel.pk)
    for pdf in (label_pdf(parcel), slip_pdf(parcel)):
        assert '#panic("x") *đậm* $a$ <b>' in text_of(pdf)


def test_a_part_goes_first_and_the_rest_follows_without_another_fee(
    client: Client, parcel: Parcel
) -> None:
    later = parcel.lines.order_by("pk")[1]
    client.post(url("split-parcel", parcel), {"later": [later.pk]})
    second = parcel.order.parcels.get(position=2)
    assert list(second.lines.all()) == [later]
    assert second.charge == 0
    mark_delivered(hand_over(parcel, "Xe khách"))
    order = Order.objects.get(pk=parcel.order_id)
    assert order.status == "packing"
    mark_delivered(hand_over(second, "Xe khách"))
    order.refresh_from_db()
    assert order.status == "completed"
    assert order.payment.received == order.total_incl_tax
    assert what_is_wrong() == []


def test_both_parts_weigh_what_is_in_them_and_the_later_is_promised_anew(parcel: Parcel) -> None:
    first, later = parcel.lines.order_by("pk")
    whole, grams = parcel.weight_grams, chargeable_grams(later.product) * later.quantity
    assert whole == chargeable_grams(first.product) * first.quantity + grams
    old = timezone.localdate() - timedelta(days=30)
    Parcel.objects.filter(pk=parcel.pk).update(promised_from=old, promised_to=old)
    second = split_off(Parcel.objects.get(pk=parcel.pk), [later.pk])
    parcel.refresh_from_db()
    assert (parcel.weight_grams, second.weight_grams) == (whole - grams, grams)
    assert parcel.promised_to == old
    assert second.promised_from and second.promised_to
    assert timezone.localdate() <= second.promised_from <= second.promised_to


def test_the_page_says_what_to_collect_and_the_day_of_the_state(
    client: Client, parcel: Parcel
) -> None:
    total = f"{int(parcel.order.total_incl_tax):,}".replace(",", ".")
    assert f"Thu hộ: {total}" in client.get(url("parcel", parcel)).content.decode()
    hand_over(parcel, "Xe khách")
    shipped = timezone.now() - timedelta(days=40)
    Parcel.objects.filter(pk=parcel.pk).update(shipped_at=shipped)
    page = client.get(url("parcel", parcel)).content.decode()
    assert f"Người mua đã nhận, đã thu {total}" in page
    assert date_format(timezone.localtime(shipped), "DATETIME_FORMAT") in page
    mark_delivered(parcel)
    assert "Thu hộ" not in client.get(url("parcel", parcel)).content.decode()


def test_staff_read_what_to_collect_too(parcel: Parcel) -> None:
    ensure_staff_group()
    packing = in_group(a_staff_member(), PACKING)
    hand_over(parcel, "Xe khách")
    page = signed_in(packing).get(reverse("office:parcel", args=[parcel.pk])).content.decode()
    assert "Thu tiền khi giao, số tiền ghi ở nhãn" in page
    assert "đã thu " not in page
    clerk = signed_in(with_rights(in_group(a_staff_member(), PACKING), "payment.view_payment"))
    page = clerk.get(reverse("office:parcel", args=[parcel.pk])).content.decode()
    assert "Thu hộ: " in page
    assert "Người mua đã nhận, đã thu " in page


def test_nothing_or_everything_is_no_part(parcel: Parcel) -> None:
    keys = list(parcel.lines.values_list("pk", flat=True))
    stranger = an_order(a_product()).lines.get().pk
    for chosen in ([], keys, [stranger]):
        with pytest.raises(StepNotPossible):
            split_off(parcel, chosen)
    hand_over(parcel, "Xe khách")
    with pytest.raises(StepNotPossible):
        split_off(parcel, keys[:1])


def test_the_packer_takes_another_lot_but_not_any(client: Client, parcel: Parcel) -> None:
    line = parcel.lines.order_by("pk")[0]
    near, far = a_lot(line.product, "GAN"), a_lot(line.product, "XA")
    small = a_lot(line.product, "IT", quantity=1)
    strange = a_lot(a_product(), "LA")
    client.post(url("pack", parcel))
    line.refresh_from_db()
    assert line.lot in (near, far)
    client.post(url("choose-lot", parcel, line.pk), {"lot": far.pk})
    line.refresh_from_db()
    assert line.lot == far
    for wrong in (small.pk, strange.pk, "x", ""):
        client.post(url("choose-lot", parcel, line.pk), {"lot": wrong})
        line.refresh_from_db()
        assert line.lot == far
    other = an_order(a_product()).lines.get()
    assert client.post(url("choose-lot", parcel, other.pk), {"lot": far.pk}).status_code == 404
    hand_over(parcel, "Xe khách")
    client.post(url("choose-lot", parcel, line.pk), {"lot": near.pk})
    line.refresh_from_db()
    assert line.lot == far


def test_the_buyer_reads_what_the_producer_wrote(client: Client, parcel: Parcel) -> None:
    client.post(url("write-to-buyer", parcel), {"text": "Mai có chuyến xe."})
    letter = Letter.objects.get(event_code="PARCEL_MESSAGE")
    assert letter.to == "hoa@example.vn"
    assert "Mai có chuyến xe." in letter.text
    order = parcel.order
    page = Client().get(order.get_absolute_url(), follow=True).content.decode()
    assert "Mai có chuyến xe." in page
    assert "hoa@example.vn" not in client.get(url("parcel", parcel)).content.decode()
    assert client.post(url("write-to-buyer", parcel), {"text": ""}).status_code == 422
    for each in range(10):
        client.post(url("write-to-buyer", parcel), {"text": f"Nữa {each}"})
    assert OrderMessage.objects.count() == 10


def test_nothing_of_a_parcel_is_for_another_producer(parcel: Parcel) -> None:
    stranger = a_user()
    a_producer(members=[stranger])
    client = signed_in(stranger)
    line = parcel.lines.first()
    for name in ("parcel", "parcel-label", "parcel-slip"):
        assert client.get(url(name, parcel)).status_code == 404
    for name in ("pack", "ship", "deliver", "refuse", "split-parcel", "write-to-buyer"):
        data = {"later": [line.pk], "text": "x", "carrier": "x"}
        assert client.post(url(name, parcel), data).status_code == 404
    assert client.post(url("choose-lot", parcel, line.pk), {"lot": 1}).status_code == 404
    parcel.refresh_from_db()
    assert parcel.status == "new"


# --- In the packer's language ----------------------------------------------------------------


@pytest.fixture
def english(producer: Partner) -> Parcel:
    """A parcel of an order that was placed in English."""
    product = a_product("Mật ong", producer=producer, title_en="Honey", english_ready=True)
    parcel = an_order(product, email="ann@example.com").parcels.get()
    Order.objects.filter(pk=parcel.order_id).update(language="en")
    Parcel.objects.filter(pk=parcel.pk).update(method_name="Delivery to your door")
    parcel.lines.update(title="Honey")
    return Parcel.objects.get(pk=parcel.pk)


def test_the_slip_of_an_english_order_speaks_vietnamese(english: Parcel) -> None:
    with override("en"):
        told = text_of(slip_pdf(english))
        collect = text_of(label_pdf(english))
    assert "Mật ong" in told and "Honey" not in told
    assert "Giao tận nơi" in collect and "Thu hộ" in collect
    assert "to your door" not in told + collect


def test_packers_read_their_own_language_and_the_order_keeps_the_buyers(
    client: Client, english: Parcel
) -> None:
    ensure_staff_group()
    staff = signed_in(in_group(a_staff_member(), PACKING))
    for page in (
        client.get(url("parcel", english)),
        client.get(reverse("producers:parcels")),
        staff.get(reverse("office:parcel", args=[english.pk])),
    ):
        words = page.content.decode()
        assert "Mật ong" in words and "Honey" not in words and "to your door" not in words
    assert english.lines.get().title == "Honey"
    assert english.method_name == "Delivery to your door"


def test_a_vietnamese_order_read_in_english_names_the_way_in_english(parcel: Parcel) -> None:
    with override("en"):
        page = Client().get(parcel.order.get_absolute_url()).content.decode()
    assert "Giao tận nơi" not in page
    with override("en"):
        assert way_of(parcel) != "Giao tận nơi"


def test_a_fair_is_named_in_the_readers_language(english: Parcel) -> None:
    fair = a_fair()
    english.method_code, english.method_name = f"fair-{fair.pk}", "Fetch at the fair"
    assert way_of(english) == f"Nhận tại {fair.name}"
    with override("en"):
        assert way_of(english) == "Fetch at the fair"
