"""Cards by Stripe's hosted page. Off until its keys are set."""

import logging
from datetime import timedelta

import stripe
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from shop.order.models import Order
from shop.payment.methods.base import PENDING_PAYMENT, PaymentMethod, RefundRefused
from shop.payment.methods.stripe import sessions
from shop.payment.methods.stripe.client import client
from shop.payment.models import MoneyReceived, Payment, Refund

logger = logging.getLogger(__name__)
#: A message that has not come after so long is asked for, and so often, seconds.
LATE, BETWEEN = 60, 120
MOST_ASKED = 20


class Stripe(PaymentMethod):
    """Vietnam is no account country of Stripe: for shops with a foreign entity, gifts from abroad.

    The order waits until the session ends. Refunds go by themselves.
    """

    code = sessions.CODE
    label = gettext_lazy("Thẻ quốc tế (Visa, Mastercard)")
    hint = gettext_lazy("Bạn nhập thẻ trên trang của Stripe; cửa hàng không thấy số thẻ.")
    badge = "Stripe"
    initial_status = PENDING_PAYMENT
    refunds_itself = True

    @property
    def hold_minutes(self) -> int | None:
        return int(settings.STRIPE_HOLD_MINUTES)

    def is_offered(self) -> bool:
        return bool(settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRET)

    def next_url(self, order: Order) -> str:
        return reverse("stripe:pay", kwargs={"number": order.number})

    def before_release(self, payment: Payment) -> None:
        sessions.end(payment)

    def chase(self) -> int:
        since = timezone.now() - timedelta(seconds=LATE)
        waiting = Payment.objects.filter(
            method=self.code, state=Payment.State.HELD, created_at__lte=since
        ).exclude(reference="")
        due = [each for each in waiting.order_by("pk") if not _was_asked(each)][:MOST_ASKED]
        return sum(sessions.ask(payment) is not None for payment in due)

    def refund(self, refund: Refund) -> str:
        paid = refund.payment.money.filter(
            provider=self.code, state=MoneyReceived.State.APPLIED
        ).first()
        if paid is None:
            raise RefundRefused("no payment of Stripe stands behind this order")
        try:
            done = client().v1.refunds.create(
                params={
                    "payment_intent": paid.reference,
                    "amount": int(refund.amount),
                    "metadata": {"refund": refund.key},
                },
                options={"idempotency_key": f"refund-{refund.key}"},
            )
        except (stripe.InvalidRequestError, stripe.CardError) as error:
            raise RefundRefused(error.user_message or str(error)) from error
        if done.status in ("failed", "canceled"):
            raise RefundRefused(f"Stripe: {done.status}")
        return done.id


def _was_asked(payment: Payment) -> bool:
    return sessions.was_asked_within(payment, BETWEEN)
