"""How gunicorn serves the shop: gunicorn -c python:shop.serving shop.wsgi."""

import os
from logging.config import dictConfig
from typing import Any

from gunicorn.glogging import Logger

from shop.observability import processes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
# Before anything counts.
processes.open_directory()


class ServerLogger(Logger):
    """The server's lines look like the shop's; requests are logged by the shop (ACCESS_LOG)."""

    def setup(self, cfg: Any) -> None:
        from shop.settings import LOGGING

        super().setup(cfg)
        dictConfig(LOGGING)
        self.error_log.propagate = True

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        pass


bind = os.environ.get("BIND", "127.0.0.1:8000")
# Threads, since a shop waits for its database and its payment providers more than it counts.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# One import for all workers; connections are opened after the fork.
preload_app = True
timeout = 60
keepalive = 5
# What a browser of ours sends fits; a line or a heap of headers made to cost memory does not.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
# A renewed worker begins without its shelf and kept pages, and kept pages go out by thousands a
# second: a few thousand requests would have it begin anew every other second.
max_requests = 1_000_000
max_requests_jitter = 200_000
logger_class = ServerLogger
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")


def on_starting(server: Any) -> None:
    from shop.health import draining

    draining.flag().unlink(missing_ok=True)


def pre_fork(server: Any, worker: Any) -> None:
    processes.take_place(worker, server.WORKERS.values())


def post_fork(server: Any, worker: Any) -> None:
    processes.become(worker)


def on_exit(server: Any) -> None:
    processes.close_directory()


def post_worker_init(worker: Any) -> None:
    """Read the shelf before a visitor waits for it; the embedded shop's own background work."""
    from threading import Thread

    from shop.health import draining
    from shop.warming import warm_up
    from shop.worker import start_embedded

    draining.follow(worker)
    Thread(target=warm_up, name="warming", daemon=True).start()
    start_embedded()


def when_ready(server: Any) -> None:
    """Read what the workers will share; say where the shop is and who may sign in to the demo."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from shop import release
    from shop.warming import read_templates

    release.stamp()
    read_templates()
    if not settings.DEMO_MODE:
        return
    call_command("load_demo", "--if-needed", "--print-sign-ins", verbosity=0)
    print("\nCtrl+C để dừng. (Ctrl+C stops the shop.)", flush=True)
    # A connection must not be shared with the workers.
    connections.close_all()
