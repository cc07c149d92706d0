import secrets

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def tell_of_boxes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Gift pages counted as boxes, beside the boxes that they tell of."""
    alias = schema_editor.connection.alias
    entries = apps.get_model("lookup", "Entry").objects.using(alias)
    if entries.filter(source="gift", kind="box").update(kind="story"):
        editions = apps.get_model("lookup", "Edition").objects.using(alias)
        editions.filter(part="entries").update(stamp=secrets.token_hex(16))


class Migration(migrations.Migration):

    dependencies = [
        ('lookup', '0003_best_entries_first'),
    ]

    operations = [
        migrations.RunPython(tell_of_boxes, migrations.RunPython.noop),
    ]
