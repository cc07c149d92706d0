"""What a process reads when it starts, so that its first visitor need not wait for it."""

import logging

from django.conf import settings
from django.db import DatabaseError, connection
from django.template import engines

from catalogue.browse.keeping import shelf_today
from shop.health.checks import expected_migrations

logger = logging.getLogger(__name__)


def warm_up() -> None:
    """The shelf, for visitors; what `/readyz/` compares the database with, for load balancers."""
    read_shelf()
    expected_migrations()


def read_templates() -> None:
    """All of the shop's templates, into the memory that the server's processes share.

    They are of this version then: whoever serves while the next one is put in its place does not
    show half of it.
    """
    folder = settings.BASE_DIR / "templates"
    for path in folder.rglob("*"):
        if path.is_file():
            engines["django"].get_template(path.relative_to(folder).as_posix())


def read_shelf() -> None:
    """Read the shelf: seconds, where there are many products. Never in the way of the start."""
    try:
        shelf_today()
    except DatabaseError:
        logger.warning("the shelf was not read at the start; the first visitor does it")
    finally:
        connection.close()
