"""What the code never does, read from the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

BASE = Path(settings.BASE_DIR)
#: Drawings and goods of the demo shop: nothing secret, the same each time.
MADE_UP = ("cms/demo/",)


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call in the shop's code: file, the dotted name of what is called, the call."""
    for room in ("catalogue", "shop", "cms"):
        for file in (BASE / room).rglob("*.py"):
            name = str(file.relative_to(BASE))
            if "/migrations/" in name or name.startswith(MADE_UP):
                continue
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call):
                    yield name, ast.unparse(node.func), node


#: Start PostgreSQL's own programs, words apart and without a shell.
COMMANDS = {"shop/backups/archive.py", "shop/backups/databases.py", "shop/backups/schedule.py"}


def test_nothing_is_evaluated_and_no_command_run() -> None:
    never = {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}
    starts = ("pickle.", "marshal.", "shelve.", "yaml.", "os.exec", "os.spawn")
    found = [(file, name) for file, name, _ in calls() if name in never or name.startswith(starts)]
    assert found == []


def test_commands_are_run_for_backups_alone_and_by_no_shell() -> None:
    run = [(file, call) for file, name, call in calls() if name.startswith("subprocess.")]
    assert {file for file, _ in run} <= COMMANDS
    assert not [file for file, call in run if any(key.arg == "shell" for key in call.keywords)]


def test_no_pattern_is_made_of_what_is_typed() -> None:
    """Patterns are constants, or put together from constants of their own module."""
    made = {
        (file, ast.unparse(call.args[0]))
        for file, name, call in calls()
        if name.startswith("re.") and call.args and not isinstance(call.args[0], ast.Constant)
    }
    typed = {
        (file, pattern)
        for file, pattern in made
        if any(word in pattern for word in ("request", "GET", "POST", "cleaned_data", "typed"))
    }
    assert typed == set()


def test_no_weak_hash_is_used() -> None:
    weak = [
        (file, name)
        for file, name, call in calls()
        # The list of breached passwords names them by SHA-1; it says that it guards nothing.
        if name in ("hashlib.md5", "hashlib.sha1")
        and "usedforsecurity=False" not in ast.unparse(call)
    ]
    assert weak == []


def test_no_secret_comes_from_a_guessable_source() -> None:
    guessable = [
        (file, name)
        for file, name, _ in calls()
        if name.startswith(("random.", "uuid.uuid1", "uuid.uuid3"))
    ]
    assert guessable == []


#: Who speaks SQL themselves; values go as parameters (`test_strange_requests` tries), names are the
#: database's own.
RAW = {
    "catalogue/browse/keeping.py",
    "catalogue/goods.py",
    "catalogue/lookup/backends/database.py",
    "catalogue/lookup/backends/postgresql.py",
    "catalogue/lookup/counting.py",
    "catalogue/lookup/editions.py",
    "shop/backups/databases.py",
    "shop/order/page.py",
    "shop/shipping/tables.py",
    "shop/backups/facts.py",
    "shop/migrating.py",
}


def test_sql_is_spoken_by_the_named_modules_alone() -> None:
    raw = {
        file
        for file, name, _ in calls()
        if name.startswith("cursor.") or name.endswith((".raw", ".extra", "RawSQL"))
    }
    assert raw <= RAW, raw - RAW
