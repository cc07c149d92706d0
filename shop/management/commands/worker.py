"""The background worker, as a process of its own."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from shop.worker import run_jobs, run_until


class Command(BaseCommand):
    help = (
        "Release overdue orders, apply late messages, send refunds and letters, for ever. "
        "Several may run at once. --once does it one time, for cron."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then end")
        parser.add_argument(
            "--seconds", type=float, default=settings.WORKER_SECONDS, help="between two rounds"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            for name, count in run_jobs().items():
                self.stdout.write(f"{name}: {count}")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: stop.set())
        self.stdout.write("The worker runs; Ctrl+C stops it after the present round.")
        run_until(stop, options["seconds"])
