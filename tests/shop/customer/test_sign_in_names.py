"""Signing in by email or by telephone number, and what closes the door."""

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from shop.users.models import User
from shop.users.names import account_name

pytestmark = pytest.mark.django_db

PASSWORD = "bánh mật lá chuối 88"
SPELLINGS = ("0912345678", "0912 345 678", "+84912345678", "84 912 345 678", "+84 912.345.678")
REFUSAL = "Email, số điện thoại hoặc mật khẩu chưa đúng"


@pytest.fixture
def hoa() -> User:
    return User.objects.create_user("hoa@example.vn", PASSWORD, phone="+84912345678")


def sign_in(client: Client, name: str, password: str = PASSWORD):
    return client.post(reverse("customer:login"), {"username": name, "password": password})


@pytest.mark.parametrize("typed", [*SPELLINGS, "HOA@example.vn ", "hoa@example.vn"])
def test_every_spelling_of_a_name_opens_the_one_account(
    hoa: User, client: Client, typed: str
) -> None:
    assert sign_in(client, typed).headers["Location"] == reverse("customer:summary")
    assert int(client.session["_auth_user_id"]) == hoa.pk


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("0912345678", "sai mật khẩu"),
        ("hoa@example.vn", "sai mật khẩu"),
        ("0987654321", PASSWORD),
        ("ai@example.vn", PASSWORD),
        ("đâu phải tên", PASSWORD),
    ],
)
def test_every_failure_is_told_in_the_same_words(
    hoa: User, client: Client, name: str, password: str
) -> None:
    page = sign_in(client, name, password).content.decode()
    assert REFUSAL in page
    assert f'value="{name}"' in page


def test_a_closed_account_is_told_in_the_same_words(hoa: User, client: Client) -> None:
    User.objects.filter(pk=hoa.pk).update(is_active=False)
    assert REFUSAL in sign_in(client, "0912345678").content.decode()


def test_the_number_of_nobody_names_nobody(hoa: User) -> None:
    assert account_name("0912 345 678") == "hoa@example.vn"
    assert account_name("0987 654 321") == "+84987654321"
    assert account_name("   ") == "-"


def test_wrong_passwords_are_counted_together_for_all_spellings(
    hoa: User, settings, client: Client
) -> None:
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 4
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "axes.middleware.AxesMiddleware"]
    for name in ("0912345678", "HOA@example.vn", "+84 912 345 678"):
        assert sign_in(client, name, "sai").status_code == 200
    assert set(AccessAttempt.objects.values_list("username", flat=True)) == {"hoa@example.vn"}
    assert sign_in(client, "hoa@example.vn", "sai").status_code == 429
    # The right password opens nothing now, whichever name is typed.
    assert sign_in(client, "0912 345 678").status_code == 429
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("ngắn 8", "ít nhất 10"),
        ("1234567890", "phổ biến"),
        ("hoa@example.vn", "giống"),
        ("09123456789", "toàn"),
    ],
)
def test_weak_passwords_are_refused_in_vietnamese(
    hoa: User, client: Client, password: str, why: str
) -> None:
    sign_in(client, "hoa@example.vn")
    page = client.post(
        reverse("customer:change-password"),
        {"old_password": PASSWORD, "new_password1": password, "new_password2": password},
    ).content.decode()
    hoa.refresh_from_db()
    assert why in page and hoa.check_password(PASSWORD)
