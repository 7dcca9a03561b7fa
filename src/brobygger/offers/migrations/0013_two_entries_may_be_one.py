import brobygger.foundation.fields
import brobygger.foundation.policies
import brobygger.offers.terms
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offers', '0012_hours_outdate_what_was_told_at_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('said', brobygger.foundation.fields.TermField(max_length=40)),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('gone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offers.offer')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offers.offer')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kept', models.F('gone')), _negated=True), name='an_offer_is_not_its_own_double'), models.UniqueConstraint(condition=models.Q(('said', brobygger.offers.terms.Sameness['SAME']), ('taken_back_at', None)), fields=('gone',), name='one_offer_stands_for_another'), models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_verdict_key'), brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_verdict_policy', ties=('kept', 'gone'))],
            },
        ),
    ]
