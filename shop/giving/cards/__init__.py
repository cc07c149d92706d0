"""Designs of greeting cards."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Design:
    code: str
    label: str | Promise


def designs() -> list[Design]:
    return [Design("plain", _("Thiệp trơn"))]


def design_of(code: str) -> Design:
    return designs()[0]
