"""A producer's address in the shop. The shop starts with this: no row exists yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partner", "0007_partneraddress_code")]

    operations = [
        migrations.AddField(
            "partner",
            "slug",
            models.SlugField(max_length=160, unique=True, verbose_name="Đường dẫn"),
        ),
    ]
