"""Running the checks side by side, none longer than `READY_SECONDS`."""

import logging
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from time import monotonic

from django.conf import settings
from django.db import connections

from shop.health.checks import CHECKS, REMEMBERED_SECONDS, NotReady

logger = logging.getLogger(__name__)
#: An answer holds for so long, seconds: who asks a thousand times a second is told the same.
HOLDS = 1.0


@dataclass(frozen=True)
class Finding:
    """What one check said: `why` is empty when all is well."""

    why: str
    seconds: float
    at: float

    @property
    def is_ready(self) -> bool:
        return not self.why


class Asker:
    """One check in this process. One that hangs hangs alone, in one thread, until it ends."""

    def __init__(self, name: str, check: Callable[[], None], holds: float) -> None:
        self.name, self.check, self.holds = name, check, holds
        self.lock = threading.Lock()
        self.done = threading.Event()
        self.thread: threading.Thread | None = None
        self.finding: Finding | None = None

    def begin(self) -> None:
        """Start the check unless it runs already or has just been answered."""
        with self.lock:
            if self.thread is not None and self.thread.is_alive():
                return
            if self.finding is not None and monotonic() - self.finding.at < self._holds():
                return
            self.done.clear()
            self.thread = threading.Thread(target=self._run, name=f"ready-{self.name}", daemon=True)
            self.thread.start()

    def answer(self, until: float) -> Finding:
        """The finding, waited for until then (`monotonic`)."""
        if self.done.wait(max(0.0, until - monotonic())) and self.finding is not None:
            return self.finding
        return Finding(f"no answer within {settings.READY_SECONDS:g} seconds", 0.0, monotonic())

    def _holds(self) -> float:
        return self.holds if self.finding is not None and self.finding.is_ready else HOLDS

    def _run(self) -> None:
        started = monotonic()
        why = ""
        try:
            self.check()
        except NotReady as error:
            why = str(error)
        except Exception as error:  # whatever is broken, that is the answer
            why = type(error).__name__
            logger.warning("not ready: %s", self.name, exc_info=True)
        finally:
            connections.close_all()
        now = monotonic()
        self.finding = Finding(why, now - started, now)
        self.done.set()


_askers = {
    name: Asker(name, check, REMEMBERED_SECONDS.get(name, HOLDS)) for name, check in CHECKS.items()
}


def ask(without: Collection[str] = ()) -> dict[str, Finding]:
    """What each check says now, by name."""
    asked = {name: asker for name, asker in _askers.items() if name not in without}
    for asker in asked.values():
        asker.begin()
    until = monotonic() + settings.READY_SECONDS
    return {name: asker.answer(until) for name, asker in asked.items()}


def forget() -> None:
    """Ask everything anew next time."""
    for asker in _askers.values():
        asker.finding = None
