"""What a stranger cannot make the shop write, tell or open, however often they try."""

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from shop.communication.models import Letter
from shop.limits.mailboxes import count_letter
from shop.users.models import User
from tests.factories import a_buyer, signed_in

pytestmark = pytest.mark.django_db

PASSWORD = "bánh mật lá chuối 88"
LETTERS_TO_A_MAILBOX = 5


def sign_up(email: str, **changes: str):
    form = {"first_name": "Trần Văn Lục", "email": email, "phone": "", "password1": PASSWORD}
    return Client().post(
        reverse("customer:register"), {**form, "password2": PASSWORD, **changes}, follow=True
    )


def test_a_mailbox_is_not_flooded_with_links_for_a_new_password() -> None:
    user = a_buyer()
    pages = {
        Client().post(reverse("customer:password-forgot"), {"email": user.email})["Location"]
        for _time in range(LETTERS_TO_A_MAILBOX + 4)
    }
    assert pages == {reverse("customer:password-forgot-sent")}
    assert Letter.objects.filter(event_code="PASSWORD_RESET").count() == LETTERS_TO_A_MAILBOX


def test_what_follows_a_plus_makes_no_other_mailbox() -> None:
    for spelling in ("hoa@example.vn", "Hoa+1@example.vn", "hoa+cho.que+2@EXAMPLE.VN"):
        usage = count_letter(spelling, what="password")
    assert usage.count == 3
    assert count_letter("hoang@example.vn", what="password").count == 1
    assert count_letter("hoa@example.com", what="password").count == 1


def test_spellings_of_one_mailbox_share_its_letters_and_are_written_to_as_typed() -> None:
    users = [a_buyer(email=f"hoa+{number}@example.vn") for number in range(3)]
    for _time in range(LETTERS_TO_A_MAILBOX):
        for user in users:
            Client().post(reverse("customer:password-forgot"), {"email": user.email})
    letters = Letter.objects.filter(event_code="PASSWORD_RESET").values_list("to", flat=True)
    assert sorted(letters) == sorted([users[0].email] * 2 + [users[1].email] * 2 + [users[2].email])


def test_one_network_signs_up_and_asks_for_names_only_so_often(settings: LazySettings) -> None:
    settings.RATE_LIMITS_ON = True
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "sign-up": "3/h"}
    a_buyer(email="co@example.vn")
    for number in range(3):
        sign_up(f"{number}@example.vn", first_name="")
    assert sign_up("co@example.vn").status_code == 429
    assert sign_up("moi@example.vn").status_code == 429
    assert not User.objects.filter(email="moi@example.vn").exists()


def test_no_name_is_in_letters_to_an_address_that_was_not_proved() -> None:
    sign_up("ai@example.vn", first_name="BẠN TRÚNG THƯỞNG")
    Client().post(reverse("customer:password-forgot"), {"email": "ai@example.vn"})
    letters = Letter.objects.filter(to="ai@example.vn")
    assert set(letters.values_list("event_code", flat=True)) == {"EMAIL_CONFIRM", "PASSWORD_RESET"}
    for letter in letters:
        assert "TRÚNG THƯỞNG" not in letter.subject + letter.text + letter.html
        assert "Chào bạn," in letter.text


@pytest.mark.parametrize(
    "name", ["Quà https://evil.vn", "www.evil", "nhận tại evil.example", "evil.vn/qua", "a@b.vn"]
)
def test_a_name_with_a_link_is_refused_at_sign_up_and_in_the_profile(name: str) -> None:
    page = sign_up("luc@example.vn", first_name=name).content.decode()
    assert "không được chứa địa chỉ trang web" in page
    assert not User.objects.exists()
    form = {"first_name": name, "phone": "", "language": "vi"}
    page = signed_in(a_buyer()).post(reverse("customer:profile-update"), form).content.decode()
    assert "không được chứa địa chỉ trang web" in page


@pytest.mark.parametrize(
    "name", ["Ng. Văn A", "Ng.Văn A", "T.M. Hoa", "Trần Thị B.", "Y Moan Ênuôl"]
)
def test_names_of_people_are_not_taken_for_links(name: str) -> None:
    sign_up("luc@example.vn", first_name=name)
    assert User.objects.get().first_name == name


def test_the_old_password_is_not_guessed_without_end() -> None:
    user = User.objects.create_user("hoa@example.vn", PASSWORD)
    client = signed_in(user)
    new = {"new_password1": "một mật khẩu mới 99", "new_password2": "một mật khẩu mới 99"}
    for _time in range(10):
        page = client.post(reverse("customer:change-password"), {"old_password": "sai", **new})
        assert "Mật khẩu cũ chưa đúng" in page.content.decode()
    page = client.post(reverse("customer:change-password"), {"old_password": PASSWORD, **new})
    assert "Sai nhiều lần quá" in page.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("language", ["", "/en"])
def test_there_is_one_door_for_the_password(language: str) -> None:
    response = Client().post(f"{language}/_util/login/?next=/x/", {"username": "a"})
    assert response["Location"] == f"{language}/tai-khoan/dang-nhap/?next=/x/"
