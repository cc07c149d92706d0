"""Which of the server's processes this is; the metrics of each lie in a file of its own."""

import os
import shutil
import tempfile
from typing import Any

#: Where the processes of one server put their numbers; read by prometheus_client as well.
DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"
_name = "master"


def name() -> str:
    """`master`, or the place of a worker: `0`, `1`. A worker that is replaced leaves its place.

    Not the process id: a shop that renews its workers every few minutes would leave files by the
    thousand, and every scrape reads them all.
    """
    return _name


def open_directory() -> None:
    """Make the directory anew, before prometheus_client is imported."""
    os.environ[DIRECTORY] = tempfile.mkdtemp(prefix="phien-cho-metrics-")


def close_directory() -> None:
    if path := os.environ.get(DIRECTORY):
        shutil.rmtree(path, ignore_errors=True)


def take_place(worker: Any, others: Any) -> None:
    """In the master, before the fork: the first place that no living worker has."""
    taken = {getattr(other, "place", None) for other in others}
    worker.place = next(place for place in range(len(taken) + 1) if place not in taken)


def become(worker: Any) -> None:
    """In the worker, after the fork."""
    global _name
    _name = str(worker.place)
