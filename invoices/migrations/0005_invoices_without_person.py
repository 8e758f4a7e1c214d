from django.db import migrations, models


class Migration(migrations.Migration):
    """The name of a person stands in its identity alone."""

    dependencies = [
        ('invoices', '0004_move_names_of_persons'),
    ]

    operations = [
        migrations.AlterField(
            model_name='invoice',
            name='person',
            field=models.CharField(blank=True, default='', max_length=150, verbose_name='personne'),
        ),
        migrations.RemoveField(model_name='invoice', name='person'),
    ]
