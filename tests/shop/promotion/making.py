"""Campaigns and codes to arrange tests with."""

import re
from datetime import timedelta
from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from shop.promotion.deciding import approve
from shop.promotion.models import Campaign, PromoCode
from tests.factories import a_user

_number = count(1)


def a_campaign(name: str = "Tết quê", **facts: Any) -> Campaign:
    """Running since yesterday, leading to no page unless one is given."""
    facts = {"starts_on": timezone.localdate() - timedelta(days=1), **facts}
    return Campaign.objects.create(name=name, **facts)


def a_code(code: str = "", *, percent: int = 10, amount: int | None = None, **facts: Any) -> Any:
    """A proposed code, good since yesterday for a month: `percent` off, or `amount` đồng."""
    today = timezone.localdate()
    facts = {
        "campaign": facts.get("campaign") or a_campaign(f"Chiến dịch {next(_number)}"),
        "starts_on": today - timedelta(days=1),
        "ends_on": today + timedelta(days=30),
        "kind": PromoCode.Kind.PERCENT if amount is None else PromoCode.Kind.AMOUNT,
        "value": percent if amount is None else amount,
        **facts,
    }
    return PromoCode.objects.create(code=code or f"MA{next(_number):04d}", **facts)


def a_live_code(code: str = "", **facts: Any) -> Any:
    """As `a_code`, approved by somebody who may."""
    return approve(a_code(code, **facts), by=a_user())


def look_at(page: Any, client: Client | None = None, **who: str) -> None:
    """As a browser does: the page, then the picture in it."""
    client = client or Client()
    shown = client.get(page.url, **who)
    assert shown.status_code == 200
    pictures = re.findall(r'src="(/luot-xem/[^"]*)"', shown.content.decode())
    assert len(pictures) == 1
    assert client.get(pictures[0], **who).status_code == 200
