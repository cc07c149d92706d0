"""Every block of a page: what it shows, what it leaves out, and what it costs."""

import json
import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.blocks import StructBlockValidationError

from catalogue.age import AGE_COOKIE, CONFIRMED
from cms.blocks import BodyBlock
from cms.blocks.video import VideoBlock, video_link
from cms.models import StoryPage
from cms.publishing import forbidden_claims
from tests.cms.making import a_body, a_campaign, a_gift_page, a_story, moment
from tests.factories import (
    BAC_LUNG,
    a_certificate,
    a_gift_box,
    a_home,
    a_lot,
    a_picture,
    a_producer,
    a_product,
    a_spirit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home() -> None:
    a_home()


def shown(client: Client, *blocks: tuple[str, Any], query: str = "") -> str:
    """What a story made of these blocks says to a visitor."""
    page = a_story("Chuyện thử", body=a_body(*blocks))
    response = client.get(page.url + query)
    assert response.status_code == 200
    return response.content.decode()


def items(*values: Any) -> list[dict[str, Any]]:
    return [{"type": "item", "value": value, "id": str(n)} for n, value in enumerate(values)]


def data_of(html: str, kind: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [block for block in map(json.loads, found) if block["@type"] == kind]


# --- Words and pictures ---------------------------------------------------------------------------


def test_a_recipe_is_read_by_people_and_by_search_engines(client: Client) -> None:
    longan = a_product("Long nhãn")
    recipe = {
        "name": "Chè long nhãn",
        "portions": 4,
        "minutes": 30,
        "ingredients": items(
            {"text": "100 g long nhãn", "product": longan.pk}, {"text": "1 lít nước"}
        ),
        "steps": items("Rửa long nhãn.", "Đun sôi nước."),
        "source": "bà Lan, thôn Nội Chùa",
    }

    html = shown(client, ("recipe", recipe))

    assert f'<a href="{longan.get_absolute_url()}">100 g long nhãn</a>' in html
    assert "1 lít nước" in html
    assert "Theo bà Lan, thôn Nội Chùa." in html
    (data,) = data_of(html, "Recipe")
    assert data["recipeIngredient"] == ["100 g long nhãn", "1 lít nước"]
    assert data["totalTime"] == "PT30M"
    assert [step["text"] for step in data["recipeInstructions"]] == [
        "Rửa long nhãn.",
        "Đun sôi nước.",
    ]


def test_questions_open_without_a_script_and_are_one_list_for_search_engines(
    client: Client,
) -> None:
    asked = [
        {
            "title": "",
            "questions": items({"question": f"Câu {n}?", "answer": "<p>Đáp <b>a</b></p>"}),
        }
        for n in (1, 2)
    ]

    html = shown(client, *(("questions", each) for each in asked))

    assert html.count("<details") >= 2
    assert "<summary>Câu 1?</summary>" in html
    (data,) = data_of(html, "FAQPage")
    assert [each["name"] for each in data["mainEntity"]] == ["Câu 1?", "Câu 2?"]
    assert data["mainEntity"][0]["acceptedAnswer"]["text"] == "Đáp a"


def test_each_picture_of_a_gallery_has_its_words_and_its_credit(client: Client) -> None:
    pictures = [a_picture(f"Ảnh {n}", credit=f"Người chụp {n}") for n in range(2)]
    gallery = {
        "title": "Phiên chợ",
        "pictures": items(*({"picture": each.pk, "caption": "Sáng sớm"} for each in pictures)),
    }

    html = shown(client, ("gallery", gallery))

    assert html.count("Sáng sớm · Người chụp") == 2


def test_a_sketch_marks_the_communes_and_asks_no_map_service(client: Client) -> None:
    html = shown(client, ("map", {"wards": items(BAC_LUNG), "caption": "Khoai trồng ở đây."}))

    assert "place-map__area is-marked" in html
    assert "Khoai trồng ở đây." in html
    assert "<iframe" not in html


def test_a_commune_outside_the_sketch_is_named(client: Client) -> None:
    html = shown(client, ("map", {"wards": items("00004"), "caption": ""}))

    assert "place-map__area" not in html
    assert re.search(r"<strong>phường [^<]+</strong>", html)


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("https://youtu.be/abcdefghijk?si=track", "https://www.youtube.com/watch?v=abcdefghijk"),
        (
            "https://www.youtube.com/watch?v=abcdefghijk&t=9",
            "https://www.youtube.com/watch?v=abcdefghijk",
        ),
        (
            "https://m.youtube.com/shorts/abcdefghijk",
            "https://www.youtube.com/watch?v=abcdefghijk",
        ),
        ("https://vimeo.com/12345", "https://vimeo.com/12345?dnt=1"),
        ("https://www.youtube.com/watch?v=../../x", None),
        ("https://youtube.com.evil.example/watch?v=abcdefghijk", None),
        ("https://youtu.be/", None),
        ("https://tiktok.com/abcdefghijk", None),
        ("javascript:alert(1)", None),
    ],
)
def test_only_videos_of_known_sites_are_led_to(address: str, leads_to: str | None) -> None:
    link = video_link(address)
    assert (link.url if link else None) == leads_to


def test_a_video_of_another_site_is_our_still_and_a_link(client: Client) -> None:
    still = a_picture("Lò sấy", credit="HTX Lục Sơn")
    video = {"title": "Một ngày", "still": still.pk, "url": "https://youtu.be/abcdefghijk"}

    html = shown(client, ("video", video))

    assert 'href="https://www.youtube.com/watch?v=abcdefghijk" rel="noopener noreferrer"' in html
    assert "<iframe" not in html
    assert "ytimg" not in html


def test_a_video_needs_a_file_or_an_address_that_is_known() -> None:
    block = VideoBlock()
    still = a_picture()
    for url in ("", "https://tiktok.com/x"):
        with pytest.raises(StructBlockValidationError):
            block.clean(block.to_python({"title": "Một ngày", "still": still.pk, "url": url}))


# --- Goods ----------------------------------------------------------------------------------------


def test_a_box_shows_its_contents_price_and_stock_and_is_bought_from_the_page(
    client: Client,
) -> None:
    longan, tea = a_product("Long nhãn"), a_product("Trà hoa vàng")
    box = a_gift_box("Hộp Tết", of={longan: 1, tea: 2})
    page = a_story("Chuyện Tết", body=a_body(("gift_box", {"box": box.pk, "note": ""})))

    html = client.get(f"{page.url}?c=tet-2027").content.decode()

    assert "Long nhãn" in html
    assert "Trà hoa vàng" in html
    assert f'<input type="hidden" name="from_page" value="{page.pk}">' in html
    assert '<input type="hidden" name="from_campaign" value="tet-2027">' in html
    added = client.post(
        reverse("basket:add", args=[box.pk]), {"quantity": "1", "from_page": str(page.pk)}
    )
    assert added.status_code == 302


@pytest.mark.parametrize("campaign", ['"><script>', "a b", "x" * 61, ""])
def test_a_campaign_that_is_no_name_is_not_passed_on(client: Client, campaign: str) -> None:
    box = a_gift_box(of={a_product(): 1})
    page = a_gift_page(box=box)

    html = client.get(page.url, {"c": campaign}).content.decode()

    assert "from_page" in html
    assert "from_campaign" not in html


def test_a_box_that_is_sold_out_is_not_offered(client: Client) -> None:
    box = a_gift_box("Hộp Tết", of={a_product("Long nhãn", stock=0): 1})

    html = shown(client, ("gift_box", {"box": box.pk, "note": ""}))

    assert "Hộp Tết" in html
    assert "Hết hàng" in html
    assert "Mua hộp quà" not in html


def test_a_box_to_be_filled_leads_to_its_builder_and_is_never_sold_empty(client: Client) -> None:
    tea = a_product("Trà hoa vàng")
    box = a_gift_box("Hộp ba ngăn", of={}, choices=[tea], gift={"slots": 3})

    html = shown(
        client,
        ("builder", {"box": box.pk, "text": "Xếp hộp của bạn."}),
        ("gift_box", {"box": box.pk, "note": ""}),
    )

    assert html.count(f'href="/hop-qua-tu-chon/{box.slug}/"') == 2
    assert "3 ngăn, mỗi ngăn một món tùy bạn." in html
    assert reverse("basket:add", args=[box.pk]) not in html


def test_a_sealed_box_is_no_box_to_fill(client: Client) -> None:
    sealed = a_gift_box("Hộp kín", of={a_product("Trà"): 1})
    assert "Hộp kín" not in shown(client, ("builder", {"box": sealed.pk, "text": ""}))


def test_a_dossier_shows_stars_only_while_they_are_valid(client: Client) -> None:
    tea = a_product("Trà hoa vàng")
    a_certificate(tea, stars=4, decided_on=date(2026, 3, 1), decision_number="123/QĐ-UBND")
    page = a_story(body=a_body(("certificate", {"product": tea.pk})))

    with time_machine.travel(moment(2026, 11, 1)):
        html = client.get(page.url).content.decode()
        assert "OCOP 4 sao, còn hiệu lực" in html
        assert "123/QĐ-UBND" in html
    with time_machine.travel(moment(2029, 11, 1)):
        html = client.get(page.url).content.decode()
        assert "Chứng nhận OCOP đã hết hiệu lực" in html
        assert "4 sao" not in html.split("<article")[1].split("certificate__facts")[0]


def test_a_maker_is_shown_while_it_has_a_page(client: Client) -> None:
    maker = a_producer("HTX Trường Sơn")
    page = a_story(body=a_body(("maker", {"maker": maker.pk, "note": "Hái hoa buổi sớm."})))
    assert "Hái hoa buổi sớm." in client.get(page.url).content.decode()

    maker.is_public = False
    maker.save()

    html = client.get(page.url).content.decode()
    assert "HTX Trường Sơn" not in html
    assert "Hái hoa buổi sớm." not in html


def test_a_lot_shows_its_state_of_today_or_asks_for_a_code(client: Client) -> None:
    lot = a_lot(a_product("Trà hoa vàng"), "TR-2611-01", best_before=date(2027, 1, 1))
    wine = a_lot(a_spirit("Rượu nếp"), "RU-2611-01")
    page = a_story(
        body=a_body(
            *(("lot_trace", {"text": "", "code": each}) for each in ("tr-2611-01", wine.code)),
            ("lot_trace", {"text": "Nhập mã trên tem.", "code": ""}),
        )
    )

    with time_machine.travel(moment(2026, 12, 1)):
        html = client.get(page.url).content.decode()
        assert "Lô còn hạn dùng" in html
        assert lot.get_absolute_url() in html
        assert "Rượu" not in html
        assert "Nhập mã trên tem." in html
        assert 'action="/truy-xuat/"' in html
    with time_machine.travel(moment(2027, 2, 1)):
        assert "Lô đã quá hạn dùng" in client.get(page.url).content.decode()


GOODS = ("product_card", "gift_box", "builder", "certificate")


@pytest.mark.parametrize("kind", GOODS)
@pytest.mark.parametrize("gone", ["deleted", "hidden", "alcohol"])
def test_what_may_not_be_sold_leaves_no_trace(client: Client, kind: str, gone: str) -> None:
    product = a_spirit("Món lạ") if gone == "alcohol" else a_product("Món lạ")
    a_certificate(product)
    field = "box" if kind in ("gift_box", "builder") else "product"
    page = a_story(body=a_body((kind, {field: product.pk})))
    if gone == "deleted":
        product.certificates.all().delete()
        product.stockrecords.all().delete()
        product.delete()
    if gone == "hidden":
        product.live = False
        product.save()
    client.cookies[AGE_COOKIE] = CONFIRMED

    html = client.get(page.url).content.decode()

    assert "Món lạ" not in html
    assert "không còn bán" not in html


def queries_of(client: Client, page: StoryPage) -> int:
    client.get(page.url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page.url).status_code == 200
    return len(queries)


def a_row_of(most: int) -> tuple[str, Any]:
    value = {"title": "Mới", "rule": "new", "group": "", "place": None, "limit": most}
    return "product_row", value


def a_card_of(product: Any) -> tuple[str, Any]:
    return "product_card", {"product": product.pk, "note": ""}


def test_twelve_product_blocks_cost_twelve_queries_however_many_products(client: Client) -> None:
    def a_page_of(most: int, title: str) -> StoryPage:
        cards = [a_card_of(a_product(f"{title} {number}")) for number in range(6)]
        return a_story(title, body=a_body(*cards, *(a_row_of(most) for _ in range(6))))

    few, many = a_page_of(1, "Ít"), a_page_of(12, "Nhiều")

    assert queries_of(client, few) == queries_of(client, many) <= 12


def test_boxes_and_dossiers_add_a_fixed_number_of_queries(client: Client) -> None:
    def a_page_of(count: int, title: str) -> StoryPage:
        blocks: list[tuple[str, Any]] = []
        for number in range(count):
            starred = a_product(f"{title} c{number}")
            a_certificate(starred)
            box = a_gift_box(f"{title} h{number}", of={a_product(): 1})
            blocks += [
                a_card_of(starred),
                ("gift_box", {"box": box.pk, "note": ""}),
                ("certificate", {"product": starred.pk}),
            ]
        return a_story(title, body=a_body(*blocks))

    few, many = a_page_of(1, "Ít"), a_page_of(4, "Nhiều")

    assert queries_of(client, few) == queries_of(client, many) <= 20


def test_the_other_blocks_cost_the_same_however_many(client: Client) -> None:
    def a_page_of(count: int, title: str) -> StoryPage:
        blocks: list[tuple[str, Any]] = []
        for number in range(count):
            product = a_product(f"{title} {number}")
            lot = a_lot(product, f"{title}-{number}".upper().replace("Í", "I").replace("Ề", "E"))
            gift = a_gift_page(f"Quà {title} {number}", box=product)
            blocks += [
                ("maker", {"maker": a_producer(f"HTX {title} {number}").pk, "note": ""}),
                ("lot_trace", {"text": "", "code": lot.code}),
                ("gift_page", {"page": gift.pk}),
                ("map", {"wards": items(BAC_LUNG), "caption": ""}),
                ("picture", {"picture": a_picture().pk, "caption": ""}),
            ]
        return a_story(title, body=a_body(*blocks))

    few, many = a_page_of(1, "Ít"), a_page_of(4, "Nhiều")

    assert queries_of(client, few) == queries_of(client, many)


# --- Before publishing ----------------------------------------------------------------------------

CLAIM = "Uống vào là chữa bệnh mất ngủ."


@pytest.mark.parametrize(
    "block",
    [
        ("lead", CLAIM),
        ("questions", {"title": "", "questions": items({"question": "?", "answer": CLAIM})}),
        ("recipe", {"name": "Chè", "ingredients": [], "steps": items(CLAIM)}),
        ("video", {"title": CLAIM, "still": None, "url": ""}),
        ("map", {"wards": [], "caption": CLAIM}),
        ("maker", {"maker": None, "note": CLAIM}),
        ("gift_box", {"box": None, "note": CLAIM}),
        ("lot_trace", {"text": CLAIM, "code": ""}),
        ("gallery", {"title": "", "pictures": items({"picture": None, "caption": CLAIM})}),
    ],
)
def test_a_claim_in_any_block_is_refused(block: tuple[str, Any]) -> None:
    page = StoryPage(title="Chuyện", body=a_body(block))

    assert any("chữa bệnh" in sentence for sentence in forbidden_claims(page))


def test_a_claim_in_a_season_is_refused() -> None:
    with pytest.raises(ValidationError, match="chữa bệnh"):
        a_campaign(feast=CLAIM)


def test_every_block_has_a_face_in_the_picker(client: Client) -> None:
    a_picture()
    a_gift_box("Hộp mẫu", of={a_product("Long nhãn"): 1})
    body = BodyBlock()
    for name, block in body.child_blocks.items():
        assert block.is_previewable, name
        value = block.get_preview_value()
        assert block.render(value, {"request": None}) is not None, name
