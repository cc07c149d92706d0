"""Sign-in by email, in any case of letters."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class EmailBackend(ModelBackend):
    """Django's own backend, asked with the email as it is stored."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> AbstractBaseUser | None:
        email = username or kwargs.pop("email", None)
        if email is None:
            return None
        return super().authenticate(
            request, username=email.strip().lower(), password=password, **kwargs
        )
