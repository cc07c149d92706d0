"""Listings on the phone: written in steps, moderated like pages, priced and counted at once."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalogue.gallery import shots_of
from catalogue.models import Product, ProductImage
from catalogue.pictures.models import Picture
from cms.roles import MODERATORS
from shop.communication.models import Letter
from shop.partner.history import PriceChange, StockChange
from shop.partner.models import Partner, StockRecord
from shop.partner.pricing import Price, decide, set_price
from shop.producers.listings import drafting
from shop.producers.listings.drafting import ListingState, NotPossible, draft_of, progress_of
from shop.users.models import User
from tests.factories import (
    BAC_LUNG,
    a_category,
    a_picture,
    a_producer,
    a_product,
    a_shop,
    a_spirit,
    a_staff_member,
    a_user,
    a_variant_product,
    an_order,
    an_upload,
    in_group,
    signed_in,
    with_rights,
)

pytestmark = pytest.mark.django_db
FRESH = 1


@pytest.fixture(autouse=True)
def shop() -> Any:
    return a_shop()


@pytest.fixture
def editor() -> User:
    return a_user(first_name="Cô Soạn")


@pytest.fixture
def producer(editor: User) -> Partner:
    return a_producer("Hộ Nội Chùa", members=[editor])


@pytest.fixture
def client(editor: User, producer: Partner) -> Client:
    return signed_in(editor)


@pytest.fixture
def moderator() -> User:
    return in_group(a_user(first_name="Người Duyệt"), MODERATORS)


@pytest.fixture
def potato(producer: Partner) -> Product:
    """On sale, complete, with a picture."""
    return a_product(
        "Khoai lang Yên Sơn",
        producer=producer,
        picture=a_picture(),
        category=a_category(number=FRESH),
        first_published_at=timezone.now(),
    )


def url(name: str, product: Product, *more: int) -> str:
    return reverse(f"producers:{name}", args=[product.pk, *more])


def words_of(product: Product, **changes: Any) -> dict[str, Any]:
    group = product.categories.first()
    return {
        "title": product.title,
        "summary": product.summary,
        "description": product.description,
        "group": group.pk if group else "",
        "seen": drafting.version_of(product),
        **changes,
    }


def hand_in(client: Client, product: Product) -> str:
    response = client.post(url("hand-in-listing", product), {"vouched": "on"}, follow=True)
    return response.content.decode()


def moderate(moderator: User, product: Product, do: str, **data: str) -> Any:
    page = reverse("listing-moderation", args=[product.pk])
    product = Product.objects.get(pk=product.pk)
    task = product.current_workflow_task_state
    seen = str(task.revision_id) if task else "0"
    return signed_in(moderator).post(page, {"do": do, "seen": seen, **data}, follow=True)


def visitor_sees(product: Product) -> str:
    product.refresh_from_db()
    return Client().get(product.get_absolute_url()).content.decode()


# --- From nothing to the shelf -------------------------------------------------------------------


def test_a_new_listing_goes_through_its_steps_to_the_shelf(
    client: Client, producer: Partner, moderator: User
) -> None:
    group = a_category(number=FRESH)
    client.post(reverse("producers:new-listing"), {"title": "Khoai lang", "group": group.pk})
    product = Product.objects.get(producer=producer)
    assert not product.live
    assert product.origin_id == BAC_LUNG
    overview = client.get(url("listing", product)).content.decode()
    for missing in ("Chưa có ảnh nào", "Chưa có giá bán", "Chưa ghi hạn dùng"):
        assert missing in overview

    client.post(
        url("listing-words", product),
        words_of(product, summary="Khoai mật đất đồi", months=["12", "1"]),
    )
    client.post(url("listing-photos", product), {"photos": [an_upload(), an_upload("b.png")]})
    label = {"net_quantity": "1000", "net_unit": "g", "storage": "Nơi thoáng, 15 ngày"}
    label |= {"shelf_life_days": "15", "freight_class": "normal", "province": "24"}
    response = client.post(url("listing-label", product), {**label, "ward": BAC_LUNG})
    assert response.status_code == 302
    record = StockRecord.objects.get(product=product)
    client.post(url("set-price", product, record.pk), {f"price-{record.pk}-price": "18000"})
    stock = {f"stock-{record.pk}-stock": "40", f"stock-{record.pk}-seen": "0"}
    client.post(reverse("producers:set-stock", args=[record.pk]), stock)

    assert (
        "Hãy đánh dấu" in client.post(url("hand-in-listing", product), follow=True).content.decode()
    )
    assert "Người duyệt đọc" in hand_in(client, product)
    assert Client().get(product.get_absolute_url()).status_code == 404
    queue = signed_in(moderator).get(reverse("listing-moderation-queue")).content.decode()
    assert "Khoai lang" in queue
    moderate(moderator, product, "approve")
    page = visitor_sees(product)
    assert "Khoai mật đất đồi" in page
    assert "18.000" in page
    assert product.season_months == [1, 12]
    assert ProductImage.objects.filter(product=product).count() == 2
    letter = Letter.objects.get(event_code="LISTING_APPROVED")
    assert product.get_absolute_url() in letter.text


def test_a_quantity_reads_as_one_would_write_it(client: Client, producer: Partner) -> None:
    wine = a_spirit(producer=producer, net_quantity=Decimal("800.00"), abv="29.0")
    page = client.get(url("listing-label", wine)).content.decode()
    assert 'name="net_quantity" value="800"' in page
    assert 'name="abv" value="29"' in page


def test_a_returned_listing_is_mended_and_handed_in_again(
    client: Client, potato: Product, moderator: User, editor: User
) -> None:
    client.post(url("listing-words", potato), words_of(potato, summary="Ngọt nhất vùng"))
    hand_in(client, potato)
    refused = moderate(moderator, potato, "return", reason="")
    assert refused.status_code == 422
    moderate(moderator, potato, "return", reason="“Nhất” thì phải có bằng chứng")
    assert "phải có bằng chứng" in client.get(url("listing", potato)).content.decode()
    assert "Người duyệt nhờ sửa" in client.get(reverse("producers:home")).content.decode()
    assert "phải có bằng chứng" in Letter.objects.get(event_code="LISTING_RETURNED").text
    assert "Ngọt nhất vùng" not in visitor_sees(potato)
    client.post(url("listing-words", potato), words_of(potato, summary="Ngọt, ruột vàng"))
    hand_in(client, potato)
    moderate(moderator, potato, "approve")
    assert "Ngọt, ruột vàng" in visitor_sees(potato)
    assert progress_of(Product.objects.get(pk=potato.pk)).state == ListingState.LIVE


def test_the_live_listing_stays_until_approval_pictures_included(
    client: Client, potato: Product, moderator: User
) -> None:
    client.post(url("listing-words", potato), words_of(potato, title="Khoai lang mật"))
    client.post(url("listing-photos", potato), {"photos": [an_upload()]})
    page = visitor_sees(potato)
    assert "Khoai lang mật" not in page
    assert potato.images.count() == 1
    hand_in(client, potato)
    comparison = signed_in(moderator).get(reverse("listing-moderation", args=[potato.pk]))
    text = comparison.content.decode()
    assert "Khoai lang mật" in text
    assert "Khoai lang Yên Sơn" in text
    moderate(moderator, potato, "approve")
    assert "Khoai lang mật" in visitor_sees(potato)
    assert potato.images.count() == 2


def test_what_waits_is_withdrawn_before_it_is_changed(client: Client, potato: Product) -> None:
    client.post(url("listing-words", potato), words_of(potato, summary="Mới"))
    hand_in(client, potato)
    refused = client.post(url("listing-words", potato), words_of(potato, summary="Mới nữa"))
    assert refused.status_code == 422
    assert "đang chờ duyệt" in refused.content.decode()
    client.post(url("withdraw-listing", potato))
    client.post(url("listing-words", potato), words_of(potato, summary="Mới nữa"))
    assert draft_of(Product.objects.get(pk=potato.pk)).summary == "Mới nữa"


def test_a_moderator_decides_on_what_was_read(
    client: Client, potato: Product, moderator: User
) -> None:
    client.post(url("listing-words", potato), words_of(potato, summary="Bản một"))
    hand_in(client, potato)
    page = reverse("listing-moderation", args=[potato.pk])
    office = signed_in(moderator)
    seen = str(Product.objects.get(pk=potato.pk).current_workflow_task_state.revision_id)
    client.post(url("withdraw-listing", potato))
    client.post(url("listing-words", potato), words_of(potato, summary="Bản hai"))
    hand_in(client, potato)
    response = office.post(page, {"do": "approve", "seen": seen}, follow=True)
    assert "Hãy đọc lại" in response.content.decode()
    potato.refresh_from_db()
    assert potato.summary == ""
    # Decided once: a second click finds nothing to decide.
    moderate(moderator, potato, "approve")
    again = office.post(page, {"do": "return", "seen": seen, "reason": "x"}, follow=True)
    assert "đã được quyết định" in again.content.decode()


def test_a_claim_is_named_and_keeps_the_listing_from_being_handed_in(
    client: Client, potato: Product
) -> None:
    claim = "Khoai này chữa khỏi bệnh dạ dày."
    client.post(url("listing-words", potato), words_of(potato, description=claim))
    assert "chữa khỏi" in client.get(url("listing-review", potato)).content.decode()
    hand_in(client, potato)
    assert not Product.objects.get(pk=potato.pk).workflow_in_progress


def test_an_incomplete_label_is_a_good_draft_and_no_listing(
    client: Client, potato: Product
) -> None:
    label = {"net_quantity": "", "net_unit": "g", "freight_class": "normal", "storage": ""}
    assert client.post(url("listing-label", potato), label).status_code == 302
    page = hand_in(client, potato)
    assert "Chưa ghi cách bảo quản" in page
    potato.refresh_from_db()
    assert potato.storage


def test_changed_words_put_the_old_english_away(client: Client, potato: Product) -> None:
    Product.objects.filter(pk=potato.pk).update(
        title_en="Sweet potato", summary_en="Sweet", description_en="x", english_ready=True
    )
    potato.refresh_from_db()
    client.post(url("listing-label", potato), {"net_unit": "g", "freight_class": "normal"})
    draft = draft_of(Product.objects.get(pk=potato.pk))
    assert not draft.english_ready  # storage and the like were emptied
    assert Product.objects.get(pk=potato.pk).english_ready


# --- Autosave, colleagues ----------------------------------------------------------------------


def test_typing_is_kept_and_what_is_wrong_is_named(client: Client, potato: Product) -> None:
    data = words_of(potato, title="", summary="Đang gõ dở")
    response = client.post(url("listing-words", potato), data, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert "Đã lưu nháp" in text
    assert "Hãy ghi tên sản phẩm" in text
    draft = draft_of(Product.objects.get(pk=potato.pk))
    assert (draft.title, draft.summary) == ("Khoai lang Yên Sơn", "Đang gõ dở")


def test_saving_by_itself_does_not_pile_up_drafts(client: Client, potato: Product) -> None:
    for number in range(5):
        potato.refresh_from_db()
        data = words_of(potato, summary=f"Lần {number}")
        client.post(url("listing-words", potato), data, headers={"HX-Request": "true"})
    assert potato.revisions.count() == 1


def test_a_colleagues_words_are_not_overwritten(
    client: Client, producer: Partner, potato: Product
) -> None:
    colleague = a_user(first_name="Chú Ba")
    producer.users.add(colleague, through_defaults={"role": "owner"})
    seen = words_of(potato, summary="Của cô Soạn")
    signed_in(colleague).post(url("listing-words", potato), words_of(potato, summary="Của chú"))
    response = client.post(url("listing-words", potato), seen)
    page = response.content.decode()
    assert "Chú Ba vừa sửa" in page
    assert "Của cô Soạn" in page
    assert draft_of(Product.objects.get(pk=potato.pk)).summary == "Của chú"


def test_an_old_draft_brings_nothing_back(client: Client, potato: Product, moderator: User) -> None:
    client.post(url("listing-words", potato), words_of(potato, summary="Mới"))
    hand_in(client, potato)
    Product.objects.filter(pk=potato.pk).update(rating=4.5)
    moderate(moderator, potato, "approve")
    potato.refresh_from_db()
    assert potato.rating == 4.5


# --- Photographs ----------------------------------------------------------------------------------


def test_pictures_are_ordered_told_cut_and_taken_out(
    client: Client, potato: Product, moderator: User
) -> None:
    client.post(url("listing-photos", potato), {"photos": [an_upload(), an_upload("b.png")]})
    first, own, other = [shot.picture for shot in shots_of(draft_of(fresh(potato)))]
    client.post(url("change-photo", potato, own.pk), {"do": "earlier"})
    client.post(url("change-photo", potato, own.pk), {"alt": "Rổ khoai mới đào"})
    point = {"point.x": "60", "point.y": "40", "width": "240", "height": "160"}
    client.post(url("change-photo", potato, own.pk), point)
    client.post(url("change-photo", potato, other.pk), {"do": "remove"})
    assert [shot.entry() for shot in shots_of(draft_of(fresh(potato)))] == [
        {"picture": own.pk, "alt": "Rổ khoai mới đào", "x": 25, "y": 25},
        {"picture": first.pk, "alt": first.alt_text, "x": None, "y": None},
    ]
    own.refresh_from_db()
    assert own.alt_text == ""
    hand_in(client, potato)
    moderate(moderator, potato, "approve")
    own.refresh_from_db()
    assert own.alt_text == "Rổ khoai mới đào"
    assert (own.focal_point_x, own.focal_point_y) == (15, 10)
    hung = ProductImage.objects.filter(product=potato).order_by("display_order")
    assert [row.original_id for row in hung] == [own.pk, first.pk]
    assert fresh(potato).gallery is None


def test_a_picture_of_somebody_else_is_shown_and_not_retold(
    client: Client, potato: Product
) -> None:
    shops = potato.images.get().original
    client.post(url("change-photo", potato, shops.pk), {"alt": "Lời khác"})
    assert shots_of(draft_of(fresh(potato)))[0].alt == shops.alt_text


def test_a_picture_of_another_product_is_not_moved_in(client: Client, potato: Product) -> None:
    strange = a_picture("Ảnh nhà khác")
    for do in ("earlier", "remove", "describe"):
        client.post(url("change-photo", potato, strange.pk), {"do": do, "alt": "x"})
    assert strange.pk not in [shot.picture.pk for shot in shots_of(draft_of(fresh(potato)))]
    strange.refresh_from_db()
    assert strange.alt_text != "x"


def test_what_is_no_picture_is_refused_by_name(client: Client, potato: Product) -> None:
    bad = SimpleUploadedFile("ngựa.jpg", b"MZ not a picture")
    before = Picture.objects.count()
    response = client.post(url("listing-photos", potato), {"photos": [an_upload(), bad]})
    assert response.status_code == 422
    assert "ngựa.jpg" in response.content.decode()
    assert Picture.objects.count() == before


def test_there_are_only_so_many_pictures(client: Client, potato: Product) -> None:
    many = {"photos": [an_upload(f"{number}.png") for number in range(10)]}
    response = client.post(url("listing-photos", potato), many)
    assert "nhiều nhất 10 ảnh" in response.content.decode()
    assert len(shots_of(draft_of(fresh(potato)))) == 1


# --- Sizes ---------------------------------------------------------------------------------------


def test_a_listing_not_yet_on_sale_is_divided_into_sizes(client: Client, editor: User) -> None:
    product = drafting.new_listing(editor.partners.get(), "Mật ong", a_category(), by=editor)
    data = {"variant-new-title": "500 ml", "variant-new-net_quantity": "500"}
    data |= {"variant-new-net_unit": "ml"}
    client.post(url("add-variant", product), data)
    client.post(url("add-variant", product), {**data, "variant-new-title": "1 lít"})
    first, second = product.children.order_by("pk")
    assert StockRecord.objects.get(product=first).partner_sku == f"SP-{product.pk}"
    assert StockRecord.objects.filter(product=second).exists()
    assert fresh(product).is_parent
    client.post(url("drop-variant", product, second.pk))
    assert (
        "Đây là loại cuối cùng"
        in client.post(url("drop-variant", product, first.pk), follow=True).content.decode()
    )


def test_what_is_on_sale_in_one_size_is_not_divided(client: Client, potato: Product) -> None:
    data = {"variant-new-title": "2 kg", "variant-new-net_unit": "g"}
    response = client.post(url("add-variant", potato), data)
    assert response.status_code == 422
    assert "sao chép" in response.content.decode()


def test_a_new_size_and_a_new_name_wait_for_approval_with_the_listing(
    client: Client, producer: Partner, moderator: User
) -> None:
    tea = a_variant_product(
        "Chè hoa vàng",
        producer=producer,
        picture=a_picture(),
        variants={"50 g": (120_000, 5)},
        category=a_category(number=12),
        first_published_at=timezone.now(),
    )
    small = tea.children.get()
    key = f"variant-{small.pk}"
    client.post(
        url("change-variant", tea, small.pk),
        {f"{key}-title": "hộp 50 g", f"{key}-net_unit": "g", f"{key}-net_quantity": "50"},
    )
    new = {"variant-new-title": "100 g", "variant-new-net_unit": "g"}
    client.post(url("add-variant", tea), {**new, "variant-new-net_quantity": "100"})
    large = tea.children.exclude(pk=small.pk).get()
    set_price(StockRecord.objects.get(product=large), Price(Decimal(230_000)), by=None)
    small.refresh_from_db()
    assert (small.title, large.live) == ("50 g", False)
    assert "hộp 50 g" in client.get(url("listing-review", tea)).content.decode()
    hand_in(client, tea)
    moderate(moderator, tea, "approve")
    small.refresh_from_db()
    large.refresh_from_db()
    assert (small.title, large.live) == ("hộp 50 g", True)


# --- Price and stock ------------------------------------------------------------------------------


def price_form(record: StockRecord, price: Any, **more: Any) -> dict[str, Any]:
    return {
        f"price-{record.pk}-price": price,
        **{f"price-{record.pk}-{name}": value for name, value in more.items()},
    }


def test_a_price_changes_at_once_and_is_remembered(
    client: Client, potato: Product, editor: User
) -> None:
    record = potato.stockrecords.get()
    client.post(url("set-price", potato, record.pk), price_form(record, "50000"))
    record.refresh_from_db()
    assert record.price == 50_000
    change = PriceChange.objects.get()
    assert (change.by, change.price_before, change.price) == (editor, 45_000, 50_000)
    page = client.get(url("listing-history", potato)).content.decode()
    assert "Cô Soạn" in page
    assert "50.000" in page


def test_a_price_that_moves_too_far_waits_for_staff(
    client: Client, potato: Product, editor: User
) -> None:
    record = potato.stockrecords.get()
    response = client.post(
        url("set-price", potato, record.pk), price_form(record, "4500"), follow=True
    )
    assert "cửa hàng xem trước" in response.content.decode()
    record.refresh_from_db()
    assert record.price == 45_000
    waiting = PriceChange.objects.get()
    decide(waiting, allow=True, by=None)
    decide(waiting, allow=False, by=None, reason="muộn")
    record.refresh_from_db()
    waiting.refresh_from_db()
    assert (record.price, waiting.state) == (4_500, "applied")


def test_staff_let_a_price_move_or_say_why_not(potato: Product, editor: User) -> None:
    record = potato.stockrecords.get()
    change = set_price(record, Price(Decimal(9_000)), by=editor)
    staff = signed_in(with_rights(a_staff_member(), "partner.change_pricechange"))
    queue = reverse("producers-staff:prices")
    assert "9.000" in staff.get(queue).content.decode()
    refuse = reverse("producers-staff:refuse-price", args=[change.pk])
    assert staff.post(refuse, {f"p{change.pk}-reason": ""}).status_code == 422
    staff.post(refuse, {f"p{change.pk}-reason": "Gõ thiếu số 0?"})
    page = signed_in(editor).get(url("listing-history", potato)).content.decode()
    assert "Gõ thiếu số 0?" in page
    again = set_price(record, Price(Decimal(9_000)), by=editor)
    staff.post(reverse("producers-staff:allow-price", args=[again.pk]))
    record.refresh_from_db()
    assert record.price == 9_000
    for client in (signed_in(editor), signed_in(a_staff_member())):
        assert client.get(queue).status_code == 403


def test_small_steps_add_up(potato: Product, editor: User) -> None:
    record = potato.stockrecords.get()
    for price in (40_000, 36_000, 33_000):
        assert set_price(record, Price(Decimal(price)), by=editor).state == "applied"
    assert set_price(record, Price(Decimal(30_000)), by=editor).state == "waiting"
    PriceChange.objects.update(at=timezone.now() - timedelta(days=8))
    assert set_price(record, Price(Decimal(31_000)), by=editor).state == "applied"
    assert PriceChange.objects.filter(state="replaced").count() == 1


def test_a_sale_may_not_dodge_the_limit(potato: Product, editor: User) -> None:
    record = potato.stockrecords.get()
    deep = Price(Decimal(45_000), Decimal(10_000))
    assert set_price(record, deep, by=editor).state == "waiting"
    assert set_price(record, Price(Decimal(45_000), Decimal(40_000)), by=editor).state == "applied"
    record.refresh_from_db()
    assert record.current_price() == 40_000


@pytest.mark.parametrize(
    ("price", "more", "words"),
    [
        ("", {}, "Hãy nhập giá"),
        ("45,5", {}, "Hãy nhập số nguyên"),
        ("0", {}, "Giá phải lớn hơn 0"),
        ("45000", {"sale_price": "45000"}, "phải thấp hơn giá bán"),
        ("45000", {"sale_price": "40000", "sale_ends_at": "2020-01-01T00:00"}, "phải kết thúc sau"),
    ],
)
def test_a_wrong_price_is_refused_beside_the_field(
    client: Client, potato: Product, price: str, more: dict[str, str], words: str
) -> None:
    record = potato.stockrecords.get()
    response = client.post(url("set-price", potato, record.pk), price_form(record, price, **more))
    assert response.status_code == 422
    assert words in response.content.decode()
    record.refresh_from_db()
    assert record.price == 45_000


def test_strong_spirits_have_no_sale(client: Client, producer: Partner) -> None:
    spirit = a_spirit(producer=producer)
    record = spirit.stockrecords.get()
    form = price_form(record, record.price, sale_price=int(record.price) - 1000)
    response = client.post(url("set-price", spirit, record.pk), form)
    assert "Luật 44/2019/QH14" in response.content.decode()


def test_a_count_is_remembered_with_who_made_it(
    client: Client, potato: Product, editor: User
) -> None:
    record = potato.stockrecords.get()
    an_order(potato, 2)
    data = {f"stock-{record.pk}-stock": "30", f"stock-{record.pk}-seen": "8"}
    client.post(reverse("producers:set-stock", args=[record.pk]), data)
    change = StockChange.objects.get()
    assert (change.by, change.left_before, change.left_after) == (editor, 8, 30)
    record.refresh_from_db()
    assert (record.net_stock_level, record.num_allocated) == (30, 2)


# --- Archive, copy, discard -----------------------------------------------------------------------


def test_an_archived_listing_leaves_the_shelf_and_comes_back(
    client: Client, potato: Product
) -> None:
    client.post(url("archive-listing", potato))
    assert Client().get(potato.get_absolute_url()).status_code == 404
    assert "Khoai lang" not in client.get(reverse("producers:listings")).content.decode()
    archived = client.get(reverse("producers:listings") + "?xem=ngung-ban").content.decode()
    assert "Khoai lang" in archived
    with pytest.raises(NotPossible):
        drafting.save_draft(draft_of(fresh(potato)), by=a_user())
    client.post(url("bring-back-listing", potato))
    assert Client().get(potato.get_absolute_url()).status_code == 200


def test_a_copy_is_another_thing(client: Client, potato: Product) -> None:
    Product.objects.filter(pk=potato.pk).update(gtin="8938501971012")
    client.post(url("copy-listing", potato))
    twin = Product.objects.get(title="Khoai lang Yên Sơn (bản sao)")
    assert (twin.live, twin.gtin, twin.slug == potato.slug) == (False, "", False)
    assert twin.stockrecords.get().net_stock_level == 0
    assert twin.stockrecords.get().price is None
    assert [shot.picture for shot in shots_of(draft_of(twin))] == [potato.images.get().original]
    assert list(twin.categories.all()) == list(potato.categories.all())
    assert fresh(potato).live


def test_a_draft_is_thrown_away(client: Client, potato: Product) -> None:
    client.post(url("listing-words", potato), words_of(potato, summary="Thôi"))
    client.post(url("discard-listing", potato))
    assert progress_of(fresh(potato)).state == ListingState.LIVE
    assert draft_of(fresh(potato)).summary == ""


# --- Whose ----------------------------------------------------------------------------------------

PAGES = ("listing", "listing-words", "listing-photos", "listing-label", "listing-price")
PAGES += ("listing-review", "listing-history")
STEPS = ("hand-in-listing", "withdraw-listing", "discard-listing", "archive-listing")
STEPS += ("bring-back-listing", "copy-listing", "add-variant")


def test_a_listing_is_nobody_elses(potato: Product) -> None:
    stranger = a_user()
    theirs = a_product(producer=a_producer(members=[stranger]))
    client = signed_in(stranger)
    for name in PAGES:
        assert client.get(url(name, potato)).status_code == 404
    for name in STEPS:
        assert client.post(url(name, potato), {"vouched": "on"}).status_code == 404
    record = potato.stockrecords.get()
    assert client.post(url("set-price", potato, record.pk), {}).status_code == 404
    # Through one's own listing neither.
    assert (
        client.post(url("set-price", theirs, record.pk), price_form(record, "1000")).status_code
        == 404
    )
    assert client.post(reverse("producers:set-stock", args=[record.pk])).status_code == 404
    assert fresh(potato).archived_at is None


def test_only_moderators_open_their_queue(editor: User, potato: Product, moderator: User) -> None:
    queue = reverse("listing-moderation-queue")
    page = reverse("listing-moderation", args=[potato.pk])
    assert signed_in(moderator).get(page).status_code == 200
    for client in (signed_in(editor), Client(), signed_in(in_group(a_user(), "Promoters"))):
        for path in (queue, page):
            assert client.get(path).status_code in (302, 403)
        assert client.post(page, {"do": "approve"}).status_code in (302, 403)


def test_a_longer_list_asks_no_more_queries(client: Client, producer: Partner) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("producers:listings"))
        return len(asked)

    a_product(producer=producer, picture=a_picture())
    queries()
    few = queries()
    for _each in range(5):
        a_product(producer=producer, picture=a_picture())
    a_variant_product(producer=producer)
    assert queries() == few <= 12


def fresh(product: Product) -> Product:
    return Product.objects.get(pk=product.pk)
