"""The template database: migrated once, then copied for every run of the tests.

A migration from zero costs more than all tests of a room. So there is one database per state of
the migrations, known by the hash of every migration file of every installed app; a run copies it,
and a test that commits gets it back afterwards. A template that knows fewer migrations, but no
others, is migrated forward instead of starting again. It holds what never changes, the places, and
what half of the tests would otherwise make anew for seconds each, the empty tree of pages.
"""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings

from tests.database.servers import Server, server_of

ROOT = Path(settings.BASE_DIR)
HOME = ROOT / ".var" / "test"
#: Templates kept for going back and forth between branches.
KEPT = 3
_LOADED_DATA = (
    ROOT / "shop/places/data",
    ROOT / "shop/places/loading.py",
    ROOT / "cms/tree.py",
)
_TREE = "from cms.tree import ensure_tree; ensure_tree()"


def manifest() -> dict[str, str]:
    """Everything that decides what a fresh database holds: name of a file to its hash."""
    found = {}
    for app in apps.get_app_configs():
        for file in sorted((Path(app.path) / "migrations").glob("*.py")):
            found[f"{app.label}/{file.stem}"] = _hash(file)
    for data in _LOADED_DATA:
        for file in sorted(data.glob("*.json")) if data.is_dir() else [data]:
            found[f"loaded:{file.name}"] = _hash(file)
    return found


def _hash(file: Path) -> str:
    return hashlib.blake2b(file.read_bytes(), digest_size=12).hexdigest()


def key_of(content: dict[str, str]) -> str:
    text = json.dumps(content, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def ready_template(*, anew: bool = False) -> tuple[Server, str]:
    """The database server and the name of an up-to-date template, built if need be."""
    server = server_of(settings.DATABASES["default"], HOME)
    content = manifest()
    name = server.template_name(key_of(content))
    with _alone():
        if anew:
            server.drop(name)
            server.drop(server.draft_name(name))
        if not server.exists(name):
            _build(server, name, content)
        # Written each time: its date tells which template was used last.
        _manifest_file(server, name).write_text(json.dumps({"name": name, "content": content}))
        server.drop_orphans()
        _drop_old(server, name)
    return server, name


@contextmanager
def _alone() -> Iterator[None]:
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _manifest_file(server: Server, name: str) -> Path:
    return HOME / f"{server.kind}-{Path(name).stem}.json"


def _templates(server: Server) -> list[tuple[str, dict[str, str]]]:
    """Templates that are there, newest first, with what they hold."""
    found = []
    files = sorted(HOME.glob(f"{server.kind}-*.json"), key=lambda f: f.stat().st_mtime)
    for file in reversed(files):
        told = json.loads(file.read_text())
        if server.exists(told["name"]):
            found.append((told["name"], told["content"]))
        else:
            file.unlink()
    return found


def _build(server: Server, name: str, content: dict[str, str]) -> None:
    started = time.monotonic()
    being_built = server.draft_name(name)
    # A draft left by a run that failed half-way is of the same migrations: go on with it.
    if not server.exists(being_built):
        older = next((n for n, held in _templates(server) if held.items() <= content.items()), None)
        if older:
            server.copy(older, being_built)
        else:
            server.create(being_built)
            print("Cơ sở dữ liệu mẫu cho kiểm thử: đang tạo…", file=sys.__stderr__, flush=True)
    environment = {
        **os.environ,
        "DATABASE_URL": server.url(being_built),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    for command in (["migrate", "--no-input"], ["load_places"], ["shell", "-c", _TREE]):
        done = subprocess.run(
            [sys.executable, "-m", "django", *command, "--verbosity=0"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    server.rename(being_built, name)
    seconds = time.monotonic() - started
    print(f"Cơ sở dữ liệu mẫu: xong sau {seconds:.0f} giây.", file=sys.__stderr__, flush=True)


def _drop_old(server: Server, current: str) -> None:
    for name, _content in _templates(server)[KEPT:]:
        if name != current:
            server.drop(name)
            _manifest_file(server, name).unlink(missing_ok=True)
