"""Letters to a producer's editors when a moderator has decided about a listing."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected

from catalogue.models import Product
from shop.producers.models import NoticeKind
from shop.producers.notices import News, tell


def connect() -> None:
    for signal, receiver in ((workflow_approved, approved), (workflow_rejected, returned)):
        signal.connect(
            receiver, sender=WorkflowState, dispatch_uid=f"producers.listing.{receiver.__name__}"
        )


def approved(instance: WorkflowState, **kwargs: Any) -> None:
    _tell("LISTING_APPROVED", instance)


def returned(instance: WorkflowState, **kwargs: Any) -> None:
    _tell("LISTING_RETURNED", instance)


def _tell(event_code: str, moderation: WorkflowState) -> None:
    product = moderation.content_object
    if not isinstance(product, Product) or product.producer_id is None:
        return
    task = moderation.current_task_state
    tell(
        News(
            product.producer_id,
            NoticeKind.LISTINGS,
            key=f"{event_code.lower()}:{task.pk if task else moderation.pk}",
            words=lambda: _words(event_code, product.title),
            path=reverse("producers:listing", args=[product.pk]),
            event_code=event_code,
            context={"product": product, "reason": task.comment if task else ""},
        )
    )


def _words(event_code: str, title: str) -> str:
    if event_code == "LISTING_APPROVED":
        return _("%(title)s đã lên kệ") % {"title": title}
    return _("%(title)s: người duyệt nhờ sửa") % {"title": title}
