"""What Stripe tells, applied."""

import json
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from catalogue.money import format_dong
from shop.payment.methods.stripe.sessions import settle
from shop.payment.models import MoneyReceived, Payment, ProviderMessage, Refund
from shop.payment.receiving import locked_payment
from shop.payment.refunding import CannotRefund, ask_refund, fail_refund, finish_refund
from shop.payment.trail import Kind, record


def apply(message: ProviderMessage) -> str:
    """One event. Kinds that the shop has no use for are kept and left."""
    thing = json.loads(message.body)["data"]["object"]
    match message.kind:
        case "checkout.session.completed" | "checkout.session.async_payment_succeeded":
            money = settle(_session(thing), message)
            return money.reason or money.state if money else "not paid yet"
        case "checkout.session.expired" | "checkout.session.async_payment_failed":
            return _over(thing)
        case "charge.refunded":
            return _refunded_there(thing)
        case "refund.updated" | "refund.failed" | "charge.refund.updated":
            return _refund_changed(thing)
        case "charge.dispute.created":
            return _disputed(thing)
    return "left"


def _session(thing: dict[str, Any]) -> Any:
    names = ("payment_status", "payment_intent", "amount_total", "currency", "client_reference_id")
    return SimpleNamespace(**{name: thing.get(name) for name in names})


def _over(thing: dict[str, Any]) -> str:
    """The session ended without money: the order goes at its deadline, or is paid another way."""
    found = Payment.objects.filter(reference=thing.get("id") or "?").first()
    if found is None:
        return "not ours, or an earlier try"
    payment = locked_payment(found.order_id)
    if payment.state != Payment.State.HELD or payment.reference != thing["id"]:
        return "over before"
    payment.reference = ""
    payment.save(update_fields=["reference"])
    record(payment, Kind.NOTE, _("Trang thẻ đã hết hạn hoặc thẻ không trả được."))
    return "session over"


def _payment_of(thing: dict[str, Any]) -> Payment | None:
    money = MoneyReceived.objects.filter(
        provider="stripe", reference=thing.get("payment_intent") or "?"
    ).first()
    return money.payment if money else None


def _refunded_there(charge: dict[str, Any]) -> str:
    """Refunds made on Stripe's own pages are entered too, so that the books say what happened."""
    payment = _payment_of(charge)
    if payment is None:
        return "no order of ours"
    payment = locked_payment(payment.order_id)
    missing = Decimal(charge.get("amount_refunded") or 0) - payment.refunded - payment.promised_back
    if missing <= 0:
        return "known"
    key = f"stripe-{charge['id']}-{charge['amount_refunded']}"
    try:
        refund = ask_refund(payment, reason=_("Hoàn trên trang Stripe."), amount=missing, key=key)
    except CannotRefund as refusal:
        record(payment, Kind.NOTE, str(refusal), amount=missing)
        return "more than came"
    finish_refund(refund, charge["id"])
    return "entered"


def _refund_changed(thing: dict[str, Any]) -> str:
    key = (thing.get("metadata") or {}).get("refund", "")
    refund = Refund.objects.filter(key=key).first() if key else None
    if refund is None:
        return "no refund of ours"
    if thing.get("status") == "succeeded":
        finish_refund(refund, thing["id"])
        return "done"
    if thing.get("status") in ("failed", "canceled"):
        fail_refund(refund, f"Stripe: {thing.get('failure_reason') or thing['status']}")
        return "failed"
    return "on its way"


def _disputed(thing: dict[str, Any]) -> str:
    payment = _payment_of(thing)
    if payment is None:
        return "no order of ours"
    amount = Decimal(thing.get("amount") or 0)
    words = _("Chủ thẻ khiếu nại %(sum)s: trả lời trên trang Stripe.") % {
        "sum": format_dong(amount)
    }
    record(payment, Kind.NOTE, words, amount=amount)
    return "noted"
