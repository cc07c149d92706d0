"""The house keeps its plan: what lies at the door, and migrations in step with models."""

import pytest
from django.conf import settings
from django.core.management import call_command

ROOMS = {
    "shop",
    "catalogue",
    "cms",
    "templates",
    "static",
    "tests",
    "bench",
    "docs",
    "deploy",
}
FILES = {
    "manage.py",
    "requirements.txt",
    "pyproject.toml",
    "Makefile",
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
}


def test_top_level_holds_exactly_what_the_plan_names() -> None:
    found = {
        entry.name
        for entry in settings.BASE_DIR.iterdir()
        if not entry.name.startswith((".", "__pycache__"))
    }
    assert found == ROOMS | FILES


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
