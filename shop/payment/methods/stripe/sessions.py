"""Checkout Sessions: made once for each try, asked about, ended."""

import logging
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import stripe
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from shop.order.models import Order
from shop.payment.methods.stripe.client import client
from shop.payment.models import MoneyReceived, Payment, ProviderMessage
from shop.payment.receiving import Incoming, locked_payment, receive

logger = logging.getLogger(__name__)
CODE = "stripe"
#: Stripe ends a session half an hour from its making at the earliest.
SHORTEST = timedelta(minutes=31)


def session_url(order: Order) -> str:
    """Where Stripe takes the money for `order`: the open session, or a new one.

    Asks Stripe outside of any transaction. The goods wait at least as long as the session is open.
    Raises `stripe.StripeError`, and NotWaiting when the order waits for no money.
    """
    payment = order.payment
    if payment.state != Payment.State.HELD or payment.method != CODE:
        raise NotWaiting
    if payment.reference:
        session = client().v1.checkout.sessions.retrieve(payment.reference)
        if session.status == "open" and session.url:
            return str(session.url)
        if settle(session) is not None:
            raise NotWaiting
    attempt, until = _next_attempt(order)
    session = client().v1.checkout.sessions.create(
        params=_params(order, until),  # type: ignore[arg-type]
        options={"idempotency_key": f"{order.number}-{attempt}"},
    )
    with transaction.atomic():
        locked = locked_payment(order.pk)
        locked.reference = session.id
        locked.memory["asked_at"] = timezone.now().isoformat()
        locked.save(update_fields=["reference", "memory"])
    return str(session.url)


class NotWaiting(Exception):
    """The order waits for no money by card any more."""


def _next_attempt(order: Order) -> tuple[int, datetime]:
    """Number this try, and hold the goods as long as its session is open."""
    with transaction.atomic():
        payment = locked_payment(order.pk)
        if payment.state != Payment.State.HELD or payment.method != CODE:
            raise NotWaiting
        attempt = payment.memory.get("attempt", 0) + 1
        until = max(payment.held_until or timezone.now(), timezone.now() + SHORTEST)
        payment.memory = {**payment.memory, "attempt": attempt}
        payment.held_until = until
        payment.save(update_fields=["memory", "held_until"])
    return attempt, until


def _params(order: Order, until: datetime) -> dict[str, Any]:
    """The order as Stripe asks for it. Đồng have no smaller unit: amounts are whole đồng."""
    with translation.override(order.language):
        back = f"{settings.BASE_URL}{reverse('stripe:returned', args=[order.number])}"
        cancelled = f"{settings.BASE_URL}{reverse('stripe:cancelled', args=[order.number])}"
    params = {
        "mode": "payment",
        "client_reference_id": order.number,
        "metadata": {"order": order.number},
        "payment_intent_data": {"metadata": {"order": order.number}, "description": order.number},
        "line_items": _line_items(order),
        "locale": "en" if order.language == "en" else "vi",
        "expires_at": int(until.timestamp()),
        "success_url": back,
        "cancel_url": cancelled,
    }
    if order.contact_email:
        params["customer_email"] = order.contact_email
    return params


def _line_items(order: Order) -> list[dict[str, Any]]:
    """Goods, delivery, fees; with a discount one line, so that the sum is right to the đồng."""
    rows: list[tuple[str, int, Decimal]] = [
        (line.title, line.quantity, line.unit_price_incl_tax or Decimal(0))
        for line in order.lines.order_by("pk")
    ]
    if order.shipping_incl_tax:
        rows.append((order.shipping_method or "-", 1, order.shipping_incl_tax))
    rows.extend((each.name, 1, each.incl_tax) for each in order.surcharges.all())
    if sum(quantity * price for _name, quantity, price in rows) != order.total_incl_tax:
        rows = [(order.number, 1, order.total_incl_tax)]
    return [
        {
            "quantity": quantity,
            "price_data": {
                "currency": "vnd",
                "unit_amount": int(price),
                "product_data": {"name": name[:250]},
            },
        }
        for name, quantity, price in rows
    ]


def settle(session: Any, message: ProviderMessage | None = None) -> MoneyReceived | None:
    """Receive what a session brought; None while it brought nothing.

    Whether the sum is what the order owes is for `receive` to say.
    """
    if session.payment_status != "paid" or not session.payment_intent:
        return None
    intent = session.payment_intent
    return receive(
        Incoming(
            provider=CODE,
            reference=intent if isinstance(intent, str) else intent.id,
            amount=Decimal(session.amount_total),
            booked_at=timezone.now(),
            currency=str(session.currency).upper(),
            order_number=session.client_reference_id or "?",
            methods=(CODE,),
        ),
        message=message,
    )


def ask(payment: Payment) -> MoneyReceived | None:
    """Ask Stripe how a payment stands, now; what came is received. Raises `stripe.StripeError`."""
    if not payment.reference:
        return None
    with transaction.atomic():
        locked = locked_payment(payment.order_id)
        locked.memory = {**locked.memory, "asked_at": timezone.now().isoformat()}
        locked.save(update_fields=["memory"])
    return settle(client().v1.checkout.sessions.retrieve(payment.reference))


def was_asked_within(payment: Payment, seconds: float) -> bool:
    asked = payment.memory.get("asked_at")
    if not asked:
        return False
    return timezone.now() - datetime.fromisoformat(asked) < timedelta(seconds=seconds)


def end(payment: Payment) -> None:
    """Take no more money for a payment; what came before is received. Raises `StripeError`."""
    if not payment.reference:
        return
    sessions = client().v1.checkout.sessions
    try:
        sessions.expire(payment.reference)
    except stripe.InvalidRequestError:
        # Over already: paid, or expired by itself. The session says which.
        settle(sessions.retrieve(payment.reference))
