"""The promoters' office: one's own campaigns, codes, papers and numbers, and nobody else's."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries
from wagtail.models import GroupPagePermission

from cms.models import GiftIndexPage, StoryIndexPage
from cms.promoter_sections import ensure_promoter_section
from cms.roles import MODERATORS, PROMOTERS
from cms.setting_up import set_up_shop
from shop.promotion.models import Campaign, Lookbook, PageDay, PromoCode
from shop.staff import STAFF
from shop.users.models import User
from tests.cms.making import a_gift_page, a_section, a_story, cards_of
from tests.factories import (
    a_buyer,
    a_certificate,
    a_gift_box,
    a_producer,
    a_product,
    a_spirit,
    a_staff_member,
    a_user,
    in_group,
    signed_in,
)
from tests.shop.promotion.making import a_campaign, a_code, a_live_code

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shop() -> None:
    set_up_shop()


def a_section_group(name: str) -> Group:
    """Promoters of one commune: the rights of all promoters, and a group of their own."""
    group, _made = Group.objects.get_or_create(name=name)
    return group


def a_promoter(section: str = "") -> User:
    user = in_group(a_user(), PROMOTERS)
    if section:
        user.groups.add(a_section_group(section))
    return user


def pages_of_campaign(campaign: Campaign, book: Lookbook, code: PromoCode) -> list[tuple[str, str]]:
    """Every address that belongs to one campaign, with how it is asked."""
    key = [campaign.pk]
    return [
        ("get", reverse("promoting-campaign", args=key)),
        ("post", reverse("promoting-campaign", args=key)),
        ("get", reverse("promoting-edit", args=key)),
        ("post", reverse("promoting-edit", args=key)),
        ("get", reverse("promoting-campaign-file", args=key)),
        ("get", reverse("promoting-sheet", args=[campaign.pk, "ap-phich-a4"])),
        ("get", reverse("promoting-new-book", args=key)),
        ("post", reverse("promoting-new-book", args=key)),
        ("get", reverse("promoting-lookbook", args=[campaign.pk, book.pk])),
        ("post", reverse("promoting-lookbook", args=[campaign.pk, book.pk])),
        ("get", reverse("promoting-lookbook-file", args=[campaign.pk, book.pk])),
        ("post", reverse("promoting-stop", args=[code.pk])),
    ]


def theirs() -> tuple[Campaign, Lookbook, PromoCode]:
    """A campaign of Lục Sơn's promoters with a page, a gift catalogue and a live code."""
    box = a_gift_box(of={a_product(): 1})
    group = a_section_group("Lục Sơn")
    campaign = a_campaign("Chợ Tết", group=group, page=a_gift_page(box=box), owner=a_promoter())
    book = Lookbook.objects.create(campaign=campaign, title="Quà quê", boxes=[box.pk])
    return campaign, book, a_live_code("LUCSON", campaign=campaign)


# --- Who ----------------------------------------------------------------------------------------


def test_a_promoter_of_another_group_finds_nothing_of_ours() -> None:
    campaign, book, code = theirs()
    neighbour = signed_in(a_promoter("Yên Sơn"))
    before = (Campaign.objects.values().get(), Lookbook.objects.values().get())
    for method, url in pages_of_campaign(campaign, book, code):
        assert getattr(neighbour, method)(url, {"name": "x"}).status_code == 404, url
    assert "Chợ Tết" not in neighbour.get(reverse("promoting")).content.decode()
    assert (Campaign.objects.values().get(), Lookbook.objects.values().get()) == before
    code.voucher.refresh_from_db()
    assert code.voucher.end_datetime > timezone.now()


@pytest.mark.parametrize("who", ["visitor", "buyer", "producer", "staff without rights"])
def test_nobody_from_outside_opens_the_office(who: str) -> None:
    campaign, book, code = theirs()
    client = Client()
    if who != "visitor":
        user = {"buyer": a_buyer, "producer": a_user, "staff without rights": a_staff_member}[who]()
        if who == "producer":
            a_producer(members=[user])
        client = signed_in(user)
    page = campaign.page
    assert page is not None
    lists = [
        ("get", reverse(name))
        for name in ("promoting", "promoting-new", "promoting-queue", "promoting-pages")
    ]
    own = [
        ("get", reverse("promoting-page", args=[page.pk])),
        ("get", reverse("promoting-page-file", args=[page.pk])),
        ("post", reverse("promoting-decide", args=[code.pk])),
    ]
    for method, url in [*pages_of_campaign(campaign, book, code), *lists, *own]:
        assert getattr(client, method)(url).status_code in (302, 403), url
    assert Campaign.objects.count() == 1 and PromoCode.objects.count() == 1


def test_a_promoter_of_the_same_group_works_with_it() -> None:
    campaign, book, code = theirs()
    colleague = signed_in(a_promoter("Lục Sơn"))
    for method, url in pages_of_campaign(campaign, book, code):
        if method == "get":
            assert colleague.get(url).status_code == 200, url
    assert "Chợ Tết" in colleague.get(reverse("promoting")).content.decode()


def test_a_moderator_sees_every_groups() -> None:
    campaign, book, code = theirs()
    moderator = signed_in(in_group(a_user(), MODERATORS))
    for method, url in pages_of_campaign(campaign, book, code):
        if method == "get":
            assert moderator.get(url).status_code == 200, url


def test_the_menu_leads_promoters_there() -> None:
    assert "/cms/quang-ba/" in signed_in(a_promoter()).get("/cms/").content.decode()


# --- Campaigns ----------------------------------------------------------------------------------


def campaign_form(**changes: Any) -> dict[str, Any]:
    page = changes.pop("page", None) or a_gift_page()
    fields = {
        "name": "Rằm tháng Giêng",
        "page": str(getattr(page, "pk", page)),
        "starts_on": "2026-12-01",
        "ends_on": "2027-02-20",
        "note": "Treo ở bến xe",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def test_a_promoter_makes_a_campaign_of_their_own_section() -> None:
    promoter = a_promoter("Lục Sơn")
    group = a_section_group("Lục Sơn")
    response = signed_in(promoter).post(reverse("promoting-new"), campaign_form(group=group.pk))
    campaign = Campaign.objects.get()
    assert response.status_code == 302
    assert (campaign.owner, campaign.group, campaign.slug) == (promoter, group, "ram-thang-gieng")


def test_nobody_makes_a_campaign_for_another_group() -> None:
    other = a_section_group("Yên Sơn")
    client = signed_in(a_promoter("Lục Sơn"))
    everybody = Group.objects.get(name=PROMOTERS)
    for group in (other, everybody):
        response = client.post(reverse("promoting-new"), campaign_form(group=group.pk))
        assert response.status_code == 422
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "w-field__errors"),
        ({"ends_on": "2026-11-01"}, "Ngày cuối phải sau ngày đầu"),
        ({"page": "no-number"}, "w-field__errors"),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(changes: dict[str, str], words: str) -> None:
    group = a_section_group("Lục Sơn")
    form = campaign_form(group=group.pk, **changes)
    response = signed_in(a_promoter("Lục Sơn")).post(reverse("promoting-new"), form)
    shown = response.content.decode()
    assert response.status_code == 422
    assert words in shown and "Treo ở bến xe" in shown


def test_a_page_about_strong_drink_is_not_promoted() -> None:
    group = a_section_group("Lục Sơn")
    story = a_story("Chuyện rượu", product=a_spirit())
    form = campaign_form(group=group.pk, page=story)
    response = signed_in(a_promoter("Lục Sơn")).post(reverse("promoting-new"), form)
    assert "không được quảng bá" in response.content.decode()
    campaign = a_campaign(group=group, page=story)
    client = signed_in(a_promoter("Lục Sơn"))
    url = reverse("promoting-sheet", args=[campaign.pk, "ap-phich-a4"])
    assert client.get(url).status_code == 404


def test_the_link_stays_when_the_name_changes() -> None:
    campaign, _book, _code = theirs()
    form = campaign_form(name="Tên khác", group=campaign.group_id, page=campaign.page)
    client = signed_in(a_promoter("Lục Sơn"))
    client.post(reverse("promoting-edit", args=[campaign.pk]), form)
    campaign.refresh_from_db()
    assert (campaign.name, campaign.slug) == ("Tên khác", "cho-tet")


# --- Codes --------------------------------------------------------------------------------------


def code_form(**changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "code": "tetque27",
        "kind": "percent",
        "value": "10",
        "most_off": "50000",
        "least_basket": "0",
        "most_uses": "100",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=20)).isoformat(),
        **changes,
    }


def test_a_promoter_proposes_and_a_moderator_approves() -> None:
    campaign, _book, _code = theirs()
    promoter = a_promoter("Lục Sơn")
    url = reverse("promoting-campaign", args=[campaign.pk])
    assert signed_in(promoter).post(url, code_form()).status_code == 302
    code = PromoCode.objects.get(code="TETQUE27")
    assert (code.state, code.proposed_by, code.voucher) == ("proposed", promoter, None)

    moderator = in_group(a_user(), MODERATORS)
    client = signed_in(moderator)
    assert "TETQUE27" in client.get(reverse("promoting-queue")).content.decode()
    client.post(reverse("promoting-decide", args=[code.pk]), {"do": "approve"})
    code.refresh_from_db()
    assert (code.state, code.decided_by) == ("approved", moderator)
    assert code.voucher is not None


def test_a_refusal_needs_its_reason_and_the_promoter_reads_it() -> None:
    campaign, _book, _code = theirs()
    code = a_code("TETQUE27", campaign=campaign)
    client = signed_in(in_group(a_user(), MODERATORS))
    url = reverse("promoting-decide", args=[code.pk])
    assert client.post(url, {"do": "refuse"}).status_code == 422
    client.post(url, {"do": "refuse", f"m{code.pk}-reason": "Giảm nhiều quá"})
    shown = signed_in(a_promoter("Lục Sơn")).get(reverse("promoting-campaign", args=[campaign.pk]))
    assert "Giảm nhiều quá" in shown.content.decode()


def test_promoters_do_not_decide_about_their_own_codes() -> None:
    campaign, _book, _code = theirs()
    code = a_code("TETQUE27", campaign=campaign)
    client = signed_in(a_promoter("Lục Sơn"))
    assert client.get(reverse("promoting-queue")).status_code in (302, 403)
    answer = client.post(reverse("promoting-decide", args=[code.pk]), {"do": "approve"})
    assert answer.status_code in (302, 403)
    code.refresh_from_db()
    assert code.state == "proposed"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "a b"}, "viết liền"),
        ({"code": "LUCSON"}, "đã có ở cửa hàng"),
        ({"value": "51"}, "không quá 50"),
        ({"value": "0"}, "1"),
        ({"kind": "amount", "value": "20000"}, "Chỉ điền cho mã phần trăm"),
        ({"ends_on": "2020-01-01"}, "đã qua"),
        ({"starts_on": "2099-01-01"}, "Ngày cuối phải sau ngày đầu"),
    ],
)
def test_a_code_that_cannot_be_says_why(changes: dict[str, str], words: str) -> None:
    campaign, _book, _code = theirs()
    client = signed_in(a_promoter("Lục Sơn"))
    response = client.post(reverse("promoting-campaign", args=[campaign.pk]), code_form(**changes))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert PromoCode.objects.count() == 1


def test_a_promoter_stops_a_code_of_the_group() -> None:
    _campaign, _book, code = theirs()
    signed_in(a_promoter("Lục Sơn")).post(reverse("promoting-stop", args=[code.pk]))
    code.refresh_from_db()
    assert code.is_over


def test_staff_with_the_right_decide_in_their_own_office() -> None:
    code, other = a_code("TETQUE27"), a_code("TETQUE28")
    staff = in_group(a_staff_member(), STAFF)
    client = signed_in(staff)
    assert "TETQUE27" in client.get("/quan-ly/ma-quang-ba/").content.decode()
    client.post(f"/quan-ly/ma-quang-ba/{code.pk}/duyet/")
    assert client.post(f"/quan-ly/ma-quang-ba/{other.pk}/khong-duyet/").status_code == 422
    words = {f"m{other.pk}-reason": "Trùng đợt khác"}
    client.post(f"/quan-ly/ma-quang-ba/{other.pk}/khong-duyet/", words)
    code.refresh_from_db()
    other.refresh_from_db()
    assert (code.state, other.state, other.reason) == ("approved", "refused", "Trùng đợt khác")


@pytest.mark.parametrize("who", ["visitor", "buyer", "promoter", "moderator", "staff"])
def test_the_staffs_page_is_for_staff_with_the_right(who: str) -> None:
    code = a_code("TETQUE27")
    people = {
        "buyer": a_buyer,
        "promoter": a_promoter,
        "moderator": lambda: in_group(a_user(), MODERATORS),
        "staff": a_staff_member,
    }
    client = signed_in(people[who]()) if who in people else Client()
    for method, url in (
        ("get", "/quan-ly/ma-quang-ba/"),
        ("post", f"/quan-ly/ma-quang-ba/{code.pk}/duyet/"),
        ("post", f"/quan-ly/ma-quang-ba/{code.pk}/khong-duyet/"),
    ):
        assert getattr(client, method)(url).status_code in (302, 403)
    code.refresh_from_db()
    assert code.state == "proposed"


# --- Papers -------------------------------------------------------------------------------------


def words_of(response: Any) -> str:
    return " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(BytesIO(response.content)).pages
    )


def test_a_poster_says_what_the_page_says_or_what_was_asked() -> None:
    campaign, _book, _code = theirs()
    client = signed_in(a_promoter("Lục Sơn"))
    url = reverse("promoting-sheet", args=[campaign.pk, "ap-phich-a4"])
    response = client.get(url)
    assert response["Content-Type"] == "application/pdf"
    assert "HỘP QUÀ TẾT" in words_of(response) and "/di/cho-tet" in words_of(response)
    assert "MỜI GHÉ CHỢ" in words_of(client.get(url, {"title": "Mời ghé chợ", "line": "Cổng B"}))
    assert client.get(url, {"title": "x" * 90}).status_code == 302
    unknown = reverse("promoting-sheet", args=[campaign.pk, "khong-co"])
    assert client.get(unknown).status_code == 404


def test_the_catalogue_holds_the_boxes_in_the_order_that_was_asked() -> None:
    campaign, _book, _code = theirs()
    tea = a_product("Trà hoa vàng")
    a_certificate(tea, stars=4)
    spring = a_gift_box("Hộp Xuân", of={tea: 2})
    autumn = a_gift_box("Hộp Thu", of={a_product("Bánh"): 1})
    client = signed_in(a_promoter("Lục Sơn"))
    url = reverse("promoting-new-book", args=[campaign.pk])
    form = {"title": "Quà bốn mùa", f"box_{spring.pk}": "2", f"box_{autumn.pk}": "1"}
    assert client.post(url, form).status_code == 302
    book = Lookbook.objects.get(title="Quà bốn mùa")
    assert book.boxes == [autumn.pk, spring.pk]
    file = client.get(reverse("promoting-lookbook-file", args=[campaign.pk, book.pk]))
    said = words_of(file)
    assert said.index("HỘP THU") < said.index("HỘP XUÂN")
    assert "Trà hoa vàng × 2" in said and "389.000" not in said


def test_no_box_with_drink_in_it_and_none_that_is_gone_is_offered_or_printed() -> None:
    campaign, book, _code = theirs()
    drink = a_gift_box("Hộp rượu", of={a_spirit(): 1})
    gone = a_gift_box("Hộp đã hết", of={a_product("Trà hết", stock=0): 1}, stock=0)
    client = signed_in(a_promoter("Lục Sơn"))
    page = client.get(reverse("promoting-new-book", args=[campaign.pk])).content.decode()
    assert "Hạt giống đầu xuân" in page
    assert "Hộp rượu" not in page and "Hộp đã hết" not in page
    Lookbook.objects.filter(pk=book.pk).update(boxes=[drink.pk, gone.pk])
    answer = client.get(reverse("promoting-lookbook-file", args=[campaign.pk, book.pk]))
    assert answer.status_code == 302


def test_a_catalogue_without_boxes_is_not_saved() -> None:
    campaign, _book, _code = theirs()
    client = signed_in(a_promoter("Lục Sơn"))
    answer = client.post(
        reverse("promoting-new-book", args=[campaign.pk]), {"title": "Trống", "lead": "giữ lại"}
    )
    assert answer.status_code == 422
    assert "ít nhất một hộp" in answer.content.decode() and "giữ lại" in answer.content.decode()
    assert Lookbook.objects.count() == 1


def test_boxes_to_print_are_read_like_every_list_of_goods_and_stand_as_asked(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    from cms.promoting.facts import sellable_boxes

    theirs()
    keys = [a_gift_box(f"Hộp {n}", of={a_product(f"Trà {n}"): 1}).pk for n in range(3)]
    sellable_boxes(keys)
    with django_assert_num_queries(2):
        cards = sellable_boxes(keys[::-1])
    assert [card.product.pk for card in cards] == keys[::-1]


def test_the_catalogue_asks_no_more_for_many_boxes_than_for_one() -> None:
    from cms.promoting.facts import box_pages

    _campaign, book, _code = theirs()
    keys = [a_gift_box(f"Hộp {n}", of={a_product(f"Trà {n}"): 1}).pk for n in range(6)]
    box_pages(book)
    counts = []
    for boxes in (keys[:1], keys):
        book.boxes = boxes
        with CaptureQueriesContext(connection) as queries:
            assert len(box_pages(book)) == len(boxes)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- Numbers ------------------------------------------------------------------------------------


def narrow(section: Any, group: Group) -> None:
    """Only this group writes in the section."""
    GroupPagePermission.objects.filter(page=section, group__name=PROMOTERS).update(group=group)


def test_numbers_of_a_page_are_for_those_who_may_edit_it() -> None:
    page = a_gift_page("Tết bánh mật")
    section = GiftIndexPage.objects.get(locale__language_code="vi")
    narrow(section, a_section_group("Lục Sơn"))
    PageDay.objects.create(page_id=page.pk, day=timezone.localdate(), views=41)
    ours, others = signed_in(a_promoter("Lục Sơn")), signed_in(a_promoter("Yên Sơn"))
    for name in ("promoting-page", "promoting-page-file"):
        url = reverse(name, args=[page.pk])
        assert others.get(url).status_code == 404
        assert ours.get(url).status_code == 200
    assert "Tết bánh mật" not in others.get(reverse("promoting-pages")).content.decode()
    shown = ours.get(reverse("promoting-page", args=[page.pk]), {"ngay": "7"}).content.decode()
    assert "<svg" in shown and ">41<" in shown and "7 ngày" in shown


def test_the_spreadsheet_of_a_page_opens() -> None:
    page = a_story("=Chuyện")
    PageDay.objects.create(page_id=page.pk, day=timezone.localdate(), views=5)
    client = signed_in(a_promoter())
    file = client.get(reverse("promoting-page-file", args=[page.pk]), {"ngay": "90"})
    rows = list(load_workbook(BytesIO(file.content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "'=Chuyện" and len(rows) == 1 + 1 + 90 + 1
    assert rows[-1][1] == 5
    assert 'filename="' in file["Content-Disposition"]


@pytest.mark.parametrize("asked", ["", "abc", "-1", "100000"])
def test_a_period_that_is_none_of_ours_is_thirty_days(asked: str) -> None:
    page = a_story("Chuyện")
    client = signed_in(a_promoter())
    answer = client.get(reverse("promoting-page", args=[page.pk]), {"ngay": asked})
    assert answer.context["period"] == 30


def test_lists_ask_no_more_for_many_campaigns_and_pages_than_for_few() -> None:
    client = signed_in(a_promoter("Lục Sơn"))
    group = a_section_group("Lục Sơn")
    section = StoryIndexPage.objects.get(locale__language_code="vi")
    assert section
    counts: dict[str, list[int]] = {"promoting": [], "promoting-pages": []}
    for _round in range(2):
        for n in range(3):
            page = a_story(f"Chuyện {_round}{n}")
            a_live_code(campaign=a_campaign(f"Chợ {_round}{n}", group=group, page=page))
        for name in counts:
            client.get(reverse(name))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(name)).status_code == 200
            counts[name].append(len(queries))
    for first, second in counts.values():
        assert first == second


def test_a_campaigns_page_asks_no_more_for_many_codes() -> None:
    campaign, _book, _code = theirs()
    client = signed_in(a_promoter("Lục Sơn"))
    url = reverse("promoting-campaign", args=[campaign.pk])
    counts = []
    for _round in range(2):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
        for _n in range(4):
            a_live_code(campaign=campaign)
    assert counts[0] == counts[1]


# --- From a page to its numbers -----------------------------------------------------------------


def test_a_promoter_of_one_section_has_the_office_too() -> None:
    section = a_section("Bắc Lũng")
    group = ensure_promoter_section(section).group
    client = signed_in(in_group(a_user(), group.name))
    theirs()
    assert client.get(reverse("promoting")).status_code == 200
    assert "Chợ Tết" not in client.get(reverse("promoting")).content.decode()
    client.post(reverse("promoting-new"), campaign_form(group=group.pk))
    assert Campaign.objects.get(name="Rằm tháng Giêng").group == group


def test_a_card_says_in_its_link_where_it_stands_and_the_products_form_repeats_it() -> None:
    tea = a_product("Trà hoa vàng")
    page = a_story("Chuyện trà", body=cards_of(tea))
    shown = Client().get(f"{page.url}?c=cho-tet").content.decode()
    link = f"{tea.get_absolute_url()}?tu={page.pk}&amp;c=cho-tet"
    assert f'href="{link}"' in shown
    form = Client().get(link.replace("&amp;", "&")).content.decode()
    assert f'name="from_page" value="{page.pk}"' in form
    assert 'name="from_campaign" value="cho-tet"' in form
    assert "from_page" not in Client().get(tea.get_absolute_url()).content.decode()
    forged = Client().get(tea.get_absolute_url(), {"tu": '"><b>', "c": "'"}).content.decode()
    assert "from_page" not in forged and "from_campaign" not in forged
