"""What whoever edits a page is told: goods that are gone, words without a source, previews."""

import json
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageLogEntry

from cms.editing import ContentChecker
from cms.missing import in_stock_like, missing_goods
from cms.promoter_sections import ensure_promoter_section
from cms.scheduled import follow_schedule
from cms.setting_up import set_up_shop
from tests.cms.making import a_body, a_page, a_section, a_story, an_event, cards_of, sources_of
from tests.factories import (
    a_category,
    a_certificate,
    a_gift_box,
    a_home,
    a_producer,
    a_product,
    a_shop,
    a_spirit,
    a_user,
    in_group,
    signed_in,
)

pytestmark = pytest.mark.django_db

#: How the preview marks a place; the bare names stand in the checker's own rules too.
GONE = 'class="editor-note" data-goods-gone'
NO_SOURCE = 'class="editor-note" data-no-source'


@pytest.fixture(autouse=True)
def _home() -> None:
    a_home()


def told(page: Any) -> dict[str, tuple[str, list[str]]]:
    """What the editor is told: thing, why, what could stand instead."""
    return {
        each.title: (each.why, [card.title for card in each.instead])
        for each in missing_goods(page)
    }


# --- Goods that are gone --------------------------------------------------------------------------


def test_goods_that_can_be_bought_are_no_reason_to_warn() -> None:
    assert told(a_story(body=cards_of(a_product()))) == {}


def test_a_sold_out_product_comes_with_three_of_its_group_in_stock() -> None:
    honey = a_category()
    tea = a_category("Trà", number=7)
    gone = a_product("Mật hết", stock=0, category=honey)
    for number in range(4):
        a_product(f"Mật {number}", category=honey)
    a_product("Mật khác đã hết", stock=0, category=honey)
    a_product("Trà", category=tea, origin_id=None, former_origin=None)

    why, instead = told(a_story(body=cards_of(gone)))["Mật hết"]

    assert why == "Hết hàng."
    assert instead == ["Mật 0", "Mật 1", "Mật 2"]


def test_what_stands_on_the_page_already_is_not_offered_again() -> None:
    gone, other = a_product("Mật hết", stock=0), a_product("Mật khác")
    page = a_story(body=cards_of(gone, other))

    assert told(page)["Mật hết"][1] == []
    assert [card.title for card in in_stock_like(gone)] == ["Mật khác"]


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: a_product("Món", live=False), "Không còn bày bán"),
        (lambda: a_product("Món", price=None), "Chưa có giá bán."),
        (lambda: a_spirit("Món"), "Có cồn"),
    ],
)
def test_each_reason_is_named(make: Any, why: str) -> None:
    assert told(a_story(body=cards_of(make())))["Món"][0].startswith(why)


def test_a_box_is_replaced_by_a_box() -> None:
    gone = a_gift_box("Hộp hết", of={a_product("Khoai", stock=0): 1})
    a_gift_box("Hộp còn", of={a_product("Trà"): 1})
    page = a_story(body=a_body(("gift_box", {"box": gone.pk, "note": ""})))

    assert told(page)["Hộp hết"] == ("Hết hàng.", ["Hộp còn"])


def test_a_deleted_product_and_an_ended_dossier_are_told() -> None:
    deleted, plain = a_product("Đã xóa"), a_product("Không sao")
    starred = a_product("Bốn sao")
    a_certificate(starred)
    page = a_story(
        body=a_body(
            ("product_card", {"product": deleted.pk, "note": ""}),
            *(("certificate", {"product": each.pk}) for each in (plain, starred)),
        )
    )
    deleted.stockrecords.all().delete()
    deleted.delete()

    page = type(page).objects.get(pk=page.pk)
    assert set(told(page)) == {"Không sao", "1 khối không còn sản phẩm"}
    assert told(page)["Không sao"][0] == "Không có chứng nhận OCOP còn hiệu lực."


def test_the_editor_sees_the_warning_and_the_visitor_does_not(client: Client) -> None:
    a_shop()
    section = a_section()
    promoter = in_group(a_user(), ensure_promoter_section(section).group.name)
    gone = a_product("Mật hết", stock=0)
    a_product("Mật khác")
    page = an_event(under=section, body=cards_of(gone), lead="Phiên chợ.")

    edit = signed_in(promoter).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    html = unescape(edit.content.decode())
    assert "<strong>Mật hết</strong>: Hết hàng." in html
    assert "Mật khác" in html
    assert "chưa ghi nguồn" in html
    assert "có thể thay" not in client.get(page.url).content.decode()


# --- Sources and checks ---------------------------------------------------------------------------


def test_words_without_a_source_are_marked_in_the_preview_only(client: Client) -> None:
    bare, sourced, empty = (
        a_story("Không nguồn", body=a_body(("lead", "Tương truyền…"))),
        a_story("Có nguồn", body=a_body(("lead", "Tương truyền…")), sources=sources_of("Báo")),
        a_story("Trống"),
    )

    assert [page.lacks_sources for page in (bare, sourced, empty)] == [True, False, False]
    assert "data-no-source" not in client.get(bare.url).content.decode()
    assert NO_SOURCE in preview_of(bare)
    assert NO_SOURCE not in preview_of(sourced)


def test_a_block_whose_product_is_gone_says_so_in_the_preview_only(client: Client) -> None:
    hidden = a_product("Món ẩn", live=False)
    page = a_story(body=cards_of(hidden))

    assert GONE in preview_of(page)
    assert "Món ẩn" not in preview_of(page)
    assert "data-goods-gone" not in client.get(page.url).content.decode()


def preview_of(page: Any) -> str:
    """The page as the editor's preview shows it."""
    set_up_shop()
    moderator = signed_in(in_group(a_user(), "Moderators"))
    url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    response = moderator.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_wagtails_checker_runs_in_the_preview_with_our_two_rules() -> None:
    html = preview_of(a_story())

    assert "wagtail-userbar" in html
    configuration = ContentChecker().get_axe_configuration(None)
    assert {"goods-gone", "no-source", "alt-text-quality"} <= set(
        configuration["options"]["runOnly"]
    )
    rules = {rule["id"]: rule for rule in configuration["spec"]["rules"]}
    checks = {check["id"] for check in configuration["spec"]["checks"]}
    for name in ("goods-gone", "no-source"):
        assert set(rules[name]["any"]) <= checks
        assert f"[data-{name}]" == rules[name]["selector"]
        assert name in configuration["messages"]
    assert json.dumps(configuration["spec"])


def test_visitors_get_no_editors_bar(client: Client) -> None:
    assert "wagtail-userbar" not in client.get(a_story().url).content.decode()


def test_pages_are_previewed_on_a_phone_and_on_a_desk() -> None:
    widths = [size["device_width"] for size in a_story().preview_sizes]
    assert min(widths) <= 400
    assert max(widths) >= 1200


def test_changed_blocks_are_compared() -> None:
    page = a_story(body=cards_of(a_product("Mật")))
    first = page.latest_revision
    page.body = a_body(("lead", "Lời mới"), ("product_card", {"product": None, "note": "Ghi chú"}))
    second = page.save_revision()
    a_shop()
    moderator = signed_in(in_group(a_user(), "Moderators"))

    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    html = moderator.get(url).content.decode()

    assert "Lời mới" in html
    assert "Ghi chú" in html


# --- The schedule ---------------------------------------------------------------------------------


def test_pages_go_live_and_end_at_their_hour() -> None:
    now = timezone.now()
    ends, stays = a_story("Hết hạn"), a_story("Còn hạn")
    for page, end in ((ends, now - timedelta(hours=1)), (stays, now + timedelta(hours=1))):
        page.expire_at = end
        page.save()
    comes = a_page(type(ends), ends.get_parent(), "Sắp đăng", live=False)
    revision = comes.save_revision(approved_go_live_at=now - timedelta(minutes=1))

    assert follow_schedule() == 2
    assert follow_schedule() == 0

    for page in (ends, stays, comes):
        page.refresh_from_db()
    assert (ends.live, ends.expired, stays.live, comes.live) == (False, True, True, True)
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    assert PageLogEntry.objects.filter(action="wagtail.unpublish.scheduled").count() == 1


def test_a_page_with_a_claim_keeps_no_other_page_waiting() -> None:
    due = timezone.now() - timedelta(minutes=1)
    parent = a_story().get_parent()
    pages = [
        a_page(type(a_story(f"Khác {n}")), parent, title, live=False, lead=lead)
        for n, (title, lead) in enumerate([("Xấu", "Chữa bệnh mất ngủ."), ("Tốt", "")])
    ]
    for page in pages:
        page.save_revision(approved_go_live_at=due)

    assert follow_schedule() == 1

    for page in pages:
        page.refresh_from_db()
    assert [page.live for page in pages] == [False, True]


def test_the_worker_follows_the_schedule() -> None:
    from django.conf import settings

    assert "cms.scheduled.follow_schedule" in settings.WORKER_JOBS


# --- Choosers -------------------------------------------------------------------------------------


def test_a_promoter_finds_products_and_boxes_by_words_in_any_order() -> None:
    a_shop()
    a_product("Mật ong bạc hà", price=150_000)
    a_gift_box("Hộp Tết bánh mật", of={a_product("Bánh", price=50_000): 1}, price=389_000)
    a_spirit("Rượu mật")
    client = signed_in(in_group(a_user(), ensure_promoter_section(a_section()).group.name))

    def rows(words: str) -> str:
        url = "/cms/snippets/choose/catalogue/product/"
        return unescape(client.get(url, {"q": words}, follow=True).json()["html"])

    assert "Mật ong bạc hà" in rows("ha bac mat ong")
    assert "150.000" in rows("mat ong")
    assert "Còn nhiều" in rows("mat ong")
    assert "Hộp Tết bánh mật" in rows("hộp tết")
    assert "389.000" in rows("hop tet")
    assert "Rượu mật" not in rows("mat")


def test_a_promoter_chooses_producers_and_places() -> None:
    a_shop()
    a_producer("HTX Trường Sơn")
    a_producer("Tổ ẩn danh", is_public=False)
    client = signed_in(in_group(a_user(), ensure_promoter_section(a_section()).group.name))

    makers = client.get("/cms/maker_chooser/", {"q": "truong son"}).json()["html"]
    assert "HTX Trường Sơn" in makers
    assert "Tổ ẩn danh" not in client.get("/cms/maker_chooser/").json()["html"]
    for url in ("/cms/ward_chooser/", "/cms/former_commune_chooser/"):
        assert client.get(url, {"q": "bac lung"}).status_code == 200


def test_goods_in_place_of_one_are_read_like_every_list_of_goods(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    gone = a_product("Mật hết", stock=0)
    for number in range(4):
        a_product(f"Mật {number}")
    page = a_story(body=cards_of(gone))
    told(page)
    with django_assert_num_queries(5):  # chosen, its card and groups, others and their cards
        assert told(page)["Mật hết"][1] == ["Mật 0", "Mật 1", "Mật 2"]
