"""manage.py flush, as Django calls it after a test that commits.

Django's own empties every table, and with them what migrations wrote: Wagtail's root page, sites,
content types, countries. Ours brings back the template.
"""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from tests.database.current import current


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        connections[options["database"]].close()
        current().restore()
