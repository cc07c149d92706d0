"""Who may do what in Wagtail's admin, and who may not."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.templatetags.static import static
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override
from pytest_django import DjangoDbBlocker

from cms.models import GiftIndexPage, HomePage, StandardPage, StoryIndexPage, StoryPage
from cms.roles import MODERATORS, PROMOTERS
from cms.setting_up import set_up_shop
from shop.users.models import User
from tests.cms.making import a_story
from tests.factories import a_producer, a_product, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _shop(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """An empty shop for all tests of this module, taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        set_up_shop()
        yield
        transaction.set_rollback(True)


def _a_member(group: str) -> User:
    user = a_user()
    user.groups.add(Group.objects.get(name=group))
    return user


def _signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def _vietnamese(model: Any) -> Any:
    return model.objects.get(locale__language_code="vi")


@pytest.mark.parametrize("group", [PROMOTERS, MODERATORS])
def test_neither_promoters_nor_moderators_reach_the_dashboard(client: Client, group: str) -> None:
    user = _a_member(group)

    assert not user.is_staff
    response = _signed_in(client, user).get("/quan-ly/")
    assert response.status_code in (302, 403)
    assert "dashboard" not in response.content.decode().lower()


def test_a_producer_reaches_neither_dashboard_nor_admin(client: Client) -> None:
    user = a_user()
    a_producer(members=[user])
    _signed_in(client, user)

    assert client.get("/quan-ly/").status_code in (302, 403)
    assert client.get("/cms/").status_code in (302, 403)


@pytest.mark.parametrize("section", [StoryIndexPage, GiftIndexPage])
def test_a_promoter_writes_in_the_two_sections(client: Client, section: Any) -> None:
    promoter = _a_member(PROMOTERS)
    _signed_in(client, promoter)
    page = _vietnamese(section)

    permissions = page.permissions_for_user(promoter)
    assert permissions.can_add_subpage()
    assert client.get(reverse("wagtailadmin_explore", args=[page.pk])).status_code == 200
    child = page.allowed_subpage_models()[0]
    url = reverse("wagtailadmin_pages:add", args=["cms", child._meta.model_name, page.pk])
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("group", [PROMOTERS, MODERATORS])
@pytest.mark.parametrize("live", [True, False])
def test_the_editor_of_a_story_opens(client: Client, group: str, live: bool) -> None:
    page = a_story("Bánh mật")
    if not live:
        page.unpublish()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])

    assert _signed_in(client, _a_member(group)).get(url).status_code == 200


def test_a_promoter_cannot_publish(client: Client) -> None:
    promoter = _a_member(PROMOTERS)
    page = a_story("Bản nháp")
    page.unpublish()

    permissions = page.permissions_for_user(promoter)
    assert permissions.can_edit()
    assert not permissions.can_publish()
    assert permissions.can_submit_for_moderation()
    _signed_in(client, promoter).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {
            "title": "Đăng luôn",
            "slug": page.slug,
            "body-count": "0",
            "sources-count": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "action-publish": "1",
        },
    )
    page.refresh_from_db()
    assert not page.live


@pytest.mark.parametrize("kind", [HomePage, StandardPage])
def test_a_promoter_cannot_touch_other_branches(client: Client, kind: Any) -> None:
    promoter = _a_member(PROMOTERS)
    home = _vietnamese(HomePage)
    if kind is StandardPage:
        page = StandardPage(title="Giao hàng", slug="giao-hang", locale=home.locale)
        home.add_child(instance=page)
    else:
        page = home

    assert not page.permissions_for_user(promoter).can_edit()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert _signed_in(client, promoter).get(url).status_code in (302, 403)


def test_a_promoter_chooses_products_but_does_not_edit_them(client: Client) -> None:
    promoter = _a_member(PROMOTERS)
    honey = a_product("Mật ong bạc hà")
    _signed_in(client, promoter)

    chooser = client.get("/cms/snippets/choose/catalogue/product/?q=mat ong", follow=True)
    edit = client.get(reverse("wagtailsnippets_catalogue_product:edit", args=[honey.pk]))

    assert "Mật ong bạc hà" in chooser.json()["html"]
    assert edit.status_code in (302, 403)


def test_a_moderator_publishes_and_edits_products_as_text(client: Client) -> None:
    moderator = _a_member(MODERATORS)
    page = a_story("Chờ duyệt")
    honey = a_product("Mật ong bạc hà")
    _signed_in(client, moderator)

    assert page.permissions_for_user(moderator).can_publish()
    edit = client.get(reverse("wagtailsnippets_catalogue_product:edit", args=[honey.pk]))
    html = edit.content.decode()
    assert edit.status_code == 200
    assert 'name="title_en"' in html
    assert 'name="price"' not in html
    assert "stockrecords" not in html


def test_stories_wait_for_a_moderator() -> None:
    workflow = _vietnamese(StoryIndexPage).get_workflow()

    tasks = [task.specific for task in workflow.tasks]
    assert [group.name for task in tasks for group in task.groups.all()] == [MODERATORS]
    assert StoryPage.objects.count() == 0


def test_a_moderator_finds_an_old_commune_by_its_name(client: Client) -> None:
    moderator = _a_member(MODERATORS)

    chooser = _signed_in(client, moderator).get("/cms/former_commune_chooser/?q=yen son luc nam")

    assert "xã Yên Sơn, huyện Lục Nam" in chooser.json()["html"]


def test_the_editors_office_wears_the_name_and_the_colours_of_the_shop(client: Client) -> None:
    page = _signed_in(client, _a_member(PROMOTERS)).get(reverse("wagtailadmin_home"))
    body = page.content.decode()
    assert f"- {settings.OSCAR_SHOP_NAME}</title>" in body
    assert static("favicon.svg") in body
    assert static("css/editors.css") in body


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Awaiting your review", "Đang chờ bạn duyệt"),
        ("Your most recent edits", "Trang bạn vừa sửa"),
        ("Page '%(page_title)s' has been published.", "Đã đăng trang “%(page_title)s”."),
    ],
)
def test_what_wagtail_left_in_english_is_vietnamese(theirs: str, ours: str) -> None:
    with override("vi"):
        assert gettext(theirs) == ours
