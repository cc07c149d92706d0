import django.db.models.deletion
from django.db import migrations, models


def name_the_order(apps, schema_editor):
    """All that was written until now was written by producers, about their parcel."""
    Message = apps.get_model("order", "OrderMessage")
    for message in Message.objects.filter(order=None).select_related("parcel"):
        Message.objects.filter(pk=message.pk).update(order=message.parcel.order_id)


class Migration(migrations.Migration):
    dependencies = [
        ("order", "0028_orders_by_guest_email"),
        ("returns", "0001_returns"),

    ]

    operations = [
        migrations.RenameModel("ParcelMessage", "OrderMessage"),
        migrations.AlterModelOptions(
            name="ordermessage",
            options={
                "ordering": ["pk"],
                "verbose_name": "Lời nhắn về đơn",
                "verbose_name_plural": "Lời nhắn về đơn",
            },
        ),
        migrations.AddField(
            model_name="ordermessage",
            name="order",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="order.order",
                verbose_name="Đơn hàng",
            ),
        ),
        migrations.AlterField(
            model_name="ordermessage",
            name="parcel",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="order.parcel",
                verbose_name="Kiện hàng",
            ),
        ),
        migrations.AddField(
            model_name="ordermessage",
            name="about",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="returns.returnrequest",
                verbose_name="Yêu cầu trả hàng",
            ),
        ),
        migrations.AddField(
            model_name="ordermessage",
            name="side",
            field=models.CharField(
                choices=[
                    ("buyer", "Người mua"),
                    ("producer", "Nhà sản xuất"),
                    ("shop", "Cửa hàng"),
                ],
                default="producer",
                max_length=10,
                verbose_name="Bên viết",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="ordermessage",
            name="waits",
            field=models.BooleanField(default=False, verbose_name="Chờ trả lời"),
        ),
        migrations.RunPython(name_the_order, migrations.RunPython.noop),
    ]
