"""Gallery pictures become references to the image library.

Not reversible to files: the shop starts with this, no row exists yet.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0032_category_exclude_from_menu_category_long_description"),
        ("pictures", "0001_initial"),
    ]

    operations = [
        migrations.RemoveField("productimage", "original"),
        migrations.AddField(
            "productimage",
            "original",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="product_images",
                to="pictures.picture",
                verbose_name="Ảnh",
            ),
        ),
    ]
