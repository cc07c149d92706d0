"""GHN over HTTP: its public contract (api.ghn.vn/home/docs), one function a request.

Answers are `{"code": 200, "message": …, "data": …}`; any other code is a refusal.
"""

from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings

#: Seconds to be connected, and to be answered.
TIMEOUT = (5, 20)


class GhnError(Exception):
    """GHN did not do what it was asked for. The message is GHN's own, or what went wrong."""


class GhnUnreachable(GhnError):
    """Nobody answered, or not in GHN's language: it may have been done or not."""


class GhnRefused(GhnError):
    """GHN said no."""


def provinces() -> list[dict[str, Any]]:
    return list(_ask("GET", "master-data/province") or [])


def districts(province_id: int) -> list[dict[str, Any]]:
    return list(_ask("POST", "master-data/district", {"province_id": province_id}) or [])


def wards(district_id: int) -> list[dict[str, Any]]:
    return list(_ask("POST", "master-data/ward", {"district_id": district_id}) or [])


def fee(asked: dict[str, Any]) -> dict[str, Any]:
    return dict(_ask("POST", "v2/shipping-order/fee", asked))


def create(asked: dict[str, Any]) -> dict[str, Any]:
    return dict(_ask("POST", "v2/shipping-order/create", asked))


def detail_of(client_code: str) -> dict[str, Any] | None:
    """An order by our own code; None where GHN has none."""
    try:
        found = _ask(
            "POST",
            "v2/shipping-order/detail-by-client-code",
            {"client_order_code": client_code},
        )
    except GhnRefused:
        return None
    if isinstance(found, list):
        found = found[0] if found else None
    return dict(found) if found else None


def cancel(order_code: str) -> None:
    done = _ask("POST", "v2/switch-status/cancel", {"order_codes": [order_code]})
    for each in done or []:
        if isinstance(each, dict) and each.get("result") is False:
            raise GhnRefused(str(each.get("message") or "not cancelled"))


def label_address(order_code: str) -> str:
    """Where the label is printed from, for half an hour."""
    token = str(dict(_ask("POST", "v2/a5/gen-token", {"order_codes": [order_code]}))["token"])
    base = urlsplit(settings.GHN_BASE_URL)
    return f"{base.scheme}://{base.netloc}/a5/public-api/printA5?token={token}"


def _ask(method: str, path: str, asked: dict[str, Any] | None = None) -> Any:
    headers = {"Token": settings.GHN_TOKEN, "ShopId": str(settings.GHN_SHOP_ID)}
    url = f"{settings.GHN_BASE_URL.rstrip('/')}/{path}"
    try:
        response = requests.request(
            method, url, json=asked, headers=headers, timeout=TIMEOUT, allow_redirects=False
        )
    except requests.RequestException as error:
        raise GhnUnreachable(type(error).__name__) from error
    try:
        answer = response.json()
        code, message = int(answer["code"]), str(answer.get("message", ""))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GhnUnreachable(f"HTTP {response.status_code}") from error
    if response.status_code >= 500:
        raise GhnUnreachable(message or f"HTTP {response.status_code}")
    if response.status_code >= 400 or code != 200:
        raise GhnRefused(message or f"code {code}")
    return answer.get("data")
