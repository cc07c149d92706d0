"""Staff look after the shop, not after each other's accounts, nor after producers' money."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from shop.partner.membership import Role
from shop.partner.models import Partner
from shop.staff import GROUPS, STAFF, ensure_staff_group
from shop.users.models import User
from tests.addresses import addresses
from tests.factories import (
    PASSWORD,
    a_producer,
    a_shop,
    a_staff_member,
    a_user,
    in_group,
    signed_in,
    with_rights,
)
from tests.neighbour import filled
from tests.shop.test_who_may import OFFICE

pytestmark = pytest.mark.django_db

NEW = "mat-khau-cua-ke-trom-9"


def a_superuser() -> User:
    return User.objects.create_superuser("chu@example.vn", PASSWORD)


@pytest.fixture
def everything() -> Client:
    """One of the staff who is in every group of the shop."""
    a_shop()
    ensure_staff_group()
    person = a_staff_member()
    person.groups.add(*Group.objects.filter(name__in=GROUPS))
    return signed_in(person)


def test_no_address_of_the_office_takes_a_password(everything: Client) -> None:
    boss, producer = a_superuser(), a_producer(members=[a_user()])
    told: dict[str, Any] = {"pk": boss.pk, "user_pk": boss.pk, "partner_pk": producer.pk}
    form = {
        "first_name": "A",
        "last_name": "B",
        "password": NEW,
        "password1": NEW,
        "password2": NEW,
        "role": "limited",
    }
    for address, names in addresses(OFFICE):
        if "dang-xuat" not in address and "logout" not in address:
            everything.post(filled(address, names, {OFFICE: told}), form)
    boss.refresh_from_db()
    assert boss.check_password(PASSWORD)


def test_staff_do_not_put_themselves_into_a_producer(everything: Client) -> None:
    owner = a_user()
    producer = a_producer(members=[owner])
    for act in ("link", "unlink", "update"):
        for person in (owner, a_superuser() if act == "link" else owner):
            path = f"/quan-ly/partners/{producer.pk}/users/{person.pk}/{act}/"
            assert everything.get(path).status_code == 404
            assert everything.post(path).status_code == 404
    assert [each.user for each in producer.memberships.all()] == [owner]


def test_who_is_added_without_a_role_packs() -> None:
    producer = a_producer()
    producer.users.add(a_user())
    assert producer.memberships.get().role == Role.PACKER


def test_staff_who_may_only_look_do_not_write_a_producers_address(everything: Client) -> None:
    producer = a_producer("Nhà bên")
    url = reverse("dashboard:partner-manage", args=[producer.pk])
    assert everything.get(url).status_code == 403
    assert everything.post(url, {"name": "Tên khác"}).status_code == 403
    assert Partner.objects.get(pk=producer.pk).name == "Nhà bên"
    boss = signed_in(a_superuser())
    assert boss.get(url).status_code == 200


def test_the_list_of_producers_names_their_people_in_few_queries(
    everything: Client, django_assert_max_num_queries: Any
) -> None:
    def producers(count: int) -> None:
        for _ in range(count):
            a_producer(members=[a_user(first_name="Cô Soạn")])

    producers(1)
    url = reverse("dashboard:partner-list")
    everything.get(url)
    with django_assert_max_num_queries(40) as first:
        page = everything.get(url).content.decode()
    assert "Cô Soạn" in page
    assert "/users/" not in page
    producers(5)
    with django_assert_max_num_queries(len(first.captured_queries)):
        everything.get(url)


def test_the_right_is_taken_from_a_shop_that_had_it() -> None:
    group = ensure_staff_group()
    group.permissions.add(Permission.objects.get(codename="change_user"))
    module = import_module("shop.partner.migrations.0013_least_role_and_no_passwords")
    module.take_change_user_away(apps, None)
    assert not group.permissions.filter(codename="change_user").exists()
    assert group.name == STAFF


@pytest.mark.parametrize("act", ["edit", "delete"])
def test_accounts_in_the_editors_office_are_for_superusers(act: str) -> None:
    a_shop()
    person = with_rights(
        in_group(a_staff_member(), "Moderators"),
        *("users.add_user", "users.change_user", "users.delete_user"),
        *("auth.add_group", "auth.change_group", "auth.delete_group"),
    )
    client = signed_in(person)
    rooms = [
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:add"),
        reverse(f"wagtailusers_users:{act}", args=[person.pk]),
        reverse("wagtailusers_groups:index"),
        reverse("wagtailusers_groups:add"),
        reverse(f"wagtailusers_groups:{act}", args=[Group.objects.all()[0].pk]),
        f"/cms/bulk/users/user/assign_role/?id={person.pk}",
        f"/cms/bulk/users/user/set_active_state/?id={person.pk}",
    ]
    for url in rooms:
        for answer in (client.get(url), client.post(url, {"is_superuser": "on"})):
            assert answer.status_code in (302, 403), url
            assert answer.status_code == 403 or answer["Location"] == "/cms/", url
    person.refresh_from_db()
    assert not person.is_superuser
    boss = signed_in(a_superuser())
    assert [boss.get(url).status_code for url in rooms] == [200] * len(rooms)
