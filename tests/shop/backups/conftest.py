"""A shop with money in it and files, its backup, and another place to bring it back to."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as shop_settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.test import override_settings

from shop.backups.databases import database_of
from shop.backups.making import make_backup
from shop.backups.place import Place
from shop.payment.receiving import receive
from tests.database.current import current
from tests.factories import a_product, an_order
from tests.shop.payment.paying import CASH, PREPAID, a_prepaid_order, a_sum

PICTURE, PAPER = "original_images/mat-ong.jpg", "papers/giay-phép.pdf"


def place_at(folder: Path) -> Place:
    """The tests' database, with storages that are folders."""
    folders = {name: FileSystemStorage(folder / name) for name in ("default", "private")}
    return Place(database_of(shop_settings.DATABASES["default"]), dict(folders))


def fill(place: Place) -> None:
    """A cash order, a paid one of 125.000 ₫ and two files."""
    with override_settings(PAYMENT_METHODS=[CASH, PREPAID]):
        an_order(a_product(price=45_000, stock=5), 2, payment="cod")
        receive(a_sum(a_prepaid_order()))
    place.storages["default"].save(PICTURE, ContentFile(b"picture" * 1000))
    place.storages["private"].save(PAPER, ContentFile(b"%PDF-paper"))


@pytest.fixture
def shop(transactional_db: None, tmp_path: Path) -> Place:
    """A shop that lives: its rows are committed, other connections see them."""
    place = place_at(tmp_path / "shop")
    fill(place)
    return place


@pytest.fixture(scope="session")
def one_archive(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> bytes:
    """The backup of such a shop, made once: most tests only bring it back."""
    folder = tmp_path_factory.mktemp("shop")
    with django_db_blocker.unblock():
        place = place_at(folder)
        fill(place)
        made = make_backup(place, folder / "backups").read_bytes()
        current().restore()
    return made


@pytest.fixture
def archive(one_archive: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "backups" / "phien-cho-20261127T193000Z.tar"
    path.parent.mkdir()
    path.write_bytes(one_archive)
    return path


@pytest.fixture
def elsewhere(db: None, tmp_path: Path) -> Iterator[Place]:
    """A fresh place with an empty database and empty folders."""
    place = place_at(tmp_path / "elsewhere")
    with place.database.scratch() as database:
        yield Place(database, place.storages)
