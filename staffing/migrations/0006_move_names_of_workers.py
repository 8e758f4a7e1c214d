from django.db import migrations
from django.db.models import Max


def move(apps, schema_editor):
    """One identity per worker, numbered in the organisation in the order of the employer's numbers."""
    Identity = apps.get_model('federation', 'Identity')
    Worker = apps.get_model('staffing', 'Worker')
    last = dict(Identity.objects.values_list('organisation').annotate(last=Max('number')))
    made, rows = [], []
    for worker in Worker.objects.order_by('organisation_id', 'number'):
        last[worker.organisation_id] = number = (last.get(worker.organisation_id) or 0) + 1
        made.append(Identity(organisation_id=worker.organisation_id, kind='worker', number=number, name=worker.name))
        rows.append(worker)
    Identity.objects.bulk_create(made, batch_size=500)
    for worker, identity in zip(rows, made):
        worker.identity = identity
    Worker.objects.bulk_update(rows, ['identity'], batch_size=500)


def back(apps, schema_editor):
    """The names to the workers; an erased one comes back as its pseudonym."""
    Worker = apps.get_model('staffing', 'Worker')
    rows = list(Worker.objects.select_related('identity').exclude(identity=None))
    kept = [worker.identity_id for worker in rows]
    for worker in rows:
        worker.name, worker.identity = worker.identity.name, None
    Worker.objects.bulk_update(rows, ['name', 'identity'], batch_size=500)
    for start in range(0, len(kept), 500):
        apps.get_model('federation', 'Identity').objects.filter(pk__in=kept[start:start + 500]).delete()


class Migration(migrations.Migration):
    """Names of workers leave for the one table of identities."""

    dependencies = [
        ('staffing', '0005_identity_of_a_worker'),
    ]

    operations = [migrations.RunPython(move, back)]
