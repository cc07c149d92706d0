"""Orders whose terms have ended: the worker takes everybody out of them, a batch at a time.

Members' orders too: sums, goods, commune and province stay in their account, names and streets do
not. Each order is done once (`AnonymousOrder`), and doing it again changes nothing.
"""

import logging
from datetime import datetime, timedelta

from auditlog.context import disable_auditlog
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from oscar.apps.order.models import OrderStatusChange

from shop.corporate.personal import forget_old_requests
from shop.invoices.models import InvoiceRequest
from shop.order.models import Order
from shop.payment.models import Payment, Refund
from shop.payment.personal import forget_payers
from shop.personal.keeping import years_of
from shop.personal.models import AnonymousOrder
from shop.personal.registry import Trace, rooms

logger = logging.getLogger(__name__)
#: Orders in one transaction, and transactions in one round.
BATCH, BATCHES = 50, 20


def anonymise_due() -> int:
    """The worker's. How many orders, and requests for invoices, lost their people."""
    done = 0
    for step in (_next_orders, _next_invoices):
        for _number in range(BATCHES):
            count = step()
            done += count
            if count < BATCH:
                break
    before = end_of("order")
    trace = Trace()
    with disable_auditlog(), transaction.atomic():
        done += forget_payers(before) + forget_old_requests(before, trace)
        transaction.on_commit(trace.delete_files, robust=True)
    if done:
        logger.info("personal data past its term: %s orders and requests", done)
    return done


def end_of(kind: str) -> datetime:
    """What had its last step before this moment is past its term."""
    years = years_of(kind)
    return timezone.now() - timedelta(days=365 * years + years // 4 + 1)


def due_orders(before: datetime) -> QuerySet[Order]:
    """Placed and last changed before then, no money on its way; not done yet."""
    later = OrderStatusChange.objects.filter(order=OuterRef("pk"), date_created__gte=before)
    owed = Payment.objects.filter(order=OuterRef("pk"), refunds__state__in=Refund.WAITING)
    return (
        Order.objects.filter(date_placed__lt=before, anonymous=None)
        .exclude(Exists(later))
        .exclude(Exists(owed))
        .order_by("pk")
    )


def _next_orders() -> int:
    trace = Trace()
    with disable_auditlog(), transaction.atomic():
        due = due_orders(end_of("order"))
        keys = list(due.select_for_update(of=("self",)).values_list("pk", flat=True)[:BATCH])
        if not keys:
            return 0
        for room in rooms():
            room.anonymise(keys, trace)
        AnonymousOrder.objects.bulk_create(
            [AnonymousOrder(order_id=key) for key in keys], ignore_conflicts=True
        )
        transaction.on_commit(trace.delete_files, robust=True)
    return len(keys)


def _next_invoices() -> int:
    """An issued invoice's own term counts from the day on it."""
    before = end_of("invoice")
    with transaction.atomic():
        rows = AnonymousOrder.objects.filter(invoice_at=None)
        issued = InvoiceRequest.Status.ISSUED
        waiting = InvoiceRequest.objects.filter(
            order=OuterRef("order"), status=issued, issued_on__gte=before.date()
        )
        keys = list(
            rows.exclude(Exists(waiting))
            .select_for_update(of=("self",))
            .order_by("pk")
            .values_list("order", flat=True)[:BATCH]
        )
        for room in rooms():
            room.anonymise_invoices(keys)
        AnonymousOrder.objects.filter(order__in=keys).update(invoice_at=timezone.now())
    return len(keys)
