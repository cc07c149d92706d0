"""What the shop does by itself, again and again: deadlines, late messages, refunds, letters.

Every job is safe to run at any time and by several workers at once. The embedded shop runs them in
a thread of its server; production keeps `manage.py worker` running.
"""

import fcntl
import logging
import threading
import time
from collections.abc import Callable
from typing import IO

from django.conf import settings
from django.db import close_old_connections
from django.utils.module_loading import import_string
from structlog.contextvars import bound_contextvars

from shop.health.beats import FAILED_JOB, WORKER, beat
from shop.observability.ids import new_id

logger = logging.getLogger(__name__)

#: A round that takes longer is heard of before its end, seconds.
LONG_ROUND = 20.0
#: Functions without arguments that say how many things they did; run in this order.
JOBS = (
    "shop.payment.messages.apply_waiting",
    "shop.payment.chasing.chase_late_messages",
    "shop.payment.releasing.release_overdue",
    "shop.payment.refunding.send_waiting_refunds",
    "shop.communication.sending.send_waiting",
    "catalogue.browse.changes.forget_old_changes",
    "shop.producers.notices.remind_once_a_day",
    "shop.customer.alerts.seasons.tell_of_seasons",
    "shop.reviews.inviting.asking.invite_buyers",
    "shop.questions.asking.forget_unconfirmed",
    "shop.personal.keeping.forget_what_is_over",
    "shop.exports.running.run_waiting",
    "shop.audit.keeping.drop_old",
    "shop.backups.schedule.back_up_when_due",
)


def run_jobs() -> dict[str, int]:
    """Run every job once; what each did, by its name. One that fails does not stop the next."""
    done = {}
    heard = time.monotonic()
    for path in (*JOBS, *settings.WORKER_JOBS):
        name = path.rpartition(".")[2]
        with bound_contextvars(job=name, job_id=new_id()):
            try:
                job: Callable[[], int] = import_string(path)
                done[name] = job()
            except Exception:  # the database away for a moment, a fault in one job: the next round
                logger.exception("job %s failed", name)
                beat(f"{FAILED_JOB}{name}")
                done[name] = 0
        if time.monotonic() - heard > LONG_ROUND:
            # At work, not dead.
            beat(WORKER, times=0)
            heard = time.monotonic()
    beat(WORKER)
    return done


def run_until(stop: threading.Event, seconds: float) -> None:
    """Run the jobs every `seconds`, at once first, until `stop` is set."""
    while not stop.is_set():
        started = time.monotonic()
        # A connection that the database closed meanwhile is opened anew, not used.
        close_old_connections()
        run_jobs()
        close_old_connections()
        stop.wait(max(0.0, seconds - (time.monotonic() - started)))


class EmbeddedWorker:
    """The worker as a thread of the embedded server, in one of its processes only."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.lock: IO[str] | None = None

    def start(self) -> None:
        """Begin; the first process that takes the lock file does the work."""
        path = settings.VAR_DIR / "worker.lock"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.lock = path.open("w")
        threading.Thread(target=self._run, name="worker", daemon=True).start()

    def _run(self) -> None:
        # Another process may hold the lock and be replaced one day: then it is this one's turn.
        while not self._has_lock():
            if self.stop.wait(settings.WORKER_SECONDS):
                return
        run_until(self.stop, settings.WORKER_SECONDS)

    def _has_lock(self) -> bool:
        assert self.lock is not None
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def start_embedded() -> EmbeddedWorker | None:
    """Begin the thread where the settings say so."""
    if not settings.WORKER_IN_SERVER:
        return None
    worker = EmbeddedWorker()
    worker.start()
    return worker
