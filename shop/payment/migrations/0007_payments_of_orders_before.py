"""Orders placed before payments had rows get theirs."""

from typing import Any

from django.db import migrations
from django.utils import timezone

STATES = {"pending-payment": "held", "cancelled": "released"}


def write_payments(apps: Any, schema_editor: Any) -> None:
    Order = apps.get_model("order", "Order")
    Payment = apps.get_model("payment", "Payment")
    for order in Order.objects.filter(payment=None).iterator():
        is_paid = order.paid_at is not None
        state = "paid" if is_paid else STATES.get(order.status, "due")
        Payment.objects.create(
            order=order,
            method=order.payment_method or "cod",
            state=state,
            # Nobody waits for these any more: the worker releases them at once.
            held_until=timezone.now() if state == "held" else None,
            amount=order.total_incl_tax,
            received=order.total_incl_tax if is_paid else 0,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("payment", "0006_payments_and_money"),
        ("order", "0022_parcels_and_memory"),
    ]
    operations = [migrations.RunPython(write_payments, migrations.RunPython.noop)]
