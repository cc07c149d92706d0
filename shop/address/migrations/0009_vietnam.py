"""The one country that the shop delivers to; every address refers to it."""

from django.db import migrations


def add_vietnam(apps, schema_editor):
    apps.get_model("address", "Country").objects.get_or_create(
        iso_3166_1_a2="VN",
        defaults={
            "iso_3166_1_a3": "VNM",
            "iso_3166_1_numeric": "704",
            "printable_name": "Việt Nam",
            "name": "Cộng hòa Xã hội chủ nghĩa Việt Nam",
            "is_shipping_country": True,
        },
    )


class Migration(migrations.Migration):
    dependencies = [("address", "0008_vietnamese_address")]

    # Backwards it stays: addresses may refer to it.
    operations = [migrations.RunPython(add_vietnam, migrations.RunPython.noop)]
