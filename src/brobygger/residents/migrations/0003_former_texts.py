"""0003: texts that do not stand any more are kept.

Why    Nobody's words are wiped out by another's: what was corrected, and what could not be saved because
       another was faster, stays readable (RES-05). Notes get a version, so that they can be corrected.
When   Before the code that corrects.
Rows   None of the new table exist yet; every note gets version 1.
Locks  Short.
Back   The table and the column are dropped, and the former texts with them.
Proof  tests/rooms/residents/test_two_writers.py.
"""

import brobygger.foundation.policies
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('residents', '0002_consents_name_a_resident'),
    ]

    operations = [
        migrations.AddField(
            model_name='note',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.CreateModel(
            name='FormerText',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('field', models.CharField(max_length=40)),
                ('text', models.TextField()),
                ('was_saved', models.BooleanField()),
                ('by_name', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                ('need', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.need')),
                ('note', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.note')),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.resident')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'resident', 'at'], name='former_texts_of_a_resident')],
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'id'), name='residents_formertext_key'), brobygger.foundation.policies.OwnPolicy(name='residents_formertext_policy', ties=('resident', 'need', 'note', 'by')), brobygger.foundation.policies.OnlyEmptied(columns=('text',), name='residents_formertext_only_emptied')],
            },
        ),
    ]
