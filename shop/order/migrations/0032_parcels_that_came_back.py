from decimal import Decimal

from django.db import migrations, models


def remember_what_came_back(apps, schema_editor):
    """Parcels from before: when the payment's history tells of it, and what nobody paid."""
    Parcel = apps.get_model("order", "Parcel")
    Payment = apps.get_model("payment", "Payment")
    changed = []
    for parcel in Parcel.objects.filter(status="returned").select_related("order"):
        payment = Payment.objects.filter(order=parcel.order_id).first()
        if payment is None:
            continue
        told = f"Kiện {parcel.position} bị trả lại"
        event = payment.events.filter(kind="note", words__startswith=told).first()
        parcel.returned_at = event.at if event else None
        if payment.method == "cod" and not payment.money.exclude(provider="cash").exists():
            parcel.uncollected = max(Decimal(0), _part_of(parcel))
        changed.append(parcel)
    Parcel.objects.bulk_update(changed, ["returned_at", "uncollected"], batch_size=500)


def _part_of(parcel):
    """As `shop.payment.cash.cash_parts` reckoned it: the first bears what concerns the whole."""
    parts = {
        each.pk: each.charge
        + Decimal(each.charge_breakdown.get("cod_fee", 0))
        + sum((line.line_price_incl_tax for line in each.lines.all()), Decimal(0))
        for each in parcel.order.parcels.order_by("position")
    }
    first = next(iter(parts))
    parts[first] += parcel.order.total_incl_tax - sum(parts.values(), Decimal(0))
    return parts[parcel.pk]


class Migration(migrations.Migration):

    dependencies = [
        ('order', '0031_staff_looks'),
        ('payment', '0009_refunds_and_who_bears_them'),
    ]

    operations = [
        migrations.AddField(
            model_name='parcel',
            name='returned_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='Về lại lúc'),
        ),
        migrations.AddField(
            model_name='parcel',
            name='uncollected',
            field=models.DecimalField(decimal_places=0, default=Decimal('0'), max_digits=12, verbose_name='Trả lại, chưa thu, đồng'),
        ),
        migrations.RunPython(remember_what_came_back, migrations.RunPython.noop, elidable=True),
    ]
