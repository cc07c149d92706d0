"""The shop asks no machine that a stranger names: what speaks outwards is known and few.

Embeds, links, pictures by address and feeds are where servers are made to ask inside their own
network (SSRF); none of them is fetched here.
"""

import ast
import socket
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedException

from cms.blocks.video import VideoBlock, video_link
from shop.users.models import User
from tests.factories import PASSWORD, a_shop, signed_in
from tests.full_house import a_full_house
from tests.fuzz.targets import targets_of

pytestmark = pytest.mark.django_db

#: Modules that speak outwards, and to whom: hosts of the settings, never of a request.
SPEAKS = {
    "catalogue/lookup/backends/opensearch.py": "OPENSEARCH_URL",
    "shop/carriers/ghn/client.py": "GHN_BASE_URL",
}
CLIENTS = {"requests", "urllib.request", "urllib3", "http.client", "httpx", "aiohttp", "socket"}
INSIDE = (
    *("http://127.0.0.1:6379/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/"),
    *("http://localhost/", "file:///etc/passwd", "gopher://127.0.0.1/", "http://0/", "//10.0.0.1/"),
    *("http://www.youtube.com@127.0.0.1/watch?v=aaaaaaaaaaa", "http://127.0.0.1#youtube.com"),
    *(
        "http://youtube.com.ke-xau.example/watch?v=aaaaaaaaaaa",
        "ftp://youtube.com/embed/aaaaaaaaaaa",
    ),
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every attempt to speak to a machine; each fails."""
    found: list[Any] = []

    def refuse(self: Any, address: Any) -> None:
        found.append(address)
        raise OSError("nobody is asked in this test")

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: refuse(None, args[:2]))
    return found


def test_only_the_named_modules_speak_outwards() -> None:
    found = set()
    for room in ("catalogue", "shop", "cms"):
        for file in (Path(settings.BASE_DIR) / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                if CLIENTS & set(names):
                    found.add(str(file.relative_to(settings.BASE_DIR)))
    assert found == set(SPEAKS)


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_is_embedded(address: str, asked: list[Any]) -> None:
    assert settings.WAGTAILEMBEDS_FINDERS == []
    with pytest.raises(EmbedException):
        get_embed(address)
    staff = signed_in(User.objects.create_superuser("chu@example.vn", PASSWORD))
    staff.post(reverse("wagtailembeds:chooser_upload"), {"embed-chooser-url": address})
    assert asked == []


@pytest.mark.parametrize("address", INSIDE)
def test_a_video_is_a_link_to_a_known_site_or_nothing(address: str, asked: list[Any]) -> None:
    assert video_link(address) is None
    assert VideoBlock().child_blocks["url"] is not None
    assert asked == []


def test_no_form_of_the_shop_fetches_the_address_that_is_typed_into_it(asked: list[Any]) -> None:
    """Every field of every form that a producer sees gets an address inside; nobody is asked."""
    house = a_full_house()
    client, sent = house.client("producer"), 0
    for target in targets_of(house, "producer"):
        if target.method == "POST" and "dang-xuat" not in target.path:
            typed = {f.name: INSIDE[1] for f in target.fields if f.kind not in ("file", "hidden")}
            kept = {f.name: f.value for f in target.fields if f.kind == "hidden"}
            client.post(target.path, {**kept, **typed})
            sent += 1
    assert sent > 40
    assert asked == []


def test_a_callback_address_in_a_message_of_a_teller_is_not_followed(asked: list[Any]) -> None:
    a_shop()
    for path in ("/webhooks/sepay/", "/webhooks/stripe/", "/webhooks/van-chuyen/ghn/"):
        Client().post(path, {"url": INSIDE[1], "callback": INSIDE[0]}, "application/json")
    assert asked == []
