"""Server time of pages inside a Django project, ours or a peer's: `python -m bench.inside <asked>`.

`<asked>` is JSON: `{"user": email or "", "rounds": n, "seconds": most a page may take in all,
"pages": {name: [path, …]}}`. Prints JSON: by page the processor's time of this process and the time
on the clock, milliseconds a request (median and 95th percentile over all rounds and paths), and the
queries of the first path; `session` is the cookie of the signed-in user. Knows no project's models
but the account model, since it runs in the peer's environment as well.
"""

import json
import statistics
import sys
import time
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

LEAST_ROUNDS = 2


def main(asked: dict[str, Any]) -> None:
    client = Client(headers={"user-agent": "Mozilla/5.0", "accept-language": "vi"})
    session = _sign_in(client, asked["user"]) if asked["user"] else ""
    pages = {
        name: _measured(client, paths, asked["rounds"], asked["seconds"])
        for name, paths in asked["pages"].items()
    }
    print(json.dumps({"session": session, "pages": pages}))


def _sign_in(client: Client, email: str) -> str:
    User = get_user_model()
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(
            **{"email": email, "password": "only-the-bench-knows-2026"},
            **({"username": email} if User.USERNAME_FIELD == "username" else {}),
        )
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _measured(client: Client, paths: list[str], rounds: int, seconds: float) -> dict[str, Any]:
    end = time.monotonic() + seconds
    for path in paths:
        answer = client.get(path)  # what is drawn or read once is no part of a page
        if answer.status_code != 200:
            sys.exit(f"{path} answered {answer.status_code} {answer.headers.get('location', '')}")
    connection.queries_log.clear()  # full, it would count nothing more
    with CaptureQueriesContext(connection) as queries:
        client.get(paths[0])
        asked = len(queries)  # now: the next request forgets them
    cpu, wall = [], []
    for done in range(rounds):
        if done >= LEAST_ROUNDS and time.monotonic() > end:
            break
        for path in paths:
            started = time.process_time(), time.perf_counter()
            client.get(path)
            cpu.append((time.process_time() - started[0]) * 1000)
            wall.append((time.perf_counter() - started[1]) * 1000)
    return {
        "cpu": statistics.median(cpu),
        "wall": statistics.median(wall),
        "cpu_p95": _p95(cpu),
        "wall_p95": _p95(wall),
        "queries": asked,
    }


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, int(len(times) * 0.95) - 1)]


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
