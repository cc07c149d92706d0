"""Kept pages beside a bare Django view: `python -m bench.page_cache <folder of a loaded shop>`.

The folder is a `SHOP_VAR_DIR` with `shop.sqlite3` in it (`make run` leaves one in `.var`); it is
copied. Needs wrk, nginx and redis-server. Each page is asked right after the bare view, so that
what else the machine does meets both alike; the figure is the median of these pairs.
"""

import getpass
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.loading import wrk_per_second

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, SECONDS = 9, 1
#: Four at once, four times: all sixteen in one moment may land on one process of two.
GROUPS, CONNECTIONS = 4, 4

_BARE = """
from django.conf import settings
settings.configure(SECRET_KEY="x" * 50, ALLOWED_HOSTS=["*"], ROOT_URLCONF="bare")
import django
django.setup()
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("", lambda request: HttpResponse("ok"))]
application = get_wsgi_application()
"""
_NGINX = """
{user}worker_processes 2; daemon off; pid {home}/nginx.pid; error_log {home}/nginx.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/f;
    uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;
    {zone}
    upstream shop {{ server 127.0.0.1:{shop}; keepalive 16; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://shop; proxy_http_version 1.1;
            proxy_set_header Connection ""; proxy_set_header Host $host:$server_port;
            include {root}/deploy/nginx/page-cache.conf;
        }}
    }}
}}
"""


def figures(var: Path, rounds: int = ROUNDS) -> dict[str, float]:
    """Requests per second as shares of the bare view's: `embedded home`: 0.9, and so on.

    `bare` is that view's own requests per second, the median.
    """
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bare = stack.enter_context(_bare(home))
        redis = stack.enter_context(_redis(home))
        embedded = stack.enter_context(_shop(var, home / "embedded"))
        with_redis = stack.enter_context(_shop(var, home / "redis", REDIS_URL=redis))
        nginx = stack.enter_context(_nginx(home, with_redis))
        product = _a_product(embedded)
        pages = {"home": "/", "catalogue": "/san-pham/", "product": product}
        urls = {
            f"{name} {page}": f"http://127.0.0.1:{port}{path}"
            for name, port in (("embedded", embedded), ("redis", with_redis), ("nginx", nginx))
            for page, path in pages.items()
        }
        found: dict[str, list[float]] = {name: [] for name in urls}
        floors = []
        for url in urls.values():
            for _ in range(20):  # each process reads it once
                urllib.request.urlopen(url).read()
        for _ in range(rounds):
            for name, url in urls.items():
                floors.append(_rate(f"http://127.0.0.1:{bare}/"))
                found[name].append(_rate(url) / floors[-1])
    shares = {name: statistics.median(pairs) for name, pairs in found.items()}
    return {"bare": statistics.median(floors), **shares}


def _rate(url: str) -> float:
    """Requests per second of wrk, which takes packed pages as browsers do."""
    packed = {"Accept-Encoding": "gzip"}
    return wrk_per_second(
        url, seconds=SECONDS, headers=packed, programs=GROUPS, connections=CONNECTIONS
    )


@contextmanager
def _served(command: list[str], port: int, **environment: str) -> Iterator[int]:
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _bare(home: Path):  # type: ignore[no-untyped-def]
    (home / "bare.py").write_text(_BARE)
    port = _free_port()
    command = [*_GUNICORN, "--pythonpath", str(home), "-b", f"127.0.0.1:{port}", "bare"]
    return _served(command, port)


_GUNICORN = [sys.executable, "-m", "gunicorn", "-w2", "-kgthread", "--threads=4"]


def _shop(var: Path, own: Path, **environment: str):  # type: ignore[no-untyped-def]
    shutil.copytree(var, own, ignore=shutil.ignore_patterns("mail", "test", "*-wal", "*-shm"))
    port = _free_port()
    address = f"127.0.0.1:{port}"
    environment |= {
        "SHOP_VAR_DIR": str(own),
        "DATABASE_URL": f"sqlite:///{own}/shop.sqlite3",
        "BIND": address,
        "BASE_URL": f"http://{address}",
        "WEB_CONCURRENCY": "2",
        "LOG_LEVEL": "ERROR",
    }
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(migrate, cwd=ROOT, env={**os.environ, **environment}, check=True)
    command = [sys.executable, "-m", "gunicorn", "-c", "python:shop.serving", "shop.wsgi"]
    return _served(command, port, **environment)


@contextmanager
def _redis(home: Path) -> Iterator[str]:
    port = _free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with _served([*command, "--dir", str(home)], port):
        yield f"redis://127.0.0.1:{port}/0"


def _nginx(home: Path, shop: int):  # type: ignore[no-untyped-def]
    port = _free_port()
    zone = (ROOT / "deploy/nginx/page-cache-zone.conf").read_text()
    zone = zone.replace("/var/cache/nginx/phien-cho", str(home / "pages"))
    config = home / "nginx.conf"
    # Started by root it would serve as somebody who may not write here.
    user = f"user {getpass.getuser()}; " if os.geteuid() == 0 else ""
    words = {"home": home, "zone": zone, "shop": shop, "port": port, "root": ROOT, "user": user}
    config.write_text(_NGINX.format(**words))
    return _served(["nginx", "-c", str(config), "-e", str(home / "nginx.log")], port)


def _a_product(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/san-pham/") as answer:
        found = re.search(r'href="(/san-pham/[-a-z0-9]+/)"', answer.read().decode())
    assert found is not None, "no product is listed"
    return found.group(1)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for(port: int, seconds: int = 120) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as tried:
            if not tried.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.2)
    raise TimeoutError(f"nothing answers at port {port}")


if __name__ == "__main__":
    measured = figures(Path(sys.argv[1]).resolve())
    print(f"bare view: {measured.pop('bare'):.0f} requests a second; of that:")
    for name, share in measured.items():
        print(f"  {name:20} {share:5.2f}")
