import brobygger.foundation.policies
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0008_rows_are_dated'),
        ('partners', '0003_contacts_read_a_language'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisation',
            name='modified_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=brobygger.foundation.policies.DatedByTheDatabase(name='partners_organisation_dated'),
        ),
    ]
