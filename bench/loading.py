"""Requests per second of one address over HTTP, by wrk where it is installed, else by threads."""

import re
import shutil
import subprocess
import threading
import time
from collections.abc import Mapping
from http.client import HTTPConnection
from urllib.parse import urlsplit

#: Connections that all come in one moment are taken by one process of two, now and then; so they
#: are opened one after the other.
CONNECTIONS, APART_SECONDS = 8, 0.03
#: Answers that take longer are counted by threads: wrk would see two or three of them.
SLOW_SECONDS = 0.3
LEAST_ANSWERS = 6


def per_second(url: str, *, seconds: float, cookie: str = "", slow: bool = False) -> float:
    """Whole answers a second, with all connections busy. Raises when one is not 200."""
    if shutil.which("wrk") and not slow:
        return _by_wrk(url, seconds, cookie)
    return _by_threads(url, seconds, cookie)


def first_answer(url: str, cookie: str = "") -> float:
    """Seconds that a second request takes, the first one warming up."""
    taken = 0.0
    for _time in range(2):
        started = time.monotonic()
        _ask(HTTPConnection(urlsplit(url).netloc, timeout=120), url, cookie)
        taken = time.monotonic() - started
    return taken


def _by_wrk(url: str, seconds: float, cookie: str) -> float:
    return wrk_per_second(url, seconds=max(1, round(seconds)), headers=_headers(cookie))


def wrk_per_second(
    url: str,
    *,
    seconds: int,
    headers: Mapping[str, str],
    programs: int = CONNECTIONS,
    connections: int = 1,
) -> float:
    """Answers a second to so many wrk of so many connections each. Raises when one is not 200."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    running = []
    for _program in range(programs):
        running.append(subprocess.Popen([*command, url], stdout=subprocess.PIPE, text=True))
        time.sleep(APART_SECONDS)
    return sum(_rate_told(url, each.communicate()[0]) for each in running)


def _rate_told(url: str, said: str) -> float:
    found = re.search(r"Requests/sec:\s*([\d.]+)", said)
    if "Non-2xx" in said or "Socket errors" in said or found is None:
        raise SystemExit(f"{url} failed under load:\n{said}")
    return float(found[1])


def _by_threads(url: str, seconds: float, cookie: str) -> float:
    """For at least so many seconds and so many answers, whichever is later."""
    answers, lock = [0], threading.Lock()
    started = time.monotonic()

    def keep_asking() -> None:
        browser = HTTPConnection(urlsplit(url).netloc, timeout=300)
        while time.monotonic() - started < seconds or answers[0] < LEAST_ANSWERS:
            _ask(browser, url, cookie)
            with lock:
                answers[0] += 1

    threads = [threading.Thread(target=keep_asking) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers[0] / (time.monotonic() - started)


def _ask(browser: HTTPConnection, url: str, cookie: str) -> None:
    parts = urlsplit(url)
    browser.request(
        "GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers=_headers(cookie)
    )
    answer = browser.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"{url} answered {answer.status} {answer.headers.get('Location', '')}")


def _headers(cookie: str) -> dict[str, str]:
    # A browser's, since pages differ for crawlers.
    return {"User-Agent": "Mozilla/5.0", **({"Cookie": cookie} if cookie else {})}
