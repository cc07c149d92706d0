"""English is whole: every catalogue is translated, nothing fuzzy, compiled as it is written."""

import ast
import gettext
from pathlib import Path

import pytest
from django.conf import settings

CATALOGUES = sorted(
    path
    for room in ("catalogue", "shop", "cms")
    for path in Path(settings.BASE_DIR, room).glob("**/locale/*/LC_MESSAGES/django.po")
)


def entries(text: str) -> list[str]:
    """The blocks of a catalogue after its head."""
    return [block for block in text.split("\n\n")[1:] if "msgid" in block and "#~" not in block]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "/".join(path.parts[-5:-3]))
def test_nothing_is_left_untranslated_or_fuzzy(path: Path) -> None:
    for block in entries(path.read_text()):
        assert "fuzzy" not in block
        assert not block.rstrip().endswith('msgstr ""'), block


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "/".join(path.parts[-5:-3]))
def test_the_compiled_catalogue_is_the_written_one(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    written = set(entries(path.read_text()))
    messages = {key if isinstance(key, str) else key[0] for key in compiled} - {""}
    assert len(messages) == len(written)


ROOMS = [Path(settings.BASE_DIR, room) for room in ("catalogue", "shop", "cms")]


def test_no_words_stand_inside_of_an_f_string() -> None:
    """`makemessages` does not see them there: they would stay Vietnamese."""
    for path in (found for room in ROOMS for found in room.rglob("*.py")):
        told = [
            call.func.id
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.JoinedStr)
            for call in ast.walk(node)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        ]
        assert not {"_", "gettext", "ngettext", "pgettext"} & set(told), path
