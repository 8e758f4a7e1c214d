import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The name of a worker stands in its identity alone."""

    dependencies = [
        ('staffing', '0006_move_names_of_workers'),
    ]

    operations = [
        migrations.RemoveField(model_name='worker', name='name'),
        migrations.AlterField(
            model_name='worker',
            name='identity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='workers', to='federation.identity', verbose_name='identité'),
        ),
    ]
