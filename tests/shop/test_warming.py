"""What a server reads before its processes part."""

from pathlib import Path
from typing import Any

from django.template import engines
from django.template.loader import render_to_string

from shop import serving
from shop.warming import read_templates


def test_page_is_shown_as_it_was_when_the_server_started(settings: Any, tmp_path: Path) -> None:
    """The next version is put in its place while this one serves. No query: nothing is shared."""
    settings.BASE_DIR = tmp_path
    page = tmp_path / "templates" / "parts" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text("of this version")
    (template,) = settings.TEMPLATES
    settings.TEMPLATES = [{**template, "DIRS": [tmp_path / "templates"]}]
    read_templates()
    page.write_text("of the next version")
    assert render_to_string("parts/page.html") == "of this version"


def test_server_reads_every_template_of_the_shop(settings: Any) -> None:
    settings.DEMO_MODE = False
    (loader,) = engines["django"].engine.template_loaders
    serving.when_ready(None)
    folder = settings.BASE_DIR / "templates"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files <= loader.get_template_cache.keys()
