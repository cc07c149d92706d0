"""What the shop stands on: pinned with hashes, each licence known and free."""

import re
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
LISTS = ("requirements.txt", "tests/requirements.txt")
#: Licences under which the shop may be run and passed on, as packages name them.
FREE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|MPL|Mozilla Public|LGPL|PSF|Python Software Foundation|Unlicense|HPND)"
)


def pinned(list_: str) -> dict[str, str]:
    """Each package of a list with what stands in its lines."""
    found = re.split(r"^(?=[A-Za-z0-9])", (BASE / list_).read_text(), flags=re.MULTILINE)
    return {
        part.split("==")[0].split("[")[0].lower(): part
        for part in found
        if part.strip() and not part.startswith("#")
    }


@pytest.mark.parametrize("list_", LISTS)
def test_every_package_is_pinned_with_its_hashes(list_: str) -> None:
    for name, part in pinned(list_).items():
        assert re.match(r"\S+==\S+", part), name
        assert "--hash=sha256:" in part, name


def test_every_licence_is_listed_and_free() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (BASE / "docs/licences.md").read_text().splitlines()
        if line.startswith("|")
    ][2:]
    listed = {re.sub(r"[-_.]+", "-", name).lower(): licence for name, licence, _url in rows}
    needed = {re.sub(r"[-_.]+", "-", name) for name in pinned("requirements.txt")}
    assert needed - listed.keys() == set(), "make licences"
    not_free = {name: licence for name, licence in listed.items() if not FREE.search(licence)}
    assert not_free == {}
