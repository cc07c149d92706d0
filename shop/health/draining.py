"""Going away: no new visitors, while those who are here are still served.

`touch $SHOP_VAR_DIR/draining` before the stop (a preStop hook, systemd's ExecStop) makes `/readyz/`
answer 503, and load balancers send nobody; a worker that gunicorn is stopping says so too. The
server takes the file away when it starts.
"""

from pathlib import Path
from typing import Any

from django.conf import settings

_worker: Any = None


def flag() -> Path:
    return Path(settings.VAR_DIR) / "draining"


def follow(worker: Any) -> None:
    """This process is gunicorn's `worker`."""
    global _worker
    _worker = worker


def is_draining() -> bool:
    return flag().exists() or (_worker is not None and not _worker.alive)
