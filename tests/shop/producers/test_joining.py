"""Joining: an application with its papers, read by staff, answered; people invited and let go."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shop.communication.models import Letter
from shop.partner.membership import LastOwner, Membership, Role, change_role, leave
from shop.partner.models import Partner
from shop.personal.erasing import reasons_against
from shop.personal.registry import Person
from shop.producers.joining.applying import NotPossible, approve, hand_in, send_back, withdraw
from shop.producers.models import Application, ApplicationPaper, Invitation, PayoutAccount
from shop.producers.team.inviting import NotPossible as NoLongerOpen
from shop.producers.team.inviting import accept, invite
from shop.users.models import User
from tests.factories import (
    BAC_LUNG,
    a_buyer,
    a_producer,
    a_staff_member,
    a_user,
    an_application,
    an_upload,
    signed_in,
    with_rights,
)

pytestmark = pytest.mark.django_db

FACTS = {
    "kind": "household",
    "name": "Hộ kinh doanh khoai lang Nội Chùa",
    "representative": "Nguyễn Văn Khoai",
    "phone": "0912 345 678",
    "province": "24",
    "ward": BAC_LUNG,
    "hamlet": "thôn Nội Chùa",
    "tax_code": "0100233488",
    "registration_number": "20A8001234",
    "goods": "Khoai lang, mỗi vụ chừng 5 tấn.",
    "bank_bin": "970405",
    "number": "2800205123456",
    "holder": "Nguyen Van Khoai",
}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def applicant() -> User:
    return a_buyer(first_name="Nguyễn Văn Khoai")


@pytest.fixture
def staff() -> User:
    return with_rights(a_staff_member(), "producers.change_application")


def add_paper(client: Client, upload: SimpleUploadedFile, kind: str = "registration"):  # type: ignore[no-untyped-def]
    url = reverse("producers:add-application-paper")
    return client.post(url, {"kind": kind, "file": upload}, follow=True)


# --- The applicant -----------------------------------------------------------------------------


def test_a_household_applies_with_its_paper_and_becomes_the_owner(
    applicant: User, staff: User, django_capture_on_commit_callbacks
) -> None:
    client = signed_in(applicant)
    page = client.post(reverse("producers:apply"), FACTS, follow=True).content.decode()
    assert "Chưa có ảnh chụp đăng ký kinh doanh" in page
    client.post(reverse("producers:hand-in-application"))
    assert Application.objects.get().status == "draft"
    add_paper(client, SimpleUploadedFile("dkkd.pdf", PDF))
    page = client.post(reverse("producers:hand-in-application"), follow=True).content.decode()
    assert "Cửa hàng đang đọc đơn" in page
    waiting = Application.objects.get()
    assert (waiting.tax_code, waiting.holder) == ("0100233488", "NGUYEN VAN KHOAI")

    office = signed_in(staff)
    url = reverse("producers-staff:application", args=[waiting.pk])
    assert (
        "khoai lang Nội Chùa"
        in office.get(reverse("producers-staff:applications")).content.decode()
    )
    assert "2800205123456" in office.get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        office.post(
            reverse("producers-staff:approve-application", args=[waiting.pk]),
            {"seen": waiting.version},
        )
    producer = Partner.objects.get(name=FACTS["name"])
    assert producer.memberships.get().role == Role.OWNER
    assert producer.ward_id == BAC_LUNG
    assert PayoutAccount.objects.get(producer=producer).number == "2800205123456"
    assert client.get(reverse("producers:home")).status_code == 200
    assert mail.outbox[-1].to == [applicant.email]
    assert "/kenh-san-xuat/" in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"tax_code": "0100233489"}, "chữ số kiểm tra không khớp"),
        ({"tax_code": ""}, "Hãy nhập mã số thuế"),
        ({"registration_number": ""}, "Hãy nhập số đăng ký kinh doanh"),
        ({"phone": "12"}, "field__error"),
        ({"ward": "00004"}, "Hãy chọn một xã, phường của tỉnh đã chọn"),
        ({"bank_bin": "123456"}, "field__error"),
        ({"number": "12 34"}, "Số tài khoản gồm 6 đến 19 chữ số"),
        ({"kind": "unknown"}, "field__error"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_kept(
    applicant: User, changes: dict[str, str], words: str
) -> None:
    response = signed_in(applicant).post(reverse("producers:apply"), {**FACTS, **changes})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "Khoai lang, mỗi vụ chừng 5 tấn." in page
    assert not Application.objects.exists()


def test_a_cooperative_group_needs_neither_tax_code_nor_registration(applicant: User) -> None:
    facts = {**FACTS, "kind": "cooperative_group", "tax_code": "", "registration_number": ""}
    client = signed_in(applicant)
    client.post(reverse("producers:apply"), facts)
    client.post(reverse("producers:hand-in-application"))
    assert Application.objects.get().status == "waiting"


def test_a_returned_application_is_mended_and_handed_in_again(applicant: User, staff: User) -> None:
    own = hand_in(an_application(applicant))
    seen = own.version
    url = reverse("producers-staff:return-application", args=[own.pk])
    signed_in(staff).post(url, {"seen": seen, "reason": "Ảnh giấy phép bị mờ"})
    client = signed_in(applicant)
    assert "Ảnh giấy phép bị mờ" in client.get(reverse("producers:application")).content.decode()
    assert "Ảnh giấy phép bị mờ" in Letter.objects.get(event_code="APPLICATION_RETURNED").text
    client.post(reverse("producers:apply"), {**FACTS, "name": "Hộ Nội Chùa"})
    client.post(reverse("producers:hand-in-application"))
    own.refresh_from_db()
    assert (own.status, own.name) == ("waiting", "Hộ Nội Chùa")
    with pytest.raises(NotPossible):
        approve(own, by=staff, seen=seen)


def test_what_waits_is_not_changed_under_the_staff(applicant: User) -> None:
    own = hand_in(an_application(applicant))
    client = signed_in(applicant)
    assert client.post(reverse("producers:apply"), {**FACTS, "name": "Khác"}).status_code == 302
    assert add_paper(client, an_upload()).status_code == 404
    own.refresh_from_db()
    assert own.name != "Khác"


def test_a_withdrawn_application_makes_room_for_a_new_one(applicant: User) -> None:
    own = an_application(applicant)
    client = signed_in(applicant)
    client.post(reverse("producers:withdraw-application"))
    client.post(reverse("producers:apply"), FACTS)
    assert Application.objects.filter(applicant=applicant).count() == 2
    own.refresh_from_db()
    assert own.status == "withdrawn"


def test_approving_twice_makes_one_producer(applicant: User, staff: User) -> None:
    own = hand_in(an_application(applicant))
    first = approve(own, by=staff, seen=own.version)
    assert approve(own, by=staff, seen=own.version) == first
    assert Membership.objects.filter(user=applicant).count() == 1
    with pytest.raises(NotPossible):
        send_back(own, by=staff, reason="muộn", seen=own.version)
    with pytest.raises(NotPossible):
        withdraw(own)


def test_a_page_that_nobody_cares_for_is_taken_over(applicant: User, staff: User) -> None:
    page = a_producer("Hộ kinh doanh Yên Sơn", is_sample=True)
    own = hand_in(an_application(applicant))
    approved = approve(own, by=staff, seen=own.version, existing=page)
    page.refresh_from_db()
    assert approved == page
    assert (page.tax_code, page.is_sample) == (own.tax_code, False)


def test_a_producer_with_people_is_not_handed_to_somebody_else(
    applicant: User, staff: User
) -> None:
    theirs = a_producer(members=[a_user()])
    own = hand_in(an_application(applicant))
    with pytest.raises(NotPossible):
        approve(own, by=staff, seen=own.version, existing=theirs)
    assert not Membership.objects.filter(user=applicant).exists()


# --- Papers -----------------------------------------------------------------------------------


def test_a_paper_is_read_by_its_applicant_and_by_who_decides(applicant: User, staff: User) -> None:
    client = signed_in(applicant)
    an_application(applicant)
    add_paper(client, SimpleUploadedFile("giấy phép.pdf", PDF), "food_safety")
    paper = ApplicationPaper.objects.get(kind="food_safety")
    url = paper.get_absolute_url()
    for reader in (applicant, staff):
        response = signed_in(reader).get(url)
        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response["Cache-Control"]
    for stranger in (a_buyer(), a_staff_member()):
        assert signed_in(stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.html", b"<html></html>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.exe", b"MZ"),
        ("a.jpg", PDF),
    ],
)
def test_what_is_no_paper_is_refused_in_words(applicant: User, name: str, content: bytes) -> None:
    an_application(applicant)
    response = add_paper(signed_in(applicant), SimpleUploadedFile(name, content))
    assert response.status_code == 422
    assert "field__error" in response.content.decode()


def test_nobody_takes_a_paper_out_of_another_ones_application(applicant: User) -> None:
    paper = an_application(applicant).papers.get()
    stranger = a_buyer()
    an_application(stranger)
    url = reverse("producers:remove-application-paper", args=[paper.pk])
    assert signed_in(stranger).post(url).status_code == 404
    assert ApplicationPaper.objects.filter(pk=paper.pk).exists()
    storage, name = paper.file.storage, paper.file.name
    signed_in(applicant).post(url)
    assert not storage.exists(name)


# --- People -------------------------------------------------------------------------------------


@pytest.fixture
def owner() -> User:
    return a_user(first_name="Bà chủ")


@pytest.fixture
def producer(owner: User) -> Partner:
    return a_producer("HTX Lục Sơn", members=[owner])


def test_an_invited_packer_packs_and_does_nothing_else(owner: User, producer: Partner) -> None:
    url = reverse("producers:invite")
    signed_in(owner).post(url, {"email": "Dong.Goi@example.vn", "role": "packer"})
    letter = Letter.objects.get(event_code="PRODUCER_INVITATION")
    invitation = Invitation.objects.get()
    assert letter.to == "dong.goi@example.vn"
    assert invitation.get_absolute_url() in letter.text
    packer = a_user()
    client = signed_in(packer)
    assert "Bà chủ mời bạn" in client.get(invitation.get_absolute_url()).content.decode()
    assert client.post(invitation.get_absolute_url()).status_code == 302
    assert client.get(reverse("producers:parcels")).status_code == 200
    for name in ("team", "reviews", "new-lot"):
        assert client.get(reverse(f"producers:{name}")).status_code == 403
    assert client.post(url, {"email": "x@example.vn", "role": "owner"}).status_code == 403


def test_an_invitation_is_taken_up_once(owner: User, producer: Partner) -> None:
    invitation = invite(producer, "a@example.vn", Role.EDITOR, by=owner)
    friend, other = a_user(), a_user()
    accept(invitation, friend)
    accept(invitation, friend)
    with pytest.raises(NoLongerOpen):
        accept(invitation, other)
    assert producer.memberships.count() == 2


def test_an_invitation_taken_back_opens_nothing(owner: User, producer: Partner) -> None:
    invitation = invite(producer, "a@example.vn", Role.EDITOR, by=owner)
    url = reverse("producers:withdraw-invitation", args=[invitation.pk])
    signed_in(owner).post(url)
    friend = signed_in(a_user())
    friend.post(invitation.get_absolute_url())
    assert friend.get(reverse("producers:parcels")).status_code == 403
    stranger = a_user()
    a_producer(members=[stranger])
    assert signed_in(stranger).post(url).status_code == 404


def test_owners_read_of_everybody_who_joins(owner: User, producer: Partner) -> None:
    friend = a_user(first_name="Cô Lành")
    accept(invite(producer, "a@example.vn", Role.OWNER, by=owner), friend)
    letter = Letter.objects.get(event_code="PRODUCER_MEMBER_JOINED")
    assert letter.to == owner.email
    assert "Cô Lành" in letter.subject
    assert friend.email in letter.text
    accept(invite(producer, "b@example.vn", Role.PACKER, by=owner), a_user())
    told = Letter.objects.filter(event_code="PRODUCER_MEMBER_JOINED").exclude(pk=letter.pk)
    assert {each.to for each in told} == {owner.email, friend.email}


def test_an_invitation_lowers_nobody(owner: User, producer: Partner) -> None:
    invitation = invite(producer, "a@example.vn", Role.PACKER, by=owner)
    assert accept(invitation, owner).role == Role.OWNER


def test_the_last_owner_stays(owner: User, producer: Partner) -> None:
    own = producer.memberships.get()
    with pytest.raises(LastOwner):
        leave(own)
    with pytest.raises(LastOwner):
        change_role(own, Role.EDITOR)
    page = signed_in(owner).post(reverse("producers:leave"), follow=True).content.decode()
    assert "Phải còn ít nhất một chủ" in page
    second = Membership.objects.create(partner=producer, user=a_user(), role=Role.OWNER)
    leave(own)
    leave(own)
    assert list(producer.memberships.all()) == [second]


def test_an_owner_of_one_house_gives_no_roles_in_another(owner: User, producer: Partner) -> None:
    stranger = a_user()
    a_producer(members=[stranger])
    own = producer.memberships.get()
    client = signed_in(stranger)
    for name in ("set-role", "let-go"):
        url = reverse(f"producers:{name}", args=[own.pk])
        assert client.post(url, {"role": "packer"}).status_code == 404
    own.refresh_from_db()
    assert own.role == Role.OWNER


def test_an_account_is_erased_after_its_application_was_withdrawn(applicant: User) -> None:
    application = an_application(applicant, status=Application.Status.WAITING)
    assert "Hãy rút đơn" in reasons_against(Person.of(applicant))[0]
    withdraw(application)
    assert reasons_against(Person.of(applicant)) == []
