"""A process that dies by kill −9 at a chosen step, as a machine does when the power fails."""

import os
import signal
from collections.abc import Callable
from importlib import import_module
from typing import Any
from unittest import mock

from django.db import connections


def dies_after(step: str, action: Callable[[], Any]) -> None:
    """Run `action` in a process of its own that is killed as soon as the function `step` returns.

    `step` is a dotted path as the caller of that function knows it.
    """
    _run(step, action, before=False)


def dies_before(step: str, action: Callable[[], Any]) -> None:
    """As `dies_after`, killed when the function is about to be called."""
    _run(step, action, before=True)


def _run(step: str, action: Callable[[], Any], *, before: bool) -> None:
    # A connection must not be shared by two processes.
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            _act(step, action, before=before)
        finally:
            os._exit(1)  # the step was never reached: the parent says so
    _pid, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status), f"{step} was never reached"
    assert os.WTERMSIG(status) == signal.SIGKILL


def _act(step: str, action: Callable[[], Any], *, before: bool) -> None:
    module, _dot, name = step.rpartition(".")
    target = import_module(module)
    real = getattr(target, name)

    def last_step(*args: Any, **kwargs: Any) -> None:
        if not before:
            real(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    with mock.patch.object(target, name, last_step):
        action()
