"""Days on the way and the rules of delivery were settings; each shop's own become rows."""

from datetime import date
from decimal import Decimal

from django.db import migrations

from shop.places.regions import Region, provinces_in
from shop.settings.env import env

DAYS = {"local": (1, 2), "bac": (2, 4), "trung": (3, 6), "nam": (3, 6)}
FROM = date(2026, 1, 1)


def write_rows(apps, schema_editor):
    for zone, (least, most) in DAYS.items():
        apps.get_model("shipping", "ZoneRate").objects.filter(zone=zone).update(
            least_days=least, most_days=most
        )
    regions = [code for code in env.list("CHILLED_REGIONS", ["bac"]) if code in Region.values]
    apps.get_model("shipping", "DeliveryRules").objects.get_or_create(
        effective_from=FROM,
        defaults={
            "chilled_provinces": [
                province for code in regions for province in provinces_in(Region(code))
            ],
            "cod_fee": Decimal(env.int("COD_FEE", 0)),
            "is_sample": True,
        },
    )


class Migration(migrations.Migration):
    dependencies = [("shipping", "0005_rules_fairs_and_days")]

    # Backwards the columns go, and with them what was written here.
    operations = [migrations.RunPython(write_rows, migrations.RunPython.noop)]
