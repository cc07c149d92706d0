"""Who stands beside the shop, in processes of its own: stock django-oscar, bare Django views."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
#: Where the bench keeps what is worth keeping: the peer's environment, lists, indexes, pictures.
HOME = (Path(os.environ.get("SHOP_VAR_DIR", ROOT / ".var")) / "bench").resolve()
STOCK_PYTHON = HOME / "stock" / "bin" / "python"
#: A library that the shop itself does not use.
JINJA = HOME / "jinja"
REQUIREMENTS = ["django-oscar[sorl-thumbnail]==4.2.1", "psycopg[binary]", "gunicorn", "whoosh"]
#: First port of the servers that are measured; each has its own above it.
PORT = int(os.environ.get("BENCH_PORT", "8710"))
#: Longest wait for the first answer, seconds.
PATIENCE = 180


@dataclass(frozen=True)
class Project:
    """A Django project that can be asked from inside and served: ours, or one beside it."""

    name: str
    python: str
    settings: str
    #: What gunicorn serves, in two processes of four threads with kept connections.
    wsgi: str
    environment: dict[str, str] = field(default_factory=dict)
    gunicorn: tuple[str, ...] = ()

    @property
    def variables(self) -> dict[str, str]:
        own = {
            "DJANGO_SETTINGS_MODULE": self.settings,
            "LOG_LEVEL": "ERROR",
            "PYTHONWARNINGS": "ignore",
        }
        # Nothing of the shop that the bench was started beside.
        kept = {k: v for k, v in os.environ.items() if k not in ("REDIS_URL", "BASE_URL", "BIND")}
        return {**kept, **own, **self.environment}

    def run(self, *arguments: object, says: bool = False) -> str:
        """The output of `python -m …` in this project; ends the bench when it fails."""
        done = subprocess.run(
            [self.python, "-m", *map(str, arguments)],
            cwd=ROOT,
            env=self.variables,
            check=False,
            stdout=None if says else subprocess.PIPE,
            stderr=None if says else subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            raise SystemExit(
                f"{self.name}: {' '.join(map(str, arguments))} failed.\n{done.stderr or ''}"
            )
        return done.stdout or ""


def run(command: list[object], environment: dict[str, str]) -> str:
    """The last line that a command says; ends the bench when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.strip().splitlines()[-1]


def stock(size: int, database: str, *, spelling: bool = True) -> Project:
    """Stock django-oscar over a prepared database, with or without its spelling suggestions."""
    return Project(
        "stock Oscar" if spelling else "fairer stock",
        str(STOCK_PYTHON),
        "bench.stock_oscar.settings",
        "bench.stock_oscar.wsgi",
        {
            "STOCK_DATABASE_URL": database,
            "STOCK_HOME": str(HOME / f"stock-{size}"),
            "STOCK_SPELLING": str(int(spelling)),
        },
        # As the shop runs: two processes of four threads.
        ("--workers", "2", "--threads", "4", "--worker-class", "gthread"),
    )


def ours(size: int, database: str, **environment: str) -> Project:
    """The shop over a prepared database, as `make run` and production serve it.

    Caches are in memory; `REDIS_URL` and the like come as `environment`. Background work is put
    into its queue, as in production, and not taken out: the peers have none and send no letters.
    """
    return Project(
        "ours",
        sys.executable,
        "shop.settings",
        "shop.wsgi",
        {
            "DATABASE_URL": database,
            "SHOP_MODE": "demo",
            "SHOP_VAR_DIR": str(HOME / f"shop-{size}"),
            "TASKS": "database",
            "WORKER_IN_SERVER": "false",
            # All of the bench comes from one address.
            "RATE_LIMITS_ON": "false",
            **environment,
        },
        ("-c", "python:shop.serving"),
    )


def floor(size: int, database: str) -> Project:
    """Views with nothing around them, over the shop's own rows."""
    shop = ours(size, database)
    return Project(
        "bare Django",
        shop.python,
        "bench.floor.settings",
        "bench.floor.wsgi",
        {**shop.environment, "PYTHONPATH": str(JINJA)},
        ("--workers", "2", "--threads", "4", "--worker-class", "gthread"),
    )


def make_environment() -> None:
    """The peer's own Python, with exactly what its documentation asks for; Jinja2 for the floor."""
    if not JINJA.exists():
        pip = [sys.executable, "-m", "pip", "install", "-q", "--target", str(JINJA)]
        subprocess.run([*pip, "jinja2==3.1.6"], check=True)
    if not STOCK_PYTHON.exists():
        print("setting up stock django-oscar 4.2.1…", flush=True)
        subprocess.run([sys.executable, "-m", "venv", HOME / "stock"], check=True)
        subprocess.run([STOCK_PYTHON, "-m", "pip", "install", "-q", *REQUIREMENTS], check=True)


@contextmanager
def served(project: Project, port: int, *, probe: str = "/") -> Iterator[str]:
    """The address of `project` under gunicorn, once `probe` answers; stopped afterwards."""
    address = f"http://127.0.0.1:{port}"
    command = [project.python, "-m", "gunicorn", *project.gunicorn, "--log-level", "error"]
    command += ["--bind", f"127.0.0.1:{port}", project.wsgi]
    own = {"BASE_URL": address, "BIND": f"127.0.0.1:{port}"}
    with subprocess.Popen(
        command, cwd=ROOT, env={**project.variables, **own}, stdout=subprocess.DEVNULL
    ) as server:
        try:
            _wait_for(address + probe, server)
            yield address
        finally:
            server.terminate()


def _wait_for(address: str, server: subprocess.Popen) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            raise SystemExit(f"{address} did not start.")
        try:
            with urlopen(address, timeout=60):
                return
        except (URLError, TimeoutError):
            time.sleep(0.5)
    raise SystemExit(f"{address} did not answer.")
