"""Two nodes behind nginx, restarted and killed while people buy: is anything lost?

    DATABASE_URL=postgresql://… REDIS_URL=redis://127.0.0.1:6379/8 \\
        .venv/bin/python -m bench.two_nodes [--buyers 6] [--seconds 40] [--port 9080]

Runs a production shop for real: gunicorn twice, the worker, `deploy/nginx` with TLS (its limits
raised, since all buyers come from one address), PostgreSQL, Redis. Rounds, each under load:

- quiet: nothing happens, to compare with
- rolling: `deploy/rolling-restart` starts both nodes anew; no request may fail
- reload: SIGHUP to one gunicorn, then the other; no request may fail
- killed: one node dies (SIGKILL to all its processes) and is back after ten seconds

Buyers whose order got no answer send the same form again. Afterwards every "thank you" must have
its order and every order its "thank you", none twice, and the books must tie.
"""

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import requests
import urllib3

from bench.checkout import ADDRESS, token_in, value_of
from bench.databases import scratch_database
from bench.peer import ROOT, run

DEPLOY = ROOT / "deploy"
TRIES = 5


@dataclass
class Node:
    """gunicorn on a port, started again whenever it ends, as systemd does."""

    port: int
    environment: dict[str, str]
    folder: Path
    pause: float = 0.0
    stopping: bool = False
    process: subprocess.Popen[bytes] | None = None

    @property
    def pid_file(self) -> Path:
        return self.folder / f"{self.port}.pid"

    def run(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "-c", "python:shop.serving"]
        command += ["--pid", str(self.pid_file), "shop.wsgi"]
        environment = {**self.environment, "BIND": f"127.0.0.1:{self.port}"}
        with (self.folder / f"{self.port}.log").open("ab") as log:
            while not self.stopping:
                self.process = subprocess.Popen(
                    command, cwd=ROOT, env=environment, stderr=log, start_new_session=True
                )
                self.process.wait()
                time.sleep(self.pause)
                self.pause = 0.0

    def kill(self, away: float) -> None:
        assert self.process is not None
        self.pause = away
        os.killpg(self.process.pid, signal.SIGKILL)

    def is_up(self) -> bool:
        try:
            address = f"http://127.0.0.1:{self.port}/healthz/"
            return requests.get(address, timeout=2, allow_redirects=False).ok
        except requests.RequestException:
            return False

    def stop(self) -> None:
        self.stopping = True
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()


@dataclass
class Round:
    """What the buyers of one round met."""

    name: str
    requests: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    resent: int = 0
    thanked: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


class Buyer:
    """One browser; every answer of 500 and above and every broken connection is a failure."""

    def __init__(self, address: str, product: str, told: Round) -> None:
        self.address, self.product, self.told = address, product, told
        self.browser = requests.Session()
        self.browser.trust_env = False
        self.browser.verify = False
        # A connection for each request: nginx closes idle ones when it is reloaded. HTTP/2, which
        # browsers speak, says so beforehand; HTTP/1.1 of this library would send into the void.
        self.browser.headers["Connection"] = "close"
        # What browsers say of forms on the shop's own pages (shop/pagecache/same_origin.py).
        self.browser.headers["Sec-Fetch-Site"] = "same-origin"
        # The form's own page, by the name that nginx passes on.
        self.browser.headers["Referer"] = "https://127.0.0.1/"

    def ask(self, method: str, path: str, data: dict[str, str] | None = None) -> str | None:
        started = time.monotonic()
        self.told.requests += 1
        try:
            answer = self.browser.request(method, self.address + path, data=data, timeout=30)
        except requests.RequestException as fault:
            self.told.failures[f"{method} {type(fault).__name__}"] += 1
            return None
        self.told.seconds.append(time.monotonic() - started)
        if answer.status_code >= 400:
            self.told.failures[f"{method} {answer.status_code}"] += 1
            return None
        self.browser.headers["Referer"] = "https://127.0.0.1/"
        return f"<!-- {answer.url} -->{answer.text}"

    def again(self, method: str, path: str, data: dict[str, str] | None = None) -> str:
        """As a person does: what failed is tried again after a moment."""
        for _time in range(TRIES):
            if (page := self.ask(method, path, data)) is not None:
                return page
            self.told.resent += 1
            time.sleep(0.5)
        raise RuntimeError(f"{method} {path} failed {TRIES} times")

    def buy(self) -> None:
        page = self.again("GET", self.product)
        target = re.search(r'action="(/gio-hang/them/\d+/)"|action="(/gio-hang/[^"]+)"', page)
        assert target is not None
        form = {"csrfmiddlewaretoken": token_in(page), "quantity": "1"}
        self.again("POST", target[1] or target[2], form)
        page = self.again("GET", "/thanh-toan/")
        typed = {
            "csrfmiddlewaretoken": token_in(page),
            "placement_key": value_of("placement_key", page),
            **ADDRESS,
        }
        page = self.again("POST", "/thanh-toan/", {**typed, "action": "refresh"})
        typed["shown"] = value_of("shown", page)
        page = self.again("POST", "/thanh-toan/", {**typed, "action": "place"})
        if found := re.search(r"/don-hang/([A-Z0-9]+)/cam-on/", page.partition("-->")[0]):
            self.told.thanked.append(found[1])
        else:
            self.told.failures["no thank you"] += 1


def load(told: Round, address: str, product: str, buyers: int, seconds: float) -> None:
    end = time.monotonic() + seconds

    def keep_buying(_number: int) -> None:
        while time.monotonic() < end:
            try:
                Buyer(address, product, told).buy()
            except RuntimeError as fault:
                told.failures[str(fault)] += 1

    with ThreadPoolExecutor(buyers) as pool:
        list(pool.map(keep_buying, range(buyers)))


def nginx_in(folder: Path, var: Path, ports: tuple[int, int], nodes: list[Node]) -> list[str]:
    """The real configuration with other paths, ports and limits; the command that runs it."""
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"),
            *("-days", "2", "-subj", "/CN=127.0.0.1"),
        ],
        check=True,
        capture_output=True,
    )
    for source in (DEPLOY / "nginx").rglob("*"):
        target = folder / source.relative_to(DEPLOY / "nginx")
        if source.is_dir():
            target.mkdir(exist_ok=True)
            continue
        text = source.read_text()
        for old, new in (
            ("/etc/nginx/phien-cho", str(folder)),
            ("/var/lib/phien-cho", str(var)),
            ("/etc/letsencrypt/live/phiencho.example", str(folder)),
            ("/var/log/nginx", str(folder)),
            ("/var/cache/nginx", str(folder)),
            ("server_name phiencho.example", "server_name 127.0.0.1"),
            ("rate=30r/s", "rate=10000r/s"),
            ("phien_cho_connections 60", "phien_cho_connections 10000"),
        ):
            text = text.replace(old, new)
        text = re.sub(r"listen \[::\]:.*\n", "", text)
        text = text.replace("listen 443", f"listen 127.0.0.1:{ports[0]}")
        text = text.replace("listen 80", f"listen 127.0.0.1:{ports[1]}")
        target.write_text(text)
    (folder / "instances.conf").write_text(
        "".join(f"server 127.0.0.1:{n.port} max_fails=1 fail_timeout=2s;\n" for n in nodes)
    )
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        "worker_processes 1; events { worker_connections 1024; }\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; {temporary}\n"
        f"include {folder}/phien-cho.conf; }}\n"
    )
    nginx = ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    subprocess.run([*nginx, "-t", "-q"], check=True)
    return nginx


def pgbouncer_in(stack: ExitStack, folder: Path, database: str, port: int) -> str:
    """Debian's pgbouncer in transaction mode before `database`; the URL through it."""
    url = urlsplit(database)
    name = url.path.lstrip("/")
    folder.chmod(0o711)
    (folder / "users.txt").write_text(f'"{url.username}" "{unquote(url.password or "")}"\n')
    (folder / "pgbouncer.ini").write_text(
        f"[databases]\n{name} = host={url.hostname} port={url.port} dbname={name}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = scram-sha-256\nauth_file = {folder}/users.txt\npool_mode = transaction\n"
        "max_client_conn = 200\ndefault_pool_size = 6\n"
        "ignore_startup_parameters = extra_float_digits,options\n"
    )
    for kept in ("users.txt", "pgbouncer.ini"):
        (folder / kept).chmod(0o644)
    command = ["pgbouncer", "-q", str(folder / "pgbouncer.ini")]
    if os.getuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    process = subprocess.Popen(command, stderr=(folder / "pgbouncer.log").open("wb"))
    stack.callback(process.terminate)
    time.sleep(1)
    place = f"{url.username}:{url.password}@127.0.0.1:{port}"
    return url._replace(netloc=place).geturl()


def wait_for(nodes: list[Node], patience: float = 180) -> None:
    end = time.monotonic() + patience
    while not all(node.is_up() for node in nodes):
        if time.monotonic() > end:
            raise SystemExit("The nodes did not come up; see their logs.")
        time.sleep(0.5)


def rolling(nodes: list[Node], nginx: list[str], folder: Path) -> None:
    restart = (
        f'pid=$(cat {folder}/%s.pid); kill -TERM "$pid"; while kill -0 "$pid"; do sleep 0.2; done'
    )
    subprocess.run(
        [str(DEPLOY / "rolling-restart"), *(str(node.port) for node in nodes)],
        env={
            **os.environ,
            "INSTANCES": str(folder / "instances.conf"),
            "RESTART": f"({restart}) 2>/dev/null",
            "NGINX_RELOAD": " ".join([*nginx, "-s", "reload"]),
            "DRAIN": "2",
            "PATIENCE": "120",
        },
        check=True,
        stdout=subprocess.DEVNULL,
    )


def reload(nodes: list[Node]) -> None:
    for node in nodes:
        assert node.process is not None
        os.kill(node.process.pid, signal.SIGHUP)
        time.sleep(8)


def what_is_wrong(database: str, rounds: list[Round], environment: dict[str, str]) -> list[str]:
    thanked = [number for each in rounds for number in each.thanked]
    with psycopg.connect(database) as connection:
        placed = [row[0] for row in connection.execute("SELECT number FROM order_order")]
        promised = connection.execute("SELECT SUM(num_allocated) FROM partner_stockrecord")
        held = (promised.fetchone() or (0,))[0]
        sold = connection.execute("SELECT SUM(quantity) FROM order_line").fetchone()
    faults = [f"thanked without an order: {n}" for n in set(thanked) - set(placed)]
    faults += [f"order without a thank you: {n}" for n in set(placed) - set(thanked)]
    faults += [f"thanked twice: {n}" for n, times in Counter(thanked).items() if times > 1]
    if sold and held != sold[0]:
        faults.append(f"{sold[0]} jars sold, {held} promised")
    code = "from shop.payment.books import what_is_wrong as w; print('BOOKS', w())"
    said = run([sys.executable, "manage.py", "shell", "-c", code], environment)
    if said != "BOOKS []":
        faults.append(said)
    return faults


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--buyers", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--port", type=int, default=9080, help="of nginx; the next four as well")
    parser.add_argument("--pooled", action="store_true", help="nodes go through pgbouncer")
    parser.add_argument("--rounds", default="quiet,rolling,reload,killed")
    options = parser.parse_args()
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres") or not os.environ.get("REDIS_URL"):
        raise SystemExit("DATABASE_URL (PostgreSQL) and REDIS_URL must name scratch servers.")
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(143))
    urllib3.disable_warnings()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="two-nodes-")))
        var = folder / "var"
        var.mkdir()
        template = run([sys.executable, "-m", "tests.database"], {}).partition(": ")[2]
        database = stack.enter_context(scratch_database(server, "phien_cho_two_nodes", template))
        demo = {"DATABASE_URL": database, "SHOP_VAR_DIR": str(var), "SHOP_MODE": "demo"}
        product = run([sys.executable, "-m", "bench.one_product", "1000000"], demo)
        shop = {
            **os.environ,
            **demo,
            "SHOP_MODE": "production",
            "SECRET_KEY": "two-nodes-" * 6,
            "ALLOWED_HOSTS": "127.0.0.1",
            "BASE_URL": "https://127.0.0.1",
            "TASKS": "database",
            "TRUSTED_PROXIES": "1",
            "RATE_LIMITS_ON": "0",
            "LOG_LEVEL": "ERROR",
        }
        run([sys.executable, "manage.py", "collectstatic", "--no-input"], shop)
        served = dict(shop)
        if options.pooled:
            url = pgbouncer_in(stack, folder, database, options.port + 4)
            served |= {
                "DATABASE_URL": url,
                "DATABASE_PGBOUNCER": "1",
                "DATABASE_CONN_MAX_AGE": "60",
            }
        nodes = [Node(options.port + place, served, folder) for place in (1, 2)]
        for node in nodes:
            stack.callback(node.stop)
            threading.Thread(target=node.run, daemon=True).start()
        command = [sys.executable, "manage.py", "worker"]
        worker = subprocess.Popen(command, cwd=ROOT, env=shop, stdout=subprocess.DEVNULL)
        stack.callback(worker.terminate)
        wait_for(nodes)
        nginx = nginx_in(folder, var, (options.port, options.port + 3), nodes)
        front = subprocess.Popen(nginx)
        stack.callback(front.terminate)
        time.sleep(1)
        address = f"https://127.0.0.1:{options.port}"

        def killed() -> None:
            time.sleep(options.seconds / 4)
            nodes[0].kill(away=10)

        events = {
            "quiet": lambda: None,
            "rolling": lambda: rolling(nodes, nginx, folder),
            "reload": lambda: reload(nodes),
            "killed": killed,
        }
        rounds = []
        for name in options.rounds.split(","):
            told, event = Round(name), events[name]
            seconds = options.seconds
            happening = threading.Thread(target=event)
            happening.start()
            load(told, address, product, options.buyers, seconds)
            while happening.is_alive():
                load(told, address, product, options.buyers, 2)
            happening.join()
            wait_for(nodes)
            rounds.append(told)
            middle = statistics.median(told.seconds) if told.seconds else 0
            print(
                f"{name}: {told.requests} requests, {len(told.thanked)} orders,"
                f" {sum(told.failures.values())} failed {dict(told.failures) or ''},"
                f" {told.resent} sent again, median {middle * 1000:.0f} ms,"
                f" longest {max(told.seconds, default=0):.1f} s",
                flush=True,
            )
        faults = what_is_wrong(database, rounds, shop)
        print("nothing lost, the books tie" if not faults else "\n".join(faults))
        failed = [each.name for each in rounds if each.failures and each.name != "killed"]
    if faults or failed:
        raise SystemExit(f"failed: {', '.join(failed) or 'the count at the end'}")


if __name__ == "__main__":
    main()
