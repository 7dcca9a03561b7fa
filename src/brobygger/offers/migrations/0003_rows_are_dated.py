import brobygger.foundation.policies
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offers', '0002_a_protected_place_has_no_address'),
        ('partners', '0004_rows_are_dated'),
    ]

    operations = [
        migrations.AddField(
            model_name='location',
            name='modified_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='neighbourhood',
            name='modified_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='offer',
            name='modified_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='offeratlocation',
            name='modified_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='phone',
            name='modified_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='schedule',
            name='modified_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddConstraint(
            model_name='location',
            constraint=brobygger.foundation.policies.DatedByTheDatabase(name='offers_location_dated'),
        ),
        migrations.AddConstraint(
            model_name='neighbourhood',
            constraint=brobygger.foundation.policies.DatedByTheDatabase(name='offers_neighbourhood_dated'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=brobygger.foundation.policies.DatedByTheDatabase(name='offers_offer_dated'),
        ),
        migrations.AddConstraint(
            model_name='offeratlocation',
            constraint=brobygger.foundation.policies.DatedByTheDatabase(name='offers_offeratlocation_dated'),
        ),
        migrations.AddConstraint(
            model_name='phone',
            constraint=brobygger.foundation.policies.DatedByTheDatabase(name='offers_phone_dated'),
        ),
        migrations.AddConstraint(
            model_name='schedule',
            constraint=brobygger.foundation.policies.DatedByTheDatabase(name='offers_schedule_dated'),
        ),
    ]
