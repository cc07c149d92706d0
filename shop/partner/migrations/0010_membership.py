"""Oscar's table of a producer's people gets a role: those who are there are owners."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("partner", "0009_producers_and_prices"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="partner.partner",
                                verbose_name="Nhà sản xuất",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Người",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Thành viên",
                        "verbose_name_plural": "Thành viên",
                        "db_table": "partner_partner_users",
                        "unique_together": {("partner", "user")},
                    },
                ),
                migrations.AlterField(
                    model_name="partner",
                    name="users",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="partners",
                        through="partner.Membership",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Thành viên",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("packer", "Người đóng gói"),
                    ("editor", "Người soạn tin"),
                    ("owner", "Chủ"),
                ],
                default="owner",
                max_length=10,
                verbose_name="Vai trò",
            ),
        ),
    ]
