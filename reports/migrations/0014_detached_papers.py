import json

from django.db import migrations

PEOPLE = (
    ("contract_line", "staffing", "ContractLine", "worker__identity"),
    ("worker_document", "staffing", "WorkerDocument", "worker__identity"),
    ("invoice", "invoices", "Invoice", "identity"),
)


def remember(apps, _editor):
    """Say whom the papers taken off a row before are about: the trail knows the row."""
    entries = apps.get_model("federation", "AuditEntry").objects.filter(
        model="reports.evidencelink", act="deleted"
    )
    files = apps.get_model("federation", "StoredFile").objects
    for changes in entries.order_by("pk").values_list("changes", flat=True).iterator():
        content = json.loads(changes)
        for _key, *values in content["rows"]:
            link = dict(zip(content["fields"], values))
            person = _person(apps, link)
            if person is not None:
                files.filter(pk=link["file"], about=None).update(about=person)


def _person(apps, link):
    for column, app, model, path in PEOPLE:
        if link.get(column):
            rows = apps.get_model(app, model)._base_manager.filter(pk=link[column])
            return rows.values_list(path, flat=True).first()
    return None


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0013_scenarios'),
        ('federation', '0021_whom_a_file_is_about'),
    ]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop, elidable=True)]
