"""Whatever is sent, nothing answers 500, shows markup of a stranger, or leads away.

In the ordinary tests a few hundred requests, always the same. `python -m tests.fuzz` sends as many
as it is told: the same code, told by FUZZ_REQUESTS and FUZZ_SEED.
"""

import logging
import os
import random
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings

from shop.pagecache.counting import figures
from shop.pagecache.edition import look_again
from shop.pagecache.keeping import memory
from tests.full_house import House, a_full_house
from tests.fuzz.requests import Request, requests_to
from tests.fuzz.sending import Log, send
from tests.fuzz.targets import Target, our_addresses, targets_of

pytestmark = pytest.mark.django_db

#: Requests of the ordinary tests, and which of the possible ones they are.
USUAL, USUAL_SEED = 250, 1
#: Addresses whose pages are read for forms, for each role, in the ordinary tests.
ADDRESSES = 20
REQUESTS = int(os.environ.get("FUZZ_REQUESTS", USUAL))
SEED = int(os.environ.get("FUZZ_SEED", USUAL_SEED))
ROLES = ("guest", "buyer", "producer", "promoter", "staff")


@pytest.fixture
def house(settings: Any, tmp_path: Path) -> Iterator[House]:
    # As in production: public pages are kept for visitors without a session.
    settings.PAGE_CACHE_SECONDS = 60
    settings.PAGE_CACHE_SHARED = False
    settings.PAGE_CACHE_EDITION_FILE = tmp_path / "page-edition"
    settings.PAGE_CACHE_EDITION_FILE.write_bytes(b".")
    look_again()
    # What is refused and what breaks is told by the log of the run.
    logging.disable(logging.CRITICAL)
    yield a_full_house()
    logging.disable(logging.NOTSET)
    memory.clear()
    look_again()


def send_some(house: House, target: Target, count: int, log: Log) -> None:
    client = house.clients[target.role]
    # Never signed in, nothing in a basket: gets pages that were kept for somebody else.
    visitor = Client(raise_request_exception=False)

    @seed(zlib.crc32(f"{SEED} {target}".encode()))
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        # Faults are gathered and not made smaller: one run names them all.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(request=requests_to(target))
    def each(request: Request) -> None:
        send(client, request, log)
        if target.role == "guest" and request.method == "GET":
            asked = replace(request, target=replace(target, role="visitor"))
            memory.clear()
            for anew in (True, False):
                send(visitor, asked, log, anew=anew)

    each()


def some_targets(house: House, dice: random.Random) -> list[Target]:
    """All of them for a long run; those of a few addresses for each role in the ordinary tests."""
    found: list[Target] = []
    for role in ROLES:
        among = None if REQUESTS > USUAL else dice.sample(our_addresses(), ADDRESSES)
        found += targets_of(house, role, among)
    dice.shuffle(found)
    return found if REQUESTS > USUAL else found[:REQUESTS]


def test_nothing_that_is_sent_breaks_a_page(house: House) -> None:
    log = Log()
    targets = some_targets(house, random.Random(SEED))
    while log.sent < REQUESTS:
        left = REQUESTS - log.sent
        for number, target in enumerate(targets):
            send_some(house, target, max(1, left // len(targets)), log)
            if REQUESTS > USUAL and number % 100 == 0:
                print(f"{log.sent} of {REQUESTS}, {len(log.faults)} faults", flush=True)
            if log.sent >= REQUESTS:
                break
    print(f"{len(targets)} targets, {log}\nkept pages: {figures()}")
    assert not log.faults, log
