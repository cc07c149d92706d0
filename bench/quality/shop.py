"""The demo shop served as `make run` serves it, for the tools that look at it from outside."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
#: Longest wait for the first answer, seconds.
PATIENCE = 90


@contextmanager
def served(port: int = 8123) -> Iterator[str]:
    """The address of a running shop, stopped afterwards; `MEASURE_URL` is one that runs already."""
    if given := os.environ.get("MEASURE_URL"):
        yield given.rstrip("/")
        return
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "BASE_URL": address, "BIND": f"127.0.0.1:{port}"}
    command = [sys.executable, "-m", "gunicorn", "-c", "python:shop.serving", "shop.wsgi"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as shop:
        try:
            _wait_for(f"{address}/healthz/", shop)
            yield address
        finally:
            shop.terminate()


def _wait_for(address: str, shop: subprocess.Popen) -> None:
    for _second in range(PATIENCE):
        if shop.poll() is not None:
            raise SystemExit("The shop did not start.")
        try:
            with urlopen(address, timeout=5):
                return
        except URLError:
            time.sleep(1)
    raise SystemExit(f"{address} did not answer in {PATIENCE} seconds.")


def first_link(address: str, path: str, below: str) -> str:
    """The first page that `path` links to below `below`."""
    with urlopen(address + path, timeout=30) as answer:
        found = re.search(rf'href="({below}[^"?/]+/)"', answer.read().decode())
    if found is None:
        raise SystemExit(f"{path} links to nothing below {below}.")
    return found[1]


def page_kinds(address: str) -> dict[str, str]:
    """Name to path: one page of each kind that needs no sign-in."""
    return {
        "home": "/",
        "catalogue": "/san-pham/",
        "product": first_link(address, "/san-pham/", "/san-pham/"),
        "story": first_link(address, "/cau-chuyen/", "/cau-chuyen/"),
        "gift": first_link(address, "/hop-qua/", "/hop-qua/"),
        "place": first_link(address, "/dia-danh/", "/dia-danh/"),
        "producer": first_link(address, "/nha-san-xuat/", "/nha-san-xuat/"),
        "group": first_link(address, "/san-pham/", "/nhom/"),
        "stories": "/cau-chuyen/",
        "gifts": "/hop-qua/",
        "places": "/dia-danh/",
        "producers": "/nha-san-xuat/",
        "policy": "/doi-tra/",
        "home in English": "/en/",
        "catalogue in English": "/en/san-pham/",
        "search": "/tim-kiem/?q=mat+ong",
        "search without hits": "/tim-kiem/?q=xyzxyz",
        "filtered": "/san-pham/?sao=4",
        "basket": "/gio-hang/",
        "checkout": "/thanh-toan/",
        "sign in": "/tai-khoan/login/",
        "sign up": "/tai-khoan/register/",
        "password forgotten": "/tai-khoan/password-reset/",
        "trace form": "/truy-xuat/",
        "trace": "/truy-xuat/MAU-THV-2611/",
        "unknown lot": "/truy-xuat/KHONG-CO/",
        "not found": "/khong-co-trang-nay/",
    }
