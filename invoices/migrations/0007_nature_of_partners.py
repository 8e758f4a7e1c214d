import django.db.models.deletion
from django.db import migrations, models

NATURE = {
    'blank': True,
    'choices': [('firm', 'société, association ou administration'), ('person', 'personne physique')],
    'help_text': 'Qui travaille ou achète en son propre nom est une personne physique.',
    'max_length': 10,
    'verbose_name': 'nature',
}
IDENTITY = {
    'blank': True,
    'null': True,
    'on_delete': django.db.models.deletion.RESTRICT,
    'to': 'federation.identity',
    'verbose_name': 'identité',
}


class Migration(migrations.Migration):
    """Whether a supplier or a customer is a natural person: nobody has said it of those stored."""

    dependencies = [
        ('federation', '0021_whom_a_file_is_about'),
        ('invoices', '0006_treasury_rules'),
    ]

    operations = [
        migrations.RenameField(model_name='supplier', old_name='name', new_name='firm'),
        migrations.AlterField(model_name='supplier', name='firm', field=models.CharField(blank=True, max_length=150, verbose_name='nom')),
        migrations.AddField(model_name='supplier', name='nature', field=models.CharField(default='', **NATURE), preserve_default=False),
        migrations.AddField(model_name='supplier', name='identity', field=models.ForeignKey(related_name='suppliers', **IDENTITY)),
        migrations.RenameField(model_name='salesinvoice', old_name='customer', new_name='firm'),
        migrations.AlterField(model_name='salesinvoice', name='firm', field=models.CharField(blank=True, max_length=150, verbose_name='client')),
        migrations.AddField(model_name='salesinvoice', name='nature', field=models.CharField(default='', **NATURE), preserve_default=False),
        migrations.AddField(model_name='salesinvoice', name='identity', field=models.ForeignKey(related_name='sales_invoices', **IDENTITY)),
    ]
