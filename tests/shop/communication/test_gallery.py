"""Every letter in both languages: nothing missing, nothing untranslated, every link whole."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation.template import templatize

from shop.communication.letters import Letter
from shop.communication.wording.kinds import KINDS
from tests.shop.communication.gallery import write_all

pytestmark = pytest.mark.django_db

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates", "emails").glob("*.*"))
#: What a fact that is not there looks like.
NOTHING = re.compile(r"\bNone\b|\{\{|\{%|%\(\w+\)s")
MESSAGE = re.compile(r"gettext\((?:u?)('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\)")


@pytest.fixture(params=["vi", "en"])
def written(request: pytest.FixtureRequest) -> list[Letter]:
    return write_all(request.param)


def test_every_kind_of_letter_is_whole(written: list[Letter]) -> None:
    assert set(KINDS) - {letter.event_code for letter in written} == set()
    for letter in written:
        name = f"{letter.event_code} {letter.language}"
        assert letter.subject and len(letter.subject) <= 250, name
        assert len(letter.text.split()) >= 8, name
        assert letter.html.count("<h1") == 1, name
        for part in (letter.subject, letter.text, letter.html):
            assert not NOTHING.search(part), (name, NOTHING.search(part))


def test_every_link_is_whole_and_in_the_letters_language(written: list[Letter]) -> None:
    for letter in written:
        links = re.findall(r'href="([^"]*)"', letter.html) + re.findall(
            r"https?://\S+", letter.text
        )
        assert links
        for link in links:
            assert link.startswith(("http://", "https://")), (letter.event_code, link)
            if link.startswith(f"{settings.BASE_URL}/") and letter.language == "en":
                path = link.removeprefix(settings.BASE_URL)
                assert path.startswith(("/en/", "/lo/")), (letter.event_code, link)


def test_a_letter_loads_nothing_from_elsewhere(written: list[Letter]) -> None:
    for letter in written:
        assert not re.search(r"<(?:script|img|link|style)\b", letter.html), letter.event_code


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_sentence_of_a_letter_has_its_english(template: Path) -> None:
    found = [
        message[1:-1]
        for message in MESSAGE.findall(templatize(template.read_text(), origin=str(template)))
    ]
    with translation.override("en"):
        missing = [words for words in found if translation.gettext(words) == words]
    assert missing == []
