import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A place for the identity of a person who is not on the payroll."""

    dependencies = [
        ('federation', '0009_identities'),
        ('invoices', '0002_sales_and_accounts'),
    ]

    operations = [
        migrations.AddField(
            model_name='invoice',
            name='identity',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='invoices', to='federation.identity', verbose_name='personne'),
        ),
    ]
