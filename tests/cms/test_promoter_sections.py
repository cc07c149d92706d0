"""A promoter of one section works there, hands in to a moderator, and reaches nothing else."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse
from pytest_django import DjangoDbBlocker
from wagtail.admin.urls import pages as page_urls
from wagtail.models import Collection, GroupCollectionPermission, Task, WorkflowState

from cms.models import (
    BasePage,
    EventPage,
    GiftPage,
    PromoterSection,
    SectionPage,
    StoryIndexPage,
    StoryPage,
)
from cms.promoter_sections import ensure_promoter_section
from cms.roles import MODERATORS, PROMOTERS
from cms.setting_up import set_up_shop
from cms.tree import ensure_locales, translated
from shop.users.models import User
from tests.cms.making import a_page, a_section, an_event
from tests.factories import a_product, a_user, an_order, in_group, signed_in

pytestmark = pytest.mark.django_db

KINDS = ("storypage", "giftpage", "placepage", "eventpage", "campaignpage")


@pytest.fixture(scope="module", autouse=True)
def _shop(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """An empty shop for all tests of this module, taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        set_up_shop()
        yield
        transaction.set_rollback(True)


def a_promoter_of(section: SectionPage) -> User:
    return in_group(a_user(), ensure_promoter_section(section).group.name)


def edit_url(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def the_form(**more: str) -> dict[str, str]:
    return {
        "title": "Chuyện mới",
        "slug": "chuyen-moi",
        "lead": "",
        "body-count": "0",
        "sources-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **more,
    }


# --- The group of a section -----------------------------------------------------------------------


def test_a_section_comes_with_its_group_collection_and_workflow() -> None:
    section = a_section("Bắc Lũng")

    own = PromoterSection.objects.get(translation_key=section.translation_key)

    assert own.group.name == "Promoters: Bắc Lũng"
    assert own.collection.name == "Bắc Lũng"
    assert section.get_workflow().name == "Duyệt trước khi đăng"
    assert set(own.group.page_permissions.values_list("permission__codename", flat=True)) == {
        "add_basepage",
        "change_basepage",
    }
    rights = GroupCollectionPermission.objects.filter(group=own.group)
    assert {(each.collection.name, each.permission.codename) for each in rights} == {
        *(("Bắc Lũng", f"{right}_image") for right in ("add", "change", "choose")),
        *(("Bắc Lũng", f"{right}_document") for right in ("add", "change", "choose")),
        ("Root", "choose_image"),
    }


def test_asking_again_changes_nothing_and_a_new_name_is_followed() -> None:
    section = a_section("Bắc Lũng")
    before = (Group.objects.count(), Collection.objects.count(), PromoterSection.objects.count())

    ensure_promoter_section(section)
    section.title = "Bắc Lũng, Lục Nam"
    section.save_revision().publish()

    own = PromoterSection.objects.get(translation_key=section.translation_key)
    assert own.group.name == "Promoters: Bắc Lũng, Lục Nam"
    assert own.collection.name == "Bắc Lũng, Lục Nam"
    assert (
        Group.objects.count(),
        Collection.objects.count(),
        PromoterSection.objects.count(),
    ) == before


def test_the_translation_of_a_section_belongs_to_the_same_group() -> None:
    section = a_section("Bắc Lũng")

    english = translated(section, ensure_locales()["en"], title="Bac Lung commune")

    promoter = a_promoter_of(section)
    assert PromoterSection.objects.count() == 1
    assert PromoterSection.objects.get().group.name == "Promoters: Bắc Lũng"
    assert english.permissions_for_user(promoter).can_add_subpage()
    assert not english.permissions_for_user(promoter).can_publish()


def test_two_sections_of_one_name_have_two_groups() -> None:
    first, second = a_section("Bắc Lũng"), a_section("Bắc Lũng", slug="bac-lung-hai")

    groups = {ensure_promoter_section(each).group.name for each in (first, second)}

    assert groups == {"Promoters: Bắc Lũng", "Promoters: Bắc Lũng 2"}


def test_a_copy_of_a_section_has_a_group_of_its_own() -> None:
    section = a_section("Bắc Lũng")

    copy = section.copy(update_attrs={"slug": "ban-chep", "title": "Bản chép"})

    assert ensure_promoter_section(copy).group != ensure_promoter_section(section).group


def test_the_command_opens_a_section_and_lets_people_in() -> None:
    person = a_user("nguoi.ke@example.vn")

    for _again in range(2):
        call_command("ensure_promoter_section", "Trường Sơn", promoter=[person.email], verbosity=0)

    section = SectionPage.objects.get(title="Trường Sơn", locale__language_code="vi")
    assert section.live
    assert section.permissions_for_user(person).can_add_subpage()
    assert SectionPage.objects.filter(locale__language_code="en").count() == 1
    call_command("ensure_promoter_section", verbosity=0)
    with pytest.raises(CommandError):
        call_command("ensure_promoter_section", "Trường Sơn", promoter=["ai@do.vn"], verbosity=0)


# --- What a promoter of a section does ------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_promoter_may_write_every_kind_of_page_in_the_own_section(kind: str) -> None:
    section = a_section()
    client = signed_in(a_promoter_of(section))

    assert client.get(reverse("wagtailadmin_explore", args=[section.pk])).status_code == 200
    add = reverse("wagtailadmin_pages:add", args=["cms", kind, section.pk])
    assert client.get(add).status_code == 200


def test_what_a_promoter_hands_in_goes_live_only_by_a_moderator() -> None:
    section = a_section()
    client = signed_in(a_promoter_of(section))
    add = reverse("wagtailadmin_pages:add", args=["cms", "storypage", section.pk])

    client.post(add, the_form(**{"action-publish": "1"}))
    page = StoryPage.objects.child_of(section).get()
    assert not page.live
    client.post(edit_url(page), the_form(**{"action-submit": "1"}))
    page = StoryPage.objects.get(pk=page.pk)
    state = page.current_workflow_state
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    # The promoter cannot approve.
    task = state.current_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    client.post(approve, {"comment": ""})
    assert not StoryPage.objects.get(pk=page.pk).live

    moderator = signed_in(in_group(a_user(), MODERATORS))
    moderator.post(approve, {"comment": ""})
    assert StoryPage.objects.get(pk=page.pk).live
    assert Task.objects.count() == 1


# --- What a promoter of a section cannot do -------------------------------------------------------


@pytest.fixture
def neighbours() -> tuple[SectionPage, list[Any]]:
    """Another section and the shop's own, each with a live page and a draft."""
    theirs = a_section("Trường Sơn")
    shop_own = StoryIndexPage.objects.get(locale__language_code="vi")
    pages = [
        a_page(StoryPage, theirs, "Chuyện nhà bên"),
        a_page(StoryPage, theirs, "Nháp nhà bên", live=False),
        a_page(GiftPage, theirs, "Quà nhà bên"),
        an_event("Chợ nhà bên", under=theirs),
        a_page(StoryPage, shop_own, "Chuyện của cửa hàng"),
    ]
    return theirs, [theirs, *pages]


def the_pages() -> list[Any]:
    """Everything that stands in the pages, drafts and who may do what included."""
    return [
        sorted(
            BasePage.objects.values_list("pk", "path", "title", "live", "latest_revision", "locked")
        ),
        WorkflowState.objects.count(),
    ]


def addresses_of_pages() -> Iterator[tuple[str, str]]:
    """Name and form of every address of Wagtail's page pages."""
    for pattern in page_urls.urlpatterns:
        if isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name, str(pattern.pattern)


#: Pages of the admin that show what every reader of the shop sees too, or nothing of the page.
HARMLESS = {"view_live", "search", "search_results", "convert_alias"}


def test_a_promoter_reaches_no_page_of_another_section(neighbours: Any) -> None:
    _theirs, pages = neighbours
    client = signed_in(a_promoter_of(a_section("Bắc Lũng")))
    before, opened = the_pages(), []
    for page in pages:
        for name, form in addresses_of_pages():
            if name in HARMLESS:
                continue
            arguments = {
                key: page.pk
                if key.endswith(("page_id", "parent_id", "pk")) or key == "page_id"
                else {"content_type_app_name": "cms", "content_type_model_name": "storypage"}.get(
                    key, page.latest_revision_id or 1
                )
                for key in re.findall(r"<(?:\w+:)?(\w+)>", form)
            }
            if not any("page_id" in key or key.startswith("parent") for key in arguments):
                continue
            try:
                url = reverse(f"wagtailadmin_pages:{name}", kwargs=arguments)
            except NoReverseMatch:  # an address with a choice of words that this walk does not know
                continue
            for method in ("get", "post"):
                data = the_form(**{"action-publish": "1", "new_parent_page": str(page.pk)})
                status = getattr(client, method)(url, data).status_code
                if status not in (302, 403, 404, 405):
                    opened.append(f"{method} {name} {page}: {status}")
    assert opened == []
    assert the_pages() == before


@pytest.mark.parametrize(
    "may",
    [
        "can_edit",
        "can_delete",
        "can_publish",
        "can_unpublish",
        "can_move",
        "can_copy",
        "can_add_subpage",
        "can_lock",
        "can_unschedule",
        "can_reorder_children",
        "can_set_view_restrictions",
    ],
)
def test_a_promoter_has_no_right_over_a_page_of_another_section(neighbours: Any, may: str) -> None:
    promoter = a_promoter_of(a_section("Bắc Lũng"))
    for page in neighbours[1]:
        assert not getattr(page.permissions_for_user(promoter), may)(), page


def test_nothing_is_moved_or_copied_into_or_out_of_another_section(neighbours: Any) -> None:
    theirs, pages = neighbours
    section = a_section("Bắc Lũng")
    promoter = a_promoter_of(section)
    mine = a_page(StoryPage, section, "Chuyện nhà mình")
    client = signed_in(promoter)
    before = the_pages()

    assert not mine.permissions_for_user(promoter).can_move_to(theirs)
    assert not mine.permissions_for_user(promoter).can_copy_to(theirs)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[mine.pk, theirs.pk]))
    client.post(
        reverse("wagtailadmin_pages:copy", args=[mine.pk]),
        {"new_title": "Chép", "new_slug": "chep", "new_parent_page": theirs.pk},
    )
    client.post(
        reverse("wagtailadmin_pages:copy", args=[pages[1].pk]),
        {"new_title": "Chép", "new_slug": "chep", "new_parent_page": section.pk},
    )
    assert the_pages() == before


def test_a_promoter_of_a_section_changes_nothing_in_bulk_elsewhere(neighbours: Any) -> None:
    _theirs, pages = neighbours
    client = signed_in(a_promoter_of(a_section("Bắc Lũng")))
    before = the_pages()
    for action in ("delete", "move", "publish", "unpublish"):
        url = reverse("wagtail_bulk_action", args=["cms", "basepage", action])
        query = "&".join(f"id={page.pk}" for page in pages)
        client.post(f"{url}?{query}", {"include_descendants": "on"})
    assert the_pages() == before


def test_a_promoter_of_a_section_never_publishes_or_deletes_what_is_live_at_home() -> None:
    section = a_section()
    promoter = a_promoter_of(section)
    live = a_page(StoryPage, section, "Đã đăng")

    rights = live.permissions_for_user(promoter)

    assert rights.can_edit()
    assert rights.can_submit_for_moderation()
    for may in ("can_publish", "can_unpublish", "can_delete", "can_lock"):
        assert not getattr(rights, may)(), may


def test_a_promoter_touches_no_products_orders_settings_or_people() -> None:
    honey = a_product("Mật ong")
    order = an_order(honey)
    promoter = a_promoter_of(a_section())
    client = signed_in(promoter)

    assert not promoter.is_staff
    for url in (
        reverse("wagtailsnippets_catalogue_product:list"),
        reverse("wagtailsnippets_catalogue_product:edit", args=[honey.pk]),
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_groups:index"),
        reverse("wagtailadmin_workflows:index"),
        reverse("wagtailadmin_collections:index"),
        reverse("wagtailsites:index"),
        reverse("wagtailredirects:index"),
        reverse("listing-moderation-queue"),
        "/quan-ly/",
        f"/quan-ly/don-hang/{order.number}/",
    ):
        assert client.get(url).status_code in (302, 403, 404), url
        assert client.post(url).status_code in (302, 403, 404, 405), url


def test_pictures_of_another_section_may_be_chosen_not_changed() -> None:
    from tests.factories import a_picture

    theirs = ensure_promoter_section(a_section("Trường Sơn"))
    picture = a_picture(collection=theirs.collection)
    client = signed_in(a_promoter_of(a_section("Bắc Lũng")))

    assert client.get(reverse("wagtailimages_chooser:choose")).status_code == 200
    for name in ("wagtailimages:edit", "wagtailimages:delete"):
        assert client.get(reverse(name, args=[picture.pk])).status_code in (302, 403, 404)


def test_promoters_of_the_shop_do_not_work_in_the_sections_of_others() -> None:
    section = a_section()
    promoter = in_group(a_user(), PROMOTERS)

    assert not section.permissions_for_user(promoter).can_add_subpage()
    assert not section.permissions_for_user(promoter).can_edit()


def test_a_section_shows_its_pages_and_they_stand_in_the_shops_lists_too() -> None:
    section = a_section(lead="Nhóm kể chuyện của xã.")
    a_page(StoryPage, section, "Chuyện củ khoai")
    fair = an_event("Chợ đầu làng", under=section)
    client = Client()

    html = client.get(section.url).content.decode()

    assert "Chuyện củ khoai" in html
    assert "Chợ đầu làng" in html
    assert "Chuyện củ khoai" in client.get("/cau-chuyen/").content.decode()
    way = client.get(fair.url).content.decode()
    assert f'<a href="{section.url}">Bắc Lũng</a>' in way
    assert isinstance(fair, EventPage)


def test_a_section_costs_the_same_however_much_it_holds(django_assert_max_num_queries: Any) -> None:
    section = a_section()
    for number in range(6):
        a_page(StoryPage, section, f"Chuyện {number}")
        an_event(f"Chợ {number}", under=section)
    client = Client()
    client.get(section.url)
    with django_assert_max_num_queries(15):
        client.get(section.url)
