"""A moderator's word on a listing that its producer handed in."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from catalogue.models import Product


class NotPossible(Exception):
    """The listing is not where it was when the moderator read it. The message is for them."""


def waiting() -> list[tuple[Product, TaskState]]:
    """Listings that wait for a moderator with their task, the longest wait first."""
    states = (
        WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Product),
            status=WorkflowState.STATUS_IN_PROGRESS,
        )
        .select_related("current_task_state", "requested_by")
        .order_by("current_task_state__started_at", "pk")
    )
    products = Product.objects.select_related("producer").in_bulk(
        [int(state.object_id) for state in states]
    )
    return [
        (products[int(state.object_id)], state.current_task_state)
        for state in states
        if int(state.object_id) in products
    ]


def task_of(product: Product, user: Any) -> TaskState | None:
    """The task that `user` may decide about this listing now; None where there is none."""
    state: TaskState | None = product.current_workflow_task_state
    if state is None:
        return None
    actions = {name for name, *_rest in state.task.specific.get_actions(product, user)}
    return state if {"approve", "reject"} <= actions else None


@transaction.atomic
def approve(product: Product, *, by: Any, seen: int) -> None:
    """Publish what was read, `seen` being its revision. Raises NotPossible.

    Raises ValidationError when the label lacks something or a claim stands in it.
    """
    _task(product, by, seen).approve(user=by)


@transaction.atomic
def give_back(product: Product, *, by: Any, seen: int, reason: str) -> None:
    """Return it to the producer with a reason. Raises NotPossible."""
    _task(product, by, seen).reject(user=by, comment=reason)


def _task(product: Product, user: Any, seen: int) -> Any:
    # Two moderators at once: the second one finds it decided.
    locked = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    task = task_of(locked, user)
    if task is None:
        raise NotPossible(_("Tin này đã được quyết định, hoặc đã được rút lại."))
    if task.revision_id != seen:
        raise NotPossible(_("Tin đã đổi từ lúc bạn đọc. Hãy đọc lại rồi quyết định."))
    return task
