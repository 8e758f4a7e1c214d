"""The table of the cache: attempts to sign in, counted for every process of the site."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def create_table(_apps: Any, schema_editor: Any) -> None:
    call_command(
        "createcachetable", "federation_cache", database=schema_editor.connection.alias, verbosity=0
    )


class Migration(migrations.Migration):
    dependencies = [("federation", "0009_identities")]
    operations = [
        migrations.RunPython(create_table, migrations.RunPython.noop),
        migrations.RunSQL(migrations.RunSQL.noop, "DROP TABLE federation_cache"),
    ]
