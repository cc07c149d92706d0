"""Passwords: anything long, as it is typed, kept so that a stolen table is of little use."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.urls import reverse

from shop.users.models import User
from tests.factories import a_shop

pytestmark = pytest.mark.django_db

LONG = (
    "mật ong rừng bạc hà 🍯",
    "  khoảng trắng ở hai đầu  ",
    "x9" * 64,
    "zażółć gęślą jaźń ☃",
    "'; DROP TABLE users; --",
)


@pytest.mark.parametrize("password", LONG)
def test_any_long_password_is_taken_as_it_is_typed(password: str) -> None:
    a_shop()
    typed = {"first_name": "Lan", "email": "lan@example.vn"}
    both = {"password1": password, "password2": password}
    assert Client().post(reverse("customer:register"), {**typed, **both}).status_code == 302
    assert User.objects.get().check_password(password)
    for other in (password[:-1], password.strip() + "!", password.swapcase()):
        assert not User.objects.get().check_password(other)
    page = Client()
    sent = page.post(
        reverse("customer:login"), {"username": "lan@example.vn", "password": password}
    )
    assert sent.status_code == 302


def test_passwords_are_kept_by_a_slow_hash() -> None:
    from django.conf import global_settings

    # Tests have a quick one; production has Django's own.
    assert PBKDF2PasswordHasher.iterations >= 600_000
    assert global_settings.PASSWORD_HASHERS[0].endswith("PBKDF2PasswordHasher")
    import shop.settings

    assert not hasattr(shop.settings, "PASSWORD_HASHERS")
    assert settings.PASSWORD_HASHERS  # of the tests


@pytest.mark.parametrize("name", ["customer:login", "customer:register"])
def test_fields_of_passwords_hide_what_is_typed_and_let_managers_fill_them(name: str) -> None:
    a_shop()
    page = Client().get(reverse(name)).content.decode()
    assert 'type="password"' in page
    assert 'autocomplete="current-password"' in page or 'autocomplete="new-password"' in page
    assert "onpaste" not in page
