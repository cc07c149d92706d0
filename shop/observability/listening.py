"""What is heard of other rooms by Django's signals: sign-ins, background tasks."""

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django_tasks import TaskResult
from django_tasks.signals import task_finished, task_started
from structlog.contextvars import bind_contextvars, unbind_contextvars

from shop.observability.metrics import count_sign_in


def connect() -> None:
    """Called when the apps are ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="count-sign-in")
    user_login_failed.connect(_not_signed_in, dispatch_uid="count-failed-sign-in")
    user_locked_out.connect(_locked_out, dispatch_uid="count-lock-out")
    task_started.connect(_task_begins, dispatch_uid="bind-task")
    task_finished.connect(_task_ends, dispatch_uid="unbind-task")


def _signed_in(sender: Any, **kwargs: Any) -> None:
    count_sign_in("ok")


def _not_signed_in(sender: Any, **kwargs: Any) -> None:
    count_sign_in("failed")


def _locked_out(sender: Any, **kwargs: Any) -> None:
    count_sign_in("locked-out")


def _task_begins(sender: Any, task_result: TaskResult, **kwargs: Any) -> None:
    bind_contextvars(task_id=str(task_result.id), task=task_result.task.module_path)


def _task_ends(sender: Any, task_result: TaskResult, **kwargs: Any) -> None:
    unbind_contextvars("task_id", "task")
