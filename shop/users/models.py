"""People who sign in: buyers, producers' members, promoters, moderators, staff."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.customer.abstract_models import AbstractUser

from shop.users.device import Device

__all__ = ["Device", "User"]


class User(AbstractUser):
    """One account, known by its email; `first_name` holds the whole name (họ và tên).

    `phone` is E.164 (`+84912345678`) and, when given, belongs to one account only: it names the
    account at sign-in (`shop.users.names`). `email_verified_at` says since when it is known that
    letters reach their owner; what was bought without an account may be claimed from then on.
    """

    first_name = models.CharField(_("Họ và tên"), max_length=255, blank=True)
    #: Unused; Wagtail's user forms and Oscar ask for it.
    last_name = models.CharField(max_length=255, blank=True, default="")
    phone = models.CharField(_("Điện thoại"), max_length=16, null=True, blank=True, unique=True)
    email_verified_at = models.DateTimeField(_("Xác nhận email lúc"), null=True, blank=True)
    language = models.CharField(
        _("Ngôn ngữ"), max_length=5, choices=settings.LANGUAGES, default="vi"
    )
    #: Sessions hold in the round that they began in; only `shop.users.devices` counts it up.
    session_round = models.PositiveIntegerField(default=0, editable=False)

    if TYPE_CHECKING:  # Oscar's
        email: str

    class Meta:
        verbose_name = _("Tài khoản")
        verbose_name_plural = _("Tài khoản")

    def save(self, *args: object, **kwargs: object) -> None:
        # Addresses differ in case only by accident, and sign-in must find the one account.
        self.email = self.email.strip().lower()
        self.phone = self.phone or None
        super().save(*args, **kwargs)

    def get_session_auth_hash(self) -> str:
        """What Django compares a session with at each request: the password, and the round."""
        return self._in_this_round(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same by the secret keys before this one."""
        return map(self._in_this_round, super().get_session_auth_fallback_hash())

    def _in_this_round(self, password_hash: str) -> str:
        return f"{password_hash}.{self.session_round}"

    def get_full_name(self) -> str:
        return self.first_name or self.email

    def __str__(self) -> str:
        return self.get_full_name()
