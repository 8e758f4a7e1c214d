"""A site older than the trail: each organisation, and the site, has one act, so that none is lost unseen."""

from django.conf import settings
from django.db import migrations

NOTHING = {"act": "changed", "changes": '{"rows":[]}', "count": 0, "reason": "début du journal"}


def begin(apps, schema_editor):
    entry = apps.get_model("federation", "AuditEntry")
    known = set(entry.objects.order_by().values_list("organisation", flat=True).distinct())
    keys = apps.get_model("federation", "Organisation").objects.order_by("pk").values_list("pk", flat=True)
    model = "federation.organisation"
    rows = [
        entry(organisation_id=key, model=model, first_key=key, last_key=key, **NOTHING)
        for key in keys
        if key not in known
    ]
    if None not in known and apps.get_model(*settings.AUTH_USER_MODEL.split(".")).objects.exists():
        rows.append(entry(model="auth.user", **NOTHING))
    entry.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [
        ("federation", "0018_audit_keyed_seals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=True)]
