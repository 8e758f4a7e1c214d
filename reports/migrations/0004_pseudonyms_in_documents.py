from django.db import migrations, models


class Migration(migrations.Migration):
    """What is there was frozen with names; what comes holds pseudonyms."""

    dependencies = [
        ('reports', '0003_workflow'),
    ]

    operations = [
        migrations.AddField(
            model_name='justification',
            name='document_digest',
            field=models.CharField(blank=True, default='', max_length=64, verbose_name='empreinte du document'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='justification',
            name='holds_names',
            field=models.BooleanField(default=True, verbose_name='contient des noms'),
        ),
        migrations.AddField(
            model_name='justification',
            name='redactions',
            field=models.JSONField(blank=True, default=list, verbose_name='noms remplacés'),
        ),
        migrations.AlterField(
            model_name='justification',
            name='holds_names',
            field=models.BooleanField(default=False, verbose_name='contient des noms'),
        ),
    ]
