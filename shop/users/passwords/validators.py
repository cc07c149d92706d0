"""Passwords that are known to whoever guesses."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shop.users.passwords.listing import PasswordList


class KnownPasswordValidator:
    """Refuses what stands in the list `PASSWORD_LIST`; nobody else is asked."""

    def validate(self, password: str, user: Any = None) -> None:
        plain = unicodedata.normalize("NFC", password)
        known = _list(settings.PASSWORD_LIST)
        if any(spelling in known for spelling in {password, plain, plain.lower()}):
            raise ValidationError(
                _(
                    "Mật khẩu này nằm trong danh sách mật khẩu đã bị lộ mà kẻ xấu hay thử. "
                    "Hãy chọn mật khẩu khác, ví dụ bốn từ không liên quan."
                ),
                code="password_known",
            )

    def get_help_text(self) -> str:
        return _("Mật khẩu không được nằm trong danh sách đã bị lộ.")


@cache
def _list(path: Path) -> PasswordList:
    return PasswordList(path)
