"""0009: listings remember what they said before.

Why    A keeper sees who changed what, and can go back (OFF-02).
When   With the history of listings.
Rows   None: what was said before this day is not known.
Locks  Short; two columns with a value for all, two new tables.
Back   The tables and the sequence are dropped, and what they remember with them.
Proof  tests/rooms/offers/test_history.py
"""

import brobygger.foundation.policies
import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offers', '0008_offers_say_who_is_next'),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE offers_listingchange_number", "DROP SEQUENCE offers_listingchange_number"
        ),
        migrations.AddField(
            model_name='location',
            name='made_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='offer',
            name='made_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.CreateModel(
            name='ListingSave',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('save_id', models.BigIntegerField(db_default=django.db.models.expressions.RawSQL('pg_current_xact_id()::text::bigint', []))),
                ('act', models.CharField(max_length=60)),
                ('by_kind', models.CharField(max_length=10)),
                ('by_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'save_id'], name='saves_by_transaction')],
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'id'), name='offers_listingsave_key'), brobygger.foundation.policies.OwnPolicy(name='offers_listingsave_policy', ties=())],
            },
        ),
        migrations.CreateModel(
            name='ListingChange',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(db_default=django.db.models.expressions.RawSQL("nextval('offers_listingchange_number')", []))),
                ('save_id', models.BigIntegerField(db_default=django.db.models.expressions.RawSQL('pg_current_xact_id()::text::bigint', []))),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('entity', models.CharField(max_length=60)),
                ('row', models.UUIDField()),
                ('is_new', models.BooleanField(default=False)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('location', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offers.location')),
                ('offer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offers.offer')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'offer', 'number'], name='changes_of_an_offer'), models.Index(fields=['organisation_id', 'location', 'number'], name='changes_of_a_place')],
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'id'), name='offers_listingchange_key'), brobygger.foundation.policies.OwnPolicy(name='offers_listingchange_policy', ties=('offer', 'location')), brobygger.foundation.policies.OnlyEmptied(columns=('before', 'after'), name='offers_listingchange_only_emptied')],
            },
        ),
    ]
