"""PostgreSQL refuses to empty the trail at once, too, unless the connection says that it means to.

Tests and benches empty their databases: they set `backoffice.emptying` to `yes`.
"""

from django.db import migrations

TABLES = ("federation_auditentry", "federation_auditseal")
FUNCTION = """
CREATE FUNCTION audit_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('backoffice.emptying', true) IS DISTINCT FROM 'yes' THEN
        RAISE EXCEPTION 'the audit trail is append-only';
    END IF;
    RETURN NULL;
END $$
"""
TRIGGER = (
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_no_truncate()"
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
        schema_editor.execute(f"DROP TRIGGER audit_no_truncate ON {table}")
    schema_editor.execute("DROP FUNCTION audit_no_truncate()")


class Migration(migrations.Migration):

    dependencies = [("federation", "0019_audit_first_acts")]

    operations = [migrations.RunPython(guard, unguard, elidable=False)]
