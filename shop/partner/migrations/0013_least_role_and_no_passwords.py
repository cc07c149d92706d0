"""Who joins has the least role; the shop's staff no longer change accounts, superusers' included."""

from typing import Any

from django.db import migrations, models


def take_change_user_away(apps: Any, schema_editor: Any) -> None:
    """`setup_shop` adds rights only. The groups are those of `shop.staff`."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    given = Permission.objects.filter(content_type__app_label="users", codename="change_user")
    for group in Group.objects.filter(name="Shop staff"):
        group.permissions.remove(*given)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("partner", "0012_settlements"),
    ]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("packer", "Người đóng gói"),
                    ("editor", "Người soạn tin"),
                    ("owner", "Chủ"),
                ],
                default="packer",
                max_length=10,
                verbose_name="Vai trò",
            ),
        ),
        migrations.RunPython(take_change_user_away, migrations.RunPython.noop),
    ]
