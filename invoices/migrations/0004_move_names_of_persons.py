from django.db import migrations
from django.db.models import Max


def move(apps, schema_editor):
    """One identity per name in an organisation, numbered in the order of the pieces."""
    Identity = apps.get_model('federation', 'Identity')
    Invoice = apps.get_model('invoices', 'Invoice')
    last = dict(Identity.objects.values_list('organisation').annotate(last=Max('number')))
    made, rows = {}, list(Invoice.objects.exclude(person='').order_by('organisation_id', 'piece'))
    for invoice in rows:
        key = invoice.organisation_id, invoice.person
        if key not in made:
            last[key[0]] = number = (last.get(key[0]) or 0) + 1
            made[key] = Identity(organisation_id=key[0], kind='outside', number=number, name=key[1])
    Identity.objects.bulk_create(made.values(), batch_size=500)
    for invoice in rows:
        invoice.identity = made[invoice.organisation_id, invoice.person]
    Invoice.objects.bulk_update(rows, ['identity'], batch_size=500)


def back(apps, schema_editor):
    """The names to the invoices; an erased one comes back as its pseudonym."""
    Invoice = apps.get_model('invoices', 'Invoice')
    rows = list(Invoice.objects.select_related('identity').exclude(identity=None))
    kept = sorted({invoice.identity_id for invoice in rows})
    for invoice in rows:
        invoice.person, invoice.identity = invoice.identity.name, None
    Invoice.objects.bulk_update(rows, ['person', 'identity'], batch_size=500)
    for start in range(0, len(kept), 500):
        apps.get_model('federation', 'Identity').objects.filter(pk__in=kept[start:start + 500]).delete()


class Migration(migrations.Migration):
    """Names of people outside the payroll leave for the one table of identities."""

    dependencies = [
        ('invoices', '0003_identity_of_a_person'),
    ]

    operations = [migrations.RunPython(move, back)]
