"""Stock django-oscar beside the shop: in an environment and a database of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("SHOP_VAR_DIR", ROOT / ".var")) / "bench"
PYTHON = HOME / "stock" / "bin" / "python"
REQUIREMENTS = ["django-oscar[sorl-thumbnail]==4.2.1", "psycopg[binary]", "gunicorn", "whoosh"]
PATIENCE = 120


def make_environment() -> Path:
    """The peer's own Python, with exactly what its documentation asks for."""
    if not PYTHON.exists():
        print("setting up stock django-oscar 4.2.1…", flush=True)
        subprocess.run([sys.executable, "-m", "venv", HOME / "stock"], check=True)
        subprocess.run([PYTHON, "-m", "pip", "install", "-q", *REQUIREMENTS], check=True)
    return PYTHON


@contextmanager
def scratch_database(server: str, name: str, template: str = "") -> Iterator[str]:
    """The URL of a new database on `server` (a PostgreSQL URL), dropped afterwards."""
    url = urlsplit(server)
    copy = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
    with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + copy)
        try:
            yield url._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(drop)


@contextmanager
def served(
    python: Path | str, app: str, port: int, environment: dict[str, str], *, probe: str
) -> Iterator[str]:
    """The address of `app` under gunicorn: two processes of four threads, as the shop runs."""
    command = [
        *(str(python), "-m", "gunicorn", "--workers", "2", "--threads", "4"),
        *("--worker-class", "gthread", "--log-level", "error", "--bind", f"127.0.0.1:{port}", app),
    ]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}) as server:
        try:
            _wait_for(address + probe, server)
            yield address
        finally:
            server.terminate()


def _wait_for(address: str, server: subprocess.Popen) -> None:
    for _second in range(PATIENCE):
        if server.poll() is not None:
            raise SystemExit(f"{address} did not start.")
        try:
            with urlopen(address, timeout=10):
                return
        except URLError:
            time.sleep(1)
    raise SystemExit(f"{address} did not answer.")
