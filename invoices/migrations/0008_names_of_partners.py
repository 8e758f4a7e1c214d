from django.db import migrations


def back(apps, schema_editor):
    """The names to the suppliers and the sales; an erased one comes back as its pseudonym."""
    for name in ('Supplier', 'SalesInvoice'):
        model = apps.get_model('invoices', name)
        rows = list(model.objects.select_related('identity').exclude(identity=None))
        for row in rows:
            row.firm, row.nature, row.identity = row.identity.name, '', None
        model.objects.bulk_update(rows, ['firm', 'nature', 'identity'], batch_size=500)


class Migration(migrations.Migration):
    """Nothing is moved: only somebody can say whose name is that of a natural person."""

    dependencies = [
        ('invoices', '0007_nature_of_partners'),
    ]

    operations = [migrations.RunPython(migrations.RunPython.noop, back)]
