"""The demo shop: what it holds, what it says, and that loading it again changes nothing."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
import time_machine
from django.conf import LazySettings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from oscar.core.loading import get_model
from pytest_django import DjangoDbBlocker
from wagtail.models import Revision

from catalogue.boxes.contents import contents_of
from catalogue.claims import find_claims
from catalogue.models import BoxChoice, BoxItem, Category, Certificate, Lot, Product, ProductImage
from catalogue.models.box import Tier
from catalogue.pictures.models import Picture
from cms.demo import orders, people
from cms.demo.loading import load
from cms.models import BasePage, GiftPage, HomePage, LoadedDemo, StoryPage
from shop.order.models import Order
from shop.partner.models import Partner, StockRecord
from shop.payment import books as payment_books
from shop.settlements import books as settlement_books
from shop.shipping.rates import ZoneRate

#: The article's nine products and what it says of their makers (27/4/2024).
ARTICLE = {
    "Khoai lang Yên Sơn": "Hộ kinh doanh thôn Nội Chùa",
    "Long nhãn Lục Sơn": "HTX dịch vụ nông nghiệp xã Lục Sơn",
    "Rượu đông trùng hạ thảo": "Công ty TNHH dược thảo Trường Thọ",
    "Mật ong đông trùng hạ thảo": "Công ty TNHH dược thảo Trường Thọ",
    "Bánh mật Thanh Lâm": "Tổ hợp tác bánh mật",
    "Nem chua Tư Thủy": "Hộ kinh doanh thôn Lầm",
    "Trà hoa vàng đông trùng túi lọc": "HTX dược liệu công nghệ cao Trường Sơn",
    "Trà hoa vàng": "HTX dược liệu công nghệ cao Trường Sơn",
    "Đông trùng hạ thảo khô": "tên chủ thể chưa được công bố",
}
#: Words that no source carries for any of the nine, or that a shop may not say.
NEVER_SAID = (
    "tiến vua",
    "gia truyền",
    "đệ nhất",
    "bí quyết trăm năm",
    "phù sa ngọt",
    "khối u",
    "hạ đường huyết",
    "bổ thận",
    "tráng dương",
    "thần dược",
    "giải rượu",
    "an thần",
    "chữa ho",
    "sinensis",
    "tây tạng",
    "lộc đền",
    "cầu được ước thấy",
    "khai quang",
    "đền ngàn năm",
    "nội bàng",
    "ocop 3 sao",
    "ocop 5 sao",
    "của người cao lan",
    "của người sán dìu",
)
#: Most queries of a page that somebody has looked at before.
MOST_QUERIES = 30
KINDS = (
    BasePage,
    BoxChoice,
    BoxItem,
    Category,
    Certificate,
    Lot,
    Order,
    Partner,
    Picture,
    Product,
    ProductImage,
    Revision,
    StockRecord,
    ZoneRate,
    get_model("voucher", "Voucher"),
    get_model("offer", "ConditionalOffer"),
    get_user_model(),
)


@pytest.fixture(scope="module", autouse=True)
def _demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo shop for all tests of this module, taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(with_sizes=False)
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


def _counts() -> dict[str, int]:
    return {kind._meta.label: kind.objects.count() for kind in KINDS}


def _pages() -> list[BasePage]:
    return list(BasePage.objects.live().filter(depth__gt=1).order_by("path"))


def _words(html: str) -> str:
    """What a visitor reads on a page."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(strip_tags(body.replace("<", " <"))).split())


def test_loading_twice_gives_the_same_rows() -> None:
    before = _counts()

    load(with_sizes=False)

    assert _counts() == before
    assert LoadedDemo.objects.count() == 1


def test_what_a_person_edited_stays() -> None:
    story = StoryPage.objects.get(slug="tra-hoa-vang", locale__language_code="vi")
    story.title = "Tên do tôi đặt"
    story.save_revision(user=get_user_model().objects.first()).publish()
    record = StockRecord.objects.get(partner_sku="LN-TRAHOA-20G")
    StockRecord.objects.filter(pk=record.pk).update(num_in_stock=3)

    load(with_sizes=False)

    story.refresh_from_db()
    record.refresh_from_db()
    assert story.title == "Tên do tôi đặt"
    assert record.num_in_stock == 3


@pytest.mark.parametrize(("title", "producer"), ARTICLE.items())
def test_every_product_of_the_article_is_there_with_its_maker(title: str, producer: str) -> None:
    product = Product.objects.get(title=title)

    assert producer in product.producer.name
    assert product.live
    assert product.is_sample
    assert product.english_ready
    assert product.stories.filter(live=True).count() == 2
    assert product.images.exists()


def test_only_golden_camellia_tea_has_stars_until_its_certificate_ends() -> None:
    products = list(Product.objects.filter(parent=None))

    def starred(day: date) -> dict[str, int]:
        return {each.title: each.stars_on(day) for each in products if each.stars_on(day)}

    assert starred(date(2026, 11, 23)) == {"Trà hoa vàng": 4}
    assert starred(date(2028, 3, 18)) == {"Trà hoa vàng": 4}
    assert starred(date(2028, 3, 19)) == {}


def test_stars_fall_from_the_pages_when_the_certificate_ends(client: Client) -> None:
    with time_machine.travel(date(2026, 11, 23)):
        assert "OCOP 4 sao" in _words(client.get("/hop-qua/tet-banh-mat/").content.decode())
    with time_machine.travel(date(2028, 3, 20)):
        for url in ("/", "/hop-qua/tet-banh-mat/", "/cau-chuyen/tra-hoa-vang/"):
            assert "OCOP 4 sao" not in _words(client.get(url).content.decode())


def test_dried_cordyceps_is_not_for_sale_until_its_maker_is_named() -> None:
    record = StockRecord.objects.get(partner_sku="LN-DONGTRUNG-10G")

    assert record.price is None
    assert record.num_in_stock == 0


def test_every_page_answers_with_few_queries(client: Client) -> None:
    pages = _pages()
    assert len(pages) == 2 * (1 + 5 + 9 + 9 + 9 + 6 + 2)
    for page in pages:
        url = page.get_url()
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == 200, url
        assert len(queries) <= MOST_QUERIES, f"{url}: {len(queries)}"


def test_home_costs_ten_queries(client: Client) -> None:
    for url in ("/", "/en/"):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        assert len(queries) <= 10, url  # six, and four for what is in its boxes


def test_a_gift_page_costs_twelve_queries(client: Client) -> None:
    for gift in GiftPage.objects.live():
        url = gift.get_url()
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        assert len(queries) <= 12, url  # eleven where sizes of its pictures were made


def test_a_buyer_who_signed_in_costs_session_and_account_more(client: Client) -> None:
    client.force_login(get_user_model().objects.get(email="nguoimua@phiencho.example"))
    gift = GiftPage.objects.live().first()
    assert gift is not None
    for url, most in (("/", 12), (gift.get_url(), 14)):
        client.get(url, headers={"user-agent": "Mozilla/5.0"})
        with CaptureQueriesContext(connection) as queries:
            client.get(url, headers={"user-agent": "Mozilla/5.0"})
        assert len(queries) <= most, url


def test_no_page_says_what_no_source_carries(client: Client) -> None:
    urls = [page.get_url() for page in _pages()]
    urls += [product.get_absolute_url() for product in Product.objects.filter(parent=None)]
    for url in urls:
        words = _words(client.get(url).content.decode())
        assert [phrase for phrase in NEVER_SAID if phrase in words.lower()] == [], url


def test_no_text_of_a_page_makes_a_forbidden_claim() -> None:
    for page in _pages():
        for text in page.specific.searched_texts():
            assert find_claims(text) == [], (page.slug, text)


def test_sample_data_are_marked(client: Client) -> None:
    gift = _words(client.get("/hop-qua/tet-banh-mat/").content.decode())
    delivery = _words(client.get("/giao-hang/").content.decode())

    assert "Dữ liệu mẫu" in gift
    assert delivery.count("Dữ liệu mẫu") >= 2
    assert not ZoneRate.objects.filter(is_sample=False).exists()
    assert not Lot.objects.filter(is_sample=False).exists()


def test_the_language_switch_lands_on_the_same_page(client: Client) -> None:
    for page in _pages():
        if page.locale.language_code != "vi":
            continue
        english = page.get_translation_or_none(
            HomePage.objects.get(locale__language_code="en").locale
        )
        html = client.get(page.get_url()).content.decode()
        links = re.findall(r'href="([^"]+)" lang="en" hreflang="en"', html)
        assert links, page
        response = client.get(links[0])
        assert response.status_code == 200
        assert english.title in unescape(response.content.decode())


def test_a_page_names_itself_and_its_translation_to_search_engines(client: Client) -> None:
    html = client.get("/cau-chuyen/tra-hoa-vang/").content.decode()

    assert '<link rel="canonical" href="http://127.0.0.1:8000/cau-chuyen/tra-hoa-vang/">' in html
    assert 'hreflang="en" href="http://127.0.0.1:8000/en/cau-chuyen/tra-hoa-vang/"' in html
    assert '<meta name="description" content="Trà hoa vàng mọc hoang' in html
    assert '<meta property="og:image"' in html


def test_boxes_hold_what_their_pages_say(client: Client) -> None:
    for page in GiftPage.objects.filter(locale__language_code="vi"):
        words = _words(client.get(page.get_url()).content.decode())
        assert page.box.live
        assert [item.value["product"] for item in page.contents] == [
            item.product.canonical for item in page.box.box_items.all()
        ]
        assert all(item.product.canonical.title in words for item in page.box.box_items.all())
        assert "Mua hộp quà" in words
        assert "Rượu" not in words


def test_no_box_holds_alcohol_chilled_goods_or_goods_without_a_maker() -> None:
    held = [item.product.canonical for item in BoxItem.objects.select_related("product")]

    assert not [product for product in held if product.abv]
    assert not [product for product in held if product.freight_class == "chilled"]
    assert not [product for product in held if product.slug == "dong-trung-ha-thao-kho"]


def test_every_gift_page_has_its_place_and_its_sources_in_both_languages() -> None:
    pages = list(GiftPage.objects.live())
    assert len(pages) == 12
    for page in pages:
        assert page.place.locale == page.locale
        assert len(page.body) >= 5
        assert len(page.sources) >= 3


def test_boxes_are_packed_and_priced_as_the_content_file_says() -> None:
    boxes = {box.slug: contents_of(box) for box in Product.objects.filter(gift_box__slots=0)}
    assert len(boxes) == 6
    for contents in boxes.values():
        assert contents.price == contents.record.price  # what lists sort by is what boxes cost
        assert contents.trouble is None
        assert contents.left
    assert boxes["sen-da-kham-lang"].before == 514_000
    assert boxes["sen-da-kham-lang"].price == 490_000
    assert boxes["hoa-vang-tay-yen-tu"].gift.tier == Tier.M1


def test_what_may_be_swapped_has_something_to_stand_in() -> None:
    for box in Product.objects.filter(gift_box__slots=0):
        swappable = box.box_items.filter(is_swappable=True).exists()
        assert swappable == box.box_choices.exists(), box.title


def test_buyers_may_fill_boxes_of_three_and_of_five() -> None:
    builders = Product.objects.filter(gift_box__slots__gt=0).order_by("gift_box__slots")

    assert [box.gift_box.slots for box in builders] == [3, 5]
    for box in builders:
        assert contents_of(box).price == box.stockrecords.get().price
        choices = [choice.product for choice in box.box_choices.select_related("product")]
        assert len(choices) == 6
        assert not [product for product in choices if product.is_alcohol or product.is_chilled]


def test_gift_pages_show_a_map_sell_their_box_and_answer_questions() -> None:
    for page in GiftPage.objects.live():
        blocks = {block.block_type: block.value for block in page.body}
        assert {"map", "gift_box", "call_to_action", "questions"} <= set(blocks)
        assert blocks["gift_box"]["box"] == page.box
        assert blocks["call_to_action"]["page"].locale == page.locale
        assert not [each for each in blocks["questions"]["questions"] if "{" in str(each["answer"])]


def test_the_festival_of_2027_is_on_days_that_we_say_we_computed(client: Client) -> None:
    for url, days, computed in (
        ("/su-kien/hoi-suoi-mo-2027/", "5–7/5/2027", "tính từ âm lịch"),
        ("/en/su-kien/hoi-suoi-mo-2027/", "5–7 May 2027", "by our reckoning"),
    ):
        words = _words(client.get(url).content.decode())
        assert days in words
        assert computed in words
        assert "00:00" not in words  # nobody has announced an hour


def test_the_season_of_tet_shows_its_boxes_and_their_prices(client: Client) -> None:
    words = _words(client.get("/mua-qua/tet-2027/").content.decode())

    assert "Tết bánh mật" in words
    assert "479.000" in words
    assert "dữ liệu mẫu" in words
    assert "Rượu đông trùng" not in words


def test_a_legend_is_shown_as_one(client: Client) -> None:
    assert "Truyền thuyết" in _words(client.get("/hop-qua/suoi-mo-dau-ha/").content.decode())
    assert "Legend" in _words(client.get("/en/hop-qua/suoi-mo-dau-ha/").content.decode())


def test_a_box_out_of_the_potato_season_does_not_hold_the_potato() -> None:
    for box in Product.objects.filter(gift_box__slots=0):
        for item in box.box_items.select_related("product"):
            potato = item.product.canonical
            if potato.slug == "khoai-lang-yen-son":
                assert set(box.season_months) <= set(potato.season_months), box.title


def test_an_older_demo_gets_the_boxes_as_they_are_now() -> None:
    box = Product.objects.get(slug="suoi-mo-dau-ha")
    potato = StockRecord.objects.get(partner_sku="LN-KHOAI-1KG").product
    BoxItem.objects.create(box=box, product=potato)
    before = list(Product.objects.get(slug="tet-banh-mat").box_items.values_list("pk", flat=True))

    load(with_sizes=False)

    assert not box.box_items.filter(product=potato).exists()
    assert before == list(
        Product.objects.get(slug="tet-banh-mat").box_items.values_list("pk", flat=True)
    )


def test_the_people_of_the_demo_can_sign_in(client: Client) -> None:
    for person in people.PEOPLE:
        assert client.login(username=person.email, password=people.PASSWORD), person.email
        user = get_user_model().objects.get(email=person.email)
        assert user.is_staff == person.is_staff
        assert not user.is_superuser
        opened = client.get("/quan-ly/nguoi/").status_code == 200
        assert opened == person.is_staff


def test_sample_orders_are_in_every_state_and_the_books_tie_out() -> None:
    sample = Order.objects.filter(placement_key__startswith="demo-")

    assert sample.count() == orders.count()
    assert {"completed", "shipped", "packing", "placed", "pending-payment", "cancelled"} == set(
        sample.values_list("status", flat=True)
    )
    assert all("mẫu" in order.buyer_note for order in sample)
    assert payment_books.what_is_wrong() == []
    assert settlement_books.what_is_wrong() == []


def test_a_sample_review_is_shown_to_nobody_but_moderators(client: Client) -> None:
    assert "Đánh giá mẫu" not in client.get("/san-pham/banh-mat-thanh-lam/").content.decode()


def test_a_real_shop_gets_no_sample_orders(settings: LazySettings) -> None:
    before = Order.objects.count()
    Order.objects.filter(placement_key="demo-mau-10").update(placement_key=None)
    settings.SHOP_MODE = "production"

    orders.load_orders(lambda: None)

    assert Order.objects.count() == before


def test_a_real_shop_refuses_the_demo(settings: LazySettings) -> None:
    settings.SHOP_MODE = "production"

    with pytest.raises(CommandError):
        call_command("load_demo", verbosity=0)


def test_a_real_shop_never_gets_accounts_with_known_passwords(settings: LazySettings) -> None:
    get_user_model().objects.filter(email__endswith="@phiencho.example").delete()
    settings.SHOP_MODE = "production"

    load(with_sizes=False)

    assert not get_user_model().objects.filter(email__endswith="@phiencho.example").exists()


def test_a_current_demo_is_not_loaded_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        "cms.management.commands.load_demo.load", lambda **_: pytest.fail("loaded again")
    )

    call_command("load_demo", "--if-needed", "--print-sign-ins")

    printed = capsys.readouterr().out
    assert all(person.email in printed for person in people.PEOPLE)
    assert people.PASSWORD in printed
