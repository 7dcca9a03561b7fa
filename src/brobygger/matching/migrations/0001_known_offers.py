"""0001: which offers are known for an open need, so that what is new can be said (MAT-05).

Why    The owner of a need is to see what changed since the last look, on that need and nowhere else.
When   With "1 nyt forslag".
Rows   None; the first minute makes one for each open need, and nothing is news then.
Locks  Short, the table is new.
Back   The table is dropped.
Proof  tests/rooms/matching/test_news.py.
"""

import brobygger.foundation.policies
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('residents', '0004_needs_say_what_is_new'),
    ]

    operations = [
        migrations.CreateModel(
            name='KnownOffers',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('known', models.JSONField(default=list)),
                ('fresh', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.need')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'need'), name='known_once_for_a_need'), models.UniqueConstraint(fields=('organisation_id', 'id'), name='matching_knownoffers_key'), brobygger.foundation.policies.OwnPolicy(name='matching_knownoffers_policy', ties=('need',))],
            },
        ),
    ]
