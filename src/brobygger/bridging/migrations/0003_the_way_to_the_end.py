"""0003: what the way to the end needs: outcome and evidence, the resident's word, company, a resident's link.

Why    Nothing closes without an outcome (BRI-05), and the resident's own word closes the loop (BRI-06); somebody
       may go along to the first meeting (BRI-15); a reopened leg is a new one and says which it replaces (BRI-12).
When   With the way to the end.
Rows   None are changed; what is closed already was closed with the resident's word.
Locks  Short: columns with constant defaults; the checks read the legs once.
Back   Columns and tables are dropped.
Proof  tests/rooms/bridging/test_ends.py and tests/house/test_schema.py.
"""

import brobygger.bridging.terms
import brobygger.foundation.fields
import brobygger.foundation.policies
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('bridging', '0002_diagram_clocks_and_links'),
        ('offers', '0001_initial'),
        ('partners', '0002_keys_name_an_organisation'),
        ('residents', '0002_consents_name_a_resident'),
    ]

    operations = [
        migrations.CreateModel(
            name='Accompaniment',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('own_person', models.CharField(blank=True, default='', max_length=120)),
                ('meet_at', models.DateTimeField()),
                ('meet_where', models.CharField(max_length=200)),
                ('wishes', models.CharField(blank=True, default='', max_length=500)),
                ('state', brobygger.foundation.fields.TermField(default=brobygger.bridging.terms.CompanyState['OFFERED'], max_length=40)),
                ('offered_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('access_until', models.DateTimeField()),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state__in', ['offered', 'agreed'])), models.Q(('ended_at__isnull', False), ('state__in', ['held', 'missed', 'cancelled'])), _connector='OR'), name='company_that_is_over_says_when'),
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='bridging_accompaniment_key'),
                ],
            },
        ),
        migrations.CreateModel(
            name='BridgeStatement',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('seq', models.PositiveIntegerField()),
                ('claim', brobygger.foundation.fields.TermField(max_length=40)),
                ('actor_role', brobygger.foundation.fields.TermField(max_length=40)),
                ('actor_name', models.CharField(max_length=120)),
                ('channel', brobygger.foundation.fields.TermField(max_length=40)),
                ('verdict', brobygger.foundation.fields.TermField(blank=True, default='', max_length=40)),
                ('text', models.CharField(blank=True, default='', max_length=500)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('claim', 'verdict'), models.Q(('verdict', ''), _negated=True)), models.Q(models.Q(('claim', 'verdict'), _negated=True), ('verdict', '')), _connector='OR'), name='a_verdict_and_nothing_else_says_how_it_went'),
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='bridging_bridgestatement_key'),
                    brobygger.foundation.policies.OnlyEmptied(columns=('actor_name', 'text'), name='bridging_bridgestatement_only_emptied'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ResidentLink',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(max_length=64)),
                ('address', models.CharField(blank=True, default='', max_length=254)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('token_hash',), name='one_resident_link_per_token'),
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='bridging_residentlink_key'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='leg',
            name='bridging_leg_policy',
        ),
        migrations.AddField(
            model_name='bridge',
            name='direction',
            field=brobygger.foundation.fields.TermField(default=brobygger.bridging.terms.Direction['OUT'], max_length=40),
        ),
        migrations.AddField(
            model_name='bridge',
            name='is_void',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='leg',
            name='evidence',
            field=brobygger.foundation.fields.TermField(blank=True, default='', max_length=40),
        ),
        migrations.AddField(
            model_name='leg',
            name='first_met_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='leg',
            name='is_thinking',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='leg',
            name='missed_meetings',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='leg',
            name='outcome',
            field=brobygger.foundation.fields.TermField(blank=True, default='', max_length=40),
        ),
        migrations.AddField(
            model_name='leg',
            name='replaces',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='bridging.leg'),
        ),
        migrations.AddField(
            model_name='leg',
            name='tries',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='legdraft',
            name='company',
            field=brobygger.foundation.fields.TermField(blank=True, default='', max_length=40),
        ),
        migrations.AddField(
            model_name='statement',
            name='evidence',
            field=brobygger.foundation.fields.TermField(blank=True, default='', max_length=40),
        ),
        migrations.AddField(
            model_name='statement',
            name='outcome',
            field=brobygger.foundation.fields.TermField(blank=True, default='', max_length=40),
        ),
        migrations.AlterField(
            model_name='bridge',
            name='verdict',
            field=brobygger.foundation.fields.TermField(blank=True, default='', max_length=40),
        ),
        migrations.AddConstraint(
            model_name='bridge',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), models.Q(('kind', 'person'), _negated=True), models.Q(('direction__in', ['out', 'self']), _negated=True), ('is_void', True), models.Q(('verdict', ''), _negated=True), _connector='OR'), name='a_closed_person_bridge_has_the_residents_word'),
        ),
        migrations.AddConstraint(
            model_name='leg',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'in_progress'), _negated=True), ('first_met_at__isnull', False), _connector='OR'), name='what_is_under_way_has_met'),
        ),
        migrations.AddConstraint(
            model_name='leg',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'completed'), _negated=True), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('evidence', ''), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='what_is_done_says_what_came_of_it_and_who_says_so'),
        ),
        migrations.AddConstraint(
            model_name='leg',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'lawful_silence'), _negated=True), ('acknowledged_at__isnull', False), _connector='OR'), name='lawful_silence_was_acknowledged'),
        ),
        migrations.AddConstraint(
            model_name='leg',
            constraint=brobygger.foundation.policies.TwoBanksPolicy(leg_column='id', name='bridging_leg_policy', shown_while='sent_at IS NOT NULL', ties=('bridge', 'offer', 'contact', 'replaces')),
        ),
        migrations.AddField(
            model_name='accompaniment',
            name='companion',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership'),
        ),
        migrations.AddField(
            model_name='accompaniment',
            name='leg',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='company', to='bridging.leg'),
        ),
        migrations.AddField(
            model_name='accompaniment',
            name='offered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership'),
        ),
        migrations.AddField(
            model_name='bridgestatement',
            name='bridge',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='bridging.bridge'),
        ),
        migrations.AddField(
            model_name='bridgestatement',
            name='told_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership'),
        ),
        migrations.AddField(
            model_name='residentlink',
            name='bridge',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resident_links', to='bridging.bridge'),
        ),
        migrations.AddIndex(
            model_name='accompaniment',
            index=models.Index(fields=['organisation_id', 'companion'], name='company_of_a_member'),
        ),
        migrations.AddConstraint(
            model_name='accompaniment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('companion__isnull', False), ('own_person', '')), models.Q(('companion', None), models.Q(('own_person', ''), _negated=True)), _connector='OR'), name='one_of_ours_or_the_residents_own'),
        ),
        migrations.AddConstraint(
            model_name='accompaniment',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('organisation_id', 'leg'), name='one_company_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='accompaniment',
            constraint=brobygger.foundation.policies.OwnPolicy(name='bridging_accompaniment_policy', ties=('leg', 'companion', 'offered_by')),
        ),
        migrations.AddConstraint(
            model_name='bridgestatement',
            constraint=models.UniqueConstraint(fields=('organisation_id', 'bridge', 'seq'), name='words_in_order'),
        ),
        migrations.AddConstraint(
            model_name='bridgestatement',
            constraint=brobygger.foundation.policies.OwnPolicy(name='bridging_bridgestatement_policy', ties=('bridge', 'told_by')),
        ),
        migrations.AddConstraint(
            model_name='residentlink',
            constraint=brobygger.foundation.policies.OwnPolicy(name='bridging_residentlink_policy', ties=('bridge',)),
        ),
    ]
