"""Money: sums and references are the books', names of payers are not."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.payment.models import (
    MoneyReceived,
    Payment,
    PaymentEvent,
    ProviderMessage,
    Refund,
    RefundAccount,
)
from shop.personal.registry import Person, Room, Trace
from shop.personal.rows import dump

#: Hidden: who of the staff it was, and what methods remember for themselves.
_INTERNAL = ("by", "asked_by", "resolved_by", "memory", "message", "error")


class PaymentRoom(Room):
    name = "payments"
    title = gettext_lazy("Thanh toán và hoàn tiền")
    holds = (
        "payment.Payment",
        "payment.PaymentEvent",
        "payment.Refund",
        "payment.RefundLine",
        "payment.RefundAccount",
        "payment.MoneyReceived",
        "payment.ProviderMessage",
        "payment.Source",
        "payment.Transaction",
    )

    def refusals(self, person: Person) -> list[str]:
        owed = Q(refunds__state__in=Refund.WAITING)
        open_ = Q(state__in=Payment.OPEN) & ~Q(order__status="cancelled")
        numbers = (
            Payment.objects.filter(order__in=person.orders)
            .filter(owed | open_)
            .values_list("order__number", flat=True)
            .distinct()
        )
        return [
            _("Đơn %(number)s còn tiền chưa trả hoặc chưa hoàn xong.") % {"number": number}
            for number in numbers
        ]

    def export(self, person: Person) -> Any:
        payments = Payment.objects.filter(order__in=person.orders)
        return {
            "payments": dump(payments, leave_out=_INTERNAL),
            "received": dump(
                MoneyReceived.objects.filter(payment__in=payments), leave_out=_INTERNAL
            ),
            "refunds": dump(Refund.objects.filter(payment__in=payments), leave_out=_INTERNAL),
            "refund_accounts": dump(RefundAccount.objects.filter(payment__in=payments)),
            "events": dump(PaymentEvent.objects.filter(payment__in=payments), leave_out=_INTERNAL),
        }

    def anonymise(self, orders: Sequence[int], trace: Trace) -> None:
        payments = Payment.objects.filter(order__in=orders)
        money = MoneyReceived.objects.filter(payment__in=payments)
        _blank_messages(ProviderMessage.objects.filter(money__in=money))
        money.update(note="", resolution="")
        RefundAccount.objects.filter(payment__in=payments).delete()
        Refund.objects.filter(payment__in=payments).update(reason="", error="")
        PaymentEvent.objects.filter(payment__in=payments).update(words="")
        payments.update(memory={})


def forget_payers(before: datetime) -> int:
    """Who paid, in what providers told before then, of whichever order or of none.

    What nobody has looked at yet stays: it is money that waits for its owner.
    """
    told = ProviderMessage.objects.filter(
        received_at__lt=before, state=ProviderMessage.State.APPLIED
    ).exclude(body="")
    resolved = MoneyReceived.objects.filter(booked_at__lt=before).exclude(
        state=MoneyReceived.State.QUEUED
    )
    resolved.exclude(note="", resolution="").update(note="", resolution="")
    return _blank_messages(told)


def _blank_messages(messages: Any) -> int:
    keys = list(messages.values_list("pk", flat=True))
    return ProviderMessage.objects.filter(pk__in=keys).update(body="", last_error="", outcome="")
