"""PostgreSQL itself refuses to change or delete a row of the trail; SQLite relies on the chain."""

from django.db import migrations

TABLES = ("federation_auditentry", "federation_auditseal")
FUNCTION = """
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only';
END $$
"""
TRIGGER = (
    "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION audit_append_only()"
)


def guard(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(FUNCTION)
    for table in TABLES:
        schema_editor.execute(TRIGGER.format(table=table))


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER audit_append_only ON {table}")
    schema_editor.execute("DROP FUNCTION audit_append_only()")


class Migration(migrations.Migration):

    dependencies = [("federation", "0011_audit_trail")]

    operations = [migrations.RunPython(guard, unguard, elidable=False)]
