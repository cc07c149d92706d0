"""Sign-in by email in any case of letters, or by the account's telephone number."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

if TYPE_CHECKING:
    from shop.users.models import User


class EmailBackend(ModelBackend):
    """Django's own backend, asked with the email as it is stored."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> "User | None":
        from shop.users.names import account_name

        typed = username or kwargs.pop("email", None)
        if typed is None:
            return None
        return super().authenticate(
            request, username=account_name(typed), password=password, **kwargs
        )
