"""What a visitor looked at lately: keys of products in a cookie, and nothing of the person."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from oscar.apps.customer import history

#: Keys of products are not larger on either database.
LARGEST_KEY = 2**63 - 1


class CustomerHistoryManager(history.CustomerHistoryManager):
    @classmethod
    def extract(cls, request: HttpRequest, response: HttpResponse | None = None) -> list[int]:
        """Keys in the cookie, the latest last; whatever else somebody wrote into it is left out."""
        found: list[Any] = super().extract(request, response)
        keys = [key for key in found if type(key) is int and 0 < key <= LARGEST_KEY]
        return keys[-cls.max_products :]

    @classmethod
    def keys(cls, request: HttpRequest) -> list[int]:
        """Keys of what was looked at, the latest first."""
        return cls.extract(request)[::-1]
