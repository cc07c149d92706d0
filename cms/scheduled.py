"""Pages and listings that go live or end at an hour set before. A job of `shop.worker`.

As Wagtail's `publish_scheduled`, but one that may not be published (a claim was found in it since)
does not keep the others waiting.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Revision

from cms.models import BasePage

logger = logging.getLogger(__name__)


def follow_schedule() -> int:
    """End what is over, publish what is due; returns how many. Harmless when done twice."""
    now = timezone.now()
    done = 0
    for model in _scheduled_models():
        for key in model.objects.filter(live=True, expire_at__lt=now).values_list("pk", flat=True):
            done += _try(_end, model, key)
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for key in due.values_list("pk", flat=True):
        done += _try(_go_live, Revision, key)
    return done


def _scheduled_models() -> list[Any]:
    """Pages once, by their base; everything else with drafts."""
    others = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, BasePage)
    ]
    return [BasePage, *others]


def _try(change: Callable[[Any, Any], bool], model: Any, key: Any) -> int:
    try:
        with transaction.atomic():
            return int(change(model, key))
    except ValidationError as refusal:
        logger.warning("%s %s stays as it is: %s", model._meta.label, key, refusal.messages)
    return 0


def _end(model: Any, key: Any) -> bool:
    row = model.objects.select_for_update(of=("self",)).filter(pk=key, live=True).first()
    if row is None or row.expire_at is None or row.expire_at >= timezone.now():
        return False
    row.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _go_live(_model: Any, key: Any) -> bool:
    revision = Revision.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if revision is None or revision.approved_go_live_at is None:
        return False
    revision.publish(log_action="wagtail.publish.scheduled")
    return True
