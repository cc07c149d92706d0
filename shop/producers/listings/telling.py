"""Letters to a producer's editors when a moderator has decided about a listing."""

from typing import Any

from django.urls import reverse
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected

from catalogue.models import Product
from shop.communication.writing import write_letter
from shop.partner.membership import Membership, Role


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
    members = Membership.objects.filter(
        partner=product.producer_id, role__in=(Role.EDITOR, Role.OWNER), user__is_active=True
    ).select_related("user")
    for member in members.order_by("pk"):
        write_letter(
            event_code,
            to=member.user.email,
            context={
                "product": product,
                "reason": task.comment if task else "",
                "path": reverse("producers:listing", args=[product.pk]),
            },
            language=member.user.language,
        )
