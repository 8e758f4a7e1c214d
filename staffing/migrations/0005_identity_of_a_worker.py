import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A place for the identity of each worker; the name may be empty from here on."""

    dependencies = [
        ('federation', '0009_identities'),
        ('staffing', '0004_allocation_notes'),
    ]

    operations = [
        migrations.AddField(
            model_name='worker',
            name='identity',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='workers', to='federation.identity', verbose_name='identité'),
        ),
        migrations.AlterField(
            model_name='worker',
            name='name',
            field=models.CharField(default='', max_length=150, verbose_name='nom'),
        ),
    ]
