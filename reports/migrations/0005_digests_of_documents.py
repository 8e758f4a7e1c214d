import hashlib

from django.db import migrations


def seal(apps, schema_editor):
    """The SHA-256 of each stored document, which stays as it was frozen."""
    Justification = apps.get_model('reports', 'Justification')
    for row in Justification.objects.filter(document_digest='').iterator(chunk_size=100):
        digest = hashlib.sha256(row.document.encode()).hexdigest()
        Justification.objects.filter(pk=row.pk).update(document_digest=digest)


class Migration(migrations.Migration):
    """Documents frozen before have the digest of their text; the text does not change."""

    dependencies = [
        ('reports', '0004_pseudonyms_in_documents'),
    ]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
