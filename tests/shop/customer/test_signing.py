"""Signing up, in, out, and a forgotten password."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from shop.users.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "bánh mật lá chuối 88"


def a_buyer(email: str = "hoa@example.vn", **fields: str) -> User:
    return User.objects.create_user(email, PASSWORD, first_name="Nguyễn Thị Hoa", **fields)


def sign_up_form(**changes: str) -> dict[str, str]:
    return {
        "first_name": "Trần Văn Lục",
        "email": "Luc@Example.vn",
        "phone": "0912 345 678",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **changes,
    }


def test_a_stranger_signs_up_and_is_signed_in(client: Client) -> None:
    response = client.post(reverse("customer:register"), sign_up_form())
    assert response.status_code == 302
    user = User.objects.get(email="luc@example.vn")
    assert (user.first_name, user.phone) == ("Trần Văn Lục", "+84912345678")
    assert client.get(reverse("customer:summary")).status_code == 200


def test_signing_up_returns_to_the_page_one_came_from(client: Client) -> None:
    response = client.post(reverse("customer:register"), sign_up_form(next="/gio-hang/"))
    assert response.headers["Location"] == "/gio-hang/"


@pytest.mark.parametrize("asked", ["https://example.com/lua-dao", "//example.com/", "NaN"])
def test_signing_up_never_leads_to_another_site(client: Client, asked: str) -> None:
    response = client.post(reverse("customer:register"), sign_up_form(next=asked))
    assert response.headers["Location"] == reverse("customer:summary")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "khong phai email"}, "email"),
        ({"phone": "12345"}, "Số điện thoại chưa đúng"),
        ({"password2": "khác hẳn"}, "Hai mật khẩu chưa giống nhau"),
        ({"password1": "12345678", "password2": "12345678"}, "ít nhất 10"),
        ({"first_name": ""}, "bắt buộc"),
    ],
)
def test_a_refused_form_says_why_beside_the_field_and_keeps_what_was_typed(
    client: Client, change: dict[str, str], words: str
) -> None:
    form = sign_up_form(**change)
    response = client.post(reverse("customer:register"), form)
    assert response.status_code == 200
    page = response.content.decode()
    assert words.lower() in page.lower()
    assert f'value="{form["email"]}"' in page
    assert not User.objects.exists()


def test_one_email_has_one_account_whatever_the_case(client: Client) -> None:
    a_buyer("luc@example.vn")
    response = client.post(reverse("customer:register"), sign_up_form(email="LUC@example.VN"))
    assert "đã có tài khoản" in response.content.decode()
    assert User.objects.count() == 1


def test_one_phone_belongs_to_one_account(client: Client) -> None:
    a_buyer(phone="+84912345678")
    response = client.post(reverse("customer:register"), sign_up_form())
    assert "đã thuộc một tài khoản khác" in response.content.decode()


def test_a_buyer_signs_in_by_email_in_any_case_of_letters(client: Client) -> None:
    a_buyer()
    response = client.post(
        reverse("customer:login"), {"username": "HOA@example.vn", "password": PASSWORD}
    )
    assert response.headers["Location"] == reverse("customer:summary")


def test_a_wrong_password_says_so_and_keeps_the_email(client: Client) -> None:
    a_buyer()
    response = client.post(
        reverse("customer:login"), {"username": "hoa@example.vn", "password": "sai rồi"}
    )
    page = response.content.decode()
    assert "Email, số điện thoại hoặc mật khẩu chưa đúng" in page
    assert 'value="hoa@example.vn"' in page


def test_signing_in_never_leads_to_another_site(client: Client) -> None:
    a_buyer()
    response = client.post(
        reverse("customer:login"),
        {"username": "hoa@example.vn", "password": PASSWORD, "next": "//example.com/"},
    )
    assert response.headers["Location"] == reverse("customer:summary")


def test_signing_out_needs_a_button_not_a_link(client: Client) -> None:
    client.force_login(a_buyer(), backend="shop.users.backends.EmailBackend")
    assert client.get(reverse("customer:logout")).status_code == 405
    client.post(reverse("customer:logout"))
    assert client.get(reverse("customer:summary")).status_code == 302


@pytest.mark.parametrize(
    "name", ["summary", "order-list", "address-list", "address-create", "profile-update"]
)
def test_a_visitor_is_asked_to_sign_in_and_comes_back(client: Client, name: str) -> None:
    url = reverse(f"customer:{name}")
    response = client.get(url)
    assert response.headers["Location"] == f"{reverse('customer:login')}?next={url}"


@pytest.mark.django_db(transaction=True)
def test_a_forgotten_password_is_set_anew_by_a_letter_once(client: Client) -> None:
    a_buyer()
    client.post(reverse("customer:password-forgot"), {"email": "Hoa@example.vn"})
    assert len(mail.outbox) == 1
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)
    assert link is not None
    form = client.get(link.group(1), follow=True)
    address = form.redirect_chain[-1][0]
    new = {"new_password1": "một mật khẩu mới 99", "new_password2": "một mật khẩu mới 99"}
    client.post(address, new)
    assert User.objects.get().check_password("một mật khẩu mới 99")
    again = Client().get(link.group(1), follow=True)
    assert "đã dùng hoặc đã quá hạn" in again.content.decode()


def test_an_unknown_email_is_answered_the_same_and_gets_no_letter(client: Client) -> None:
    response = client.post(reverse("customer:password-forgot"), {"email": "ai@example.vn"})
    assert response.headers["Location"] == reverse("customer:password-forgot-sent")
    assert not mail.outbox
