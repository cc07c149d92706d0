"""How gunicorn serves the shop: gunicorn -c python:shop.serving shop.wsgi."""

import os
from typing import Any

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
max_requests = 5000
max_requests_jitter = 500
accesslog = os.environ.get("ACCESS_LOG") or None
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")


def post_worker_init(worker: Any) -> None:
    """Read the shelf before a visitor waits for it; the embedded shop's own background work."""
    from threading import Thread

    from shop.warming import read_shelf
    from shop.worker import start_embedded

    Thread(target=read_shelf, name="shelf", daemon=True).start()
    start_embedded()


def when_ready(server: Any) -> None:
    """Say where the shop is, and who may sign in where it is a demo."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    if not settings.DEMO_MODE:
        return
    call_command("load_demo", "--if-needed", "--print-sign-ins", verbosity=0)
    print("\nCtrl+C để dừng. (Ctrl+C stops the shop.)", flush=True)
    # A connection must not be shared with the workers.
    connections.close_all()
