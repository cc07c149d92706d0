"""The conversation about an order: its buyer, the sender of each parcel, the shop."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.order.letters import (
    NOT_YET_WORK,
    tell_sender,
    write_answer_letter,
    write_parcel_message,
)
from shop.order.models import Order, OrderMessage, Parcel
from shop.order.steps import StepNotPossible

Side = OrderMessage.Side
#: More about one parcel is no news any more.
MOST_MESSAGES = 10
#: What one order's buyer may write within an hour: a guest's link may have got about.
MOST_AN_HOUR = 6
#: The same words again within so many seconds are a second click.
SAME_SECONDS = 60


@transaction.atomic
def tell_buyer(parcel: Parcel, text: str, *, by: Any) -> OrderMessage:
    """What the producer of a parcel says: on the order's page, and in a letter.

    The producer learns no address by it. Raises StepNotPossible after too many.
    """
    order = Order.objects.select_for_update().get(pk=parcel.order_id)
    if (same := _said_just_now(order, text, Side.PRODUCER, parcel)) is not None:
        return same
    if parcel.messages.filter(side=Side.PRODUCER, about=None).count() >= MOST_MESSAGES:
        raise StepNotPossible(_("Đã gửi 10 lời nhắn cho kiện này. Cần hơn, hãy gọi điện."))
    message = _keep(order, text, Side.PRODUCER, parcel, by=by)
    write_parcel_message(parcel, message.text)
    return message


@transaction.atomic
def ask(
    order: Order, text: str, *, parcel: Parcel | None = None, about: Any = None, by: Any = None
) -> OrderMessage:
    """What the buyer asks: of who sends `parcel`, or of the shop. It waits for an answer.

    Raises StepNotPossible when too much was written within the hour.
    """
    locked = Order.objects.select_for_update().get(pk=order.pk)
    if (same := _said_just_now(locked, text, Side.BUYER, parcel, about)) is not None:
        return same
    since = timezone.now() - timedelta(hours=1)
    if locked.messages.filter(side=Side.BUYER, sent_at__gte=since).count() >= MOST_AN_HOUR:
        raise StepNotPossible(
            _("Bạn đã gửi nhiều lời nhắn trong một giờ. Hãy chờ trả lời, hoặc gửi lại sau một giờ.")
        )
    message = _keep(locked, text, Side.BUYER, parcel, about, by=by, waits=True)
    if parcel is not None and locked.status not in NOT_YET_WORK:
        path = reverse("producers:parcel-report", args=[parcel.pk, about.pk]) if about else ""
        key = f"question:{message.pk}"
        tell_sender(parcel, _asked_words, key=key, path=path, text=message.text)
    return message


def _asked_words(parcel: str) -> str:
    return _("Người mua hỏi về kiện %(parcel)s.") % {"parcel": parcel}


@transaction.atomic
def answer(
    order: Order, text: str, *, by: Any, parcel: Parcel | None = None, about: Any = None
) -> OrderMessage:
    """What the shop answers in one conversation of an order; a letter carries it."""
    locked = Order.objects.select_for_update().get(pk=order.pk)
    if (same := _said_just_now(locked, text, Side.SHOP, parcel, about)) is not None:
        return same
    message = _keep(locked, text, Side.SHOP, parcel, about, by=by)
    write_answer_letter(locked, message)
    return message


@transaction.atomic
def needs_no_answer(order: Order) -> int:
    """Staff read all that waits and have nothing to say; how many were waiting."""
    locked = Order.objects.select_for_update().get(pk=order.pk)
    return locked.messages.filter(about=None).unanswered().update(waits=False)


def waiting_orders() -> QuerySet[Order]:
    """Orders with words of their buyer that nobody answered, the longest waiting first.

    What was said about a report waits with the report.
    """
    return (
        Order.objects.filter(messages__waits=True, messages__about=None)
        .annotate(waits_since=Min("messages__sent_at"))
        .order_by("waits_since", "pk")
    )


def _said_just_now(
    order: Order, text: str, side: str, parcel: Parcel | None, about: Any = None
) -> OrderMessage | None:
    """The same words of the same side in the same place, sent a second time."""
    since = timezone.now() - timedelta(seconds=SAME_SECONDS)
    thread = OrderMessage.objects.of_thread(order, parcel, about)
    return thread.filter(side=side, text=text.strip(), sent_at__gte=since).first()


def _keep(
    order: Order,
    text: str,
    side: str,
    parcel: Parcel | None = None,
    about: Any = None,
    *,
    by: Any = None,
    waits: bool = False,
) -> OrderMessage:
    """Write it down; an answer takes the mark off what was asked before it."""
    if side != Side.BUYER:
        OrderMessage.objects.of_thread(order, parcel, about).unanswered().update(waits=False)
    return OrderMessage.objects.create(
        order=order, parcel=parcel, about=about, side=side, by=by, text=text.strip(), waits=waits
    )
