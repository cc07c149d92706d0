"""Who may put whom into which group."""

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import PermissionDenied

from shop.office.people.assigning import assign
from shop.staff import ACCOUNTS, ADMINS, OFFICE, PACKING, ensure_staff_group, label_of
from shop.users.models import User
from tests.factories import a_buyer, a_shop, a_staff_member, in_group, signed_in
from tests.shop.two_factor.apps import an_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    ensure_staff_group()
    return in_group(a_staff_member(), ADMINS)


def a_superuser() -> User:
    ensure_staff_group()
    user = a_staff_member()
    user.is_superuser = True
    user.save()
    return user


def names(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def test_a_person_in_a_group_is_staff_and_out_of_all_is_not(admin: User) -> None:
    person = a_buyer()
    client = signed_in(admin)
    url = f"/quan-ly/nguoi/{person.pk}/"
    assert client.post(url, {"groups": [PACKING, OFFICE]})["Location"] == url
    person.refresh_from_db()
    assert person.is_staff
    assert names(person) == {PACKING, OFFICE}
    client.post(url, {"groups": []})
    person.refresh_from_db()
    assert not person.is_staff
    assert names(person) == set()
    entries = LogEntry.objects.get_for_object(person).filter(actor=admin)
    assert any(PACKING in entry.changes.get("groups", {}).get("objects", []) for entry in entries)
    assert entries.exclude(remote_addr=None).exists()


def test_nobody_gives_rights_to_themselves(admin: User) -> None:
    client = signed_in(admin)
    assert client.post(f"/quan-ly/nguoi/{admin.pk}/", {"groups": [ACCOUNTS]}).status_code == 403
    assert names(admin) == {ADMINS}


def test_only_superusers_make_admins_and_touch_superusers(admin: User) -> None:
    boss, person = a_superuser(), a_buyer()
    for target, groups in ((person, [ADMINS]), (boss, [PACKING])):
        with pytest.raises(PermissionDenied):
            assign(target, groups, by=admin)
    client = signed_in(admin)
    assert client.post(f"/quan-ly/nguoi/{person.pk}/", {"groups": [ADMINS]}).status_code == 200
    assign(person, [ADMINS], by=boss)
    assert names(person) == {ADMINS}
    with pytest.raises(PermissionDenied):
        assign(person, [], by=admin)


def test_groups_of_other_rooms_stay(admin: User) -> None:
    a_shop()
    person = in_group(a_buyer(), "Moderators")
    assign(person, [PACKING], by=admin)
    assign(person, [], by=admin)
    assert names(person) == {"Moderators"}
    page = signed_in(admin).get("/quan-ly/nguoi/").content.decode()
    assert "Kiểm duyệt viên" in page
    assert "Moderators" not in page
    assert label_of("Promoters: Bắc Lũng") == "Người viết chuyện: Bắc Lũng"


def test_the_page_shows_everybody_with_power(admin: User) -> None:
    packer = in_group(a_staff_member("goi@example.vn"), PACKING)
    an_app(packer)
    a_buyer("lan@example.vn")
    client = signed_in(admin)
    page = client.get("/quan-ly/nguoi/").content.decode()
    assert "goi@example.vn" in page
    assert "lan@example.vn" not in page
    assert "lan@example.vn" in client.get("/quan-ly/nguoi/?q=lan@").content.decode()


def test_only_another_superuser_takes_a_second_step_away(admin: User) -> None:
    boss, person = a_superuser(), a_staff_member()
    an_app(person)
    url = f"/quan-ly/nguoi/{person.pk}/cai-lai/"
    assert signed_in(admin).post(url).status_code == 403
    assert signed_in(boss).post(f"/quan-ly/nguoi/{boss.pk}/cai-lai/").status_code == 403
    assert signed_in(boss).post(url).status_code == 302
    assert not person.totpdevice_set.exists()
    assert LogEntry.objects.get_for_object(person).latest().actor == boss
