
import brobygger.bridging.terms
import brobygger.foundation.fields
import brobygger.foundation.policies
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("foundation", "0002_banks_never_change"),
        ('accounts', '0001_initial'),
        ('offers', '0001_initial'),
        ('partners', '0001_initial'),
        ('residents', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AllowedMove',
            fields=[
                ('pk', models.CompositePrimaryKey('from_state', 'to_state', blank=True, editable=False, primary_key=True, serialize=False)),
                ('from_state', models.CharField(max_length=40)),
                ('to_state', models.CharField(max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='Bridge',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', brobygger.foundation.fields.TermField(default=brobygger.bridging.terms.BridgeKind['PERSON'], max_length=40)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('verdict', models.CharField(blank=True, default='', max_length=40)),
                ('version', models.PositiveIntegerField(default=1)),
                ('need', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bridges', to='residents.need')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'person'), _negated=True), ('need__isnull', False), _connector='OR'), name='a_person_bridge_has_a_need'),
                    models.UniqueConstraint(condition=models.Q(('closed_at', None), ('need__isnull', False)), fields=('organisation_id', 'need'), name='one_open_bridge_for_a_need'),
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='bridging_bridge_key'),
                    brobygger.foundation.policies.OwnPolicy(name='bridging_bridge_policy', ties=('need', 'owner')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Leg',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('subject_id', models.UUIDField()),
                ('direction', brobygger.foundation.fields.TermField(default=brobygger.bridging.terms.Direction['OUT'], max_length=40)),
                ('offer_name', models.CharField(max_length=255)),
                ('code', models.CharField(max_length=10)),
                ('state', brobygger.foundation.fields.TermField(default=brobygger.bridging.terms.LegState['DRAFT'], max_length=40)),
                ('version', models.PositiveIntegerField(default=0)),
                ('is_urgent', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('waitlisted_at', models.DateTimeField(blank=True, null=True)),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True)),
                ('promised_at', models.DateTimeField(blank=True, null=True)),
                ('place_taken', models.BooleanField(default=False)),
                ('undelivered_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', brobygger.foundation.fields.TermField(blank=True, default='', max_length=40)),
                ('reason', models.CharField(blank=True, default='', max_length=40)),
                ('reason_text', models.CharField(blank=True, default='', max_length=500)),
                ('bridge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='legs', to='bridging.bridge')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.contact')),
                ('offer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offers.offer')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.organisation')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('organisation_id', 'code'), name='a_code_is_never_reused'),
                    models.UniqueConstraint(fields=('organisation_id', 'recipient', 'id'), name='a_leg_with_its_banks'),
                    models.UniqueConstraint(condition=models.Q(('state__in', [brobygger.bridging.terms.LegState['ACCEPTED'], brobygger.bridging.terms.LegState['DRAFT'], brobygger.bridging.terms.LegState['IN_PROGRESS'], brobygger.bridging.terms.LegState['ON_HOLD'], brobygger.bridging.terms.LegState['REQUESTED']]), ('offer__isnull', False)), fields=('organisation_id', 'subject_id', 'offer'), name='one_live_leg_per_person_and_offer'),
                    models.UniqueConstraint(condition=models.Q(('state__in', [brobygger.bridging.terms.LegState['ACCEPTED'], brobygger.bridging.terms.LegState['DRAFT'], brobygger.bridging.terms.LegState['IN_PROGRESS'], brobygger.bridging.terms.LegState['ON_HOLD'], brobygger.bridging.terms.LegState['REQUESTED']]), ('offer', None)), fields=('organisation_id', 'subject_id', 'recipient'), name='one_live_leg_per_person_and_recipient_without_offer'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'cancelled', 'entered_in_error']), ('sent_at__isnull', False), _connector='OR'), name='a_sent_leg_says_when'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), ('promised_at__isnull', False), ('waitlisted_at__isnull', False), ('acknowledged_at__isnull', False), _connector='OR'), name='an_accepted_leg_has_a_date_or_a_place_in_the_queue'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['rejected', 'failed', 'cancelled']), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), models.Q(('decided_by', ''), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='what_ended_says_why_and_who_decided'),
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='bridging_leg_key'),
                    brobygger.foundation.policies.TwoBanksPolicy(leg_column='id', name='bridging_leg_policy', shown_while='sent_at IS NOT NULL', ties=('bridge', 'offer', 'contact')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', brobygger.foundation.fields.TermField(max_length=40)),
                ('due_at', models.DateTimeField()),
                ('ring_count', models.PositiveSmallIntegerField(default=0)),
                ('set_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('bridge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clocks', to='bridging.bridge')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.contact')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                ('watcher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                ('leg', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clocks', to='bridging.leg')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('contact', None), ('owner__isnull', False)), models.Q(('contact__isnull', False), ('owner', None)), _connector='OR'), name='a_clock_has_exactly_one_owner'),
                    models.CheckConstraint(condition=models.Q(('due_at__gte', models.F('set_at'))), name='no_clock_is_set_in_the_past'),
                    models.UniqueConstraint(condition=models.Q(('ended_at', None), ('leg__isnull', False)), fields=('organisation_id', 'leg'), name='one_clock_per_leg'),
                    models.UniqueConstraint(condition=models.Q(('ended_at', None), ('leg', None)), fields=('organisation_id', 'bridge'), name='one_clock_per_bridge_itself'),
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='bridging_clock_key'),
                    brobygger.foundation.policies.OwnPolicy(name='bridging_clock_policy', ties=('bridge', 'leg', 'owner', 'contact', 'watcher')),
                ],
            },
        ),
        migrations.CreateModel(
            name='AnswerLink',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('recipient_id', models.UUIDField()),
                ('purpose', models.CharField(default='answer', max_length=20)),
                ('token_hash', models.CharField(max_length=64)),
                ('address', models.CharField(max_length=254)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('leg', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='bridging.leg')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('token_hash',), name='one_link_per_token'),
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='bridging_answerlink_key'),
                    brobygger.foundation.policies.OwnPolicy(name='bridging_answerlink_policy', ties=('leg',)),
                ],
            },
        ),
        migrations.CreateModel(
            name='LegDraft',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('message', models.TextField(blank=True, default='', max_length=500)),
                ('leg', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='bridging.leg')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='bridging_legdraft_key'),
                    brobygger.foundation.policies.OwnPolicy(name='bridging_legdraft_policy', ties=('leg',)),
                ],
            },
        ),
        migrations.CreateModel(
            name='LegReasons',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('was_suggested', models.BooleanField()),
                ('reasons', models.JSONField(default=list)),
                ('chosen_because', models.CharField(blank=True, default='', max_length=300)),
                ('facts_used', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('leg', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reasons', to='bridging.leg')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('was_suggested', True), models.Q(('chosen_because', ''), _negated=True), _connector='OR'), name='a_free_choice_has_a_line_of_why'),
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='bridging_legreasons_key'),
                    brobygger.foundation.policies.OwnPolicy(name='bridging_legreasons_policy', ties=('leg',)),
                    brobygger.foundation.policies.OnlyEmptied(columns=('reasons', 'chosen_because', 'facts_used'), name='bridging_legreasons_only_emptied'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LegSnapshot',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('shared', models.JSONField()),
                ('message', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('access_ended_at', models.DateTimeField(blank=True, null=True)),
                ('leg', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='snapshot', to='bridging.leg')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.organisation')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='bridging_legsnapshot_key'),
                    brobygger.foundation.policies.TwoBanksPolicy(leg_column='leg_id', name='bridging_legsnapshot_policy', shown_while='access_ended_at IS NULL', ties=('leg',)),
                    brobygger.foundation.policies.OnlyEmptied(columns=('shared', 'message'), name='bridging_legsnapshot_only_emptied'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('seq', models.PositiveIntegerField()),
                ('claim', brobygger.foundation.fields.TermField(max_length=40)),
                ('actor_role', brobygger.foundation.fields.TermField(max_length=40)),
                ('actor_name', models.CharField(max_length=120)),
                ('channel', brobygger.foundation.fields.TermField(max_length=40)),
                ('happened_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, default='', max_length=40)),
                ('text', models.CharField(blank=True, default='', max_length=500)),
                ('at', models.DateTimeField()),
                ('leg', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='bridging.leg')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.organisation')),
                ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('organisation_id', 'leg', 'seq'), name='statements_in_order'),
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='bridging_statement_key'),
                    brobygger.foundation.policies.TwoBanksPolicy(leg_column='leg_id', name='bridging_statement_policy', shown_while='EXISTS (SELECT FROM bridging_leg l WHERE l.id = leg_id AND l.sent_at IS NOT NULL)', ties=('leg', 'told_by')),
                    brobygger.foundation.policies.OnlyEmptied(columns=('actor_name', 'text'), name='bridging_statement_only_emptied'),
                ],
            },
        ),
        migrations.AddIndex(
            model_name='bridge',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['organisation_id', 'owner'], name='bridges_of_an_owner'),
        ),
        migrations.AddIndex(
            model_name='leg',
            index=models.Index(fields=['organisation_id', 'bridge'], name='legs_of_a_bridge'),
        ),
        migrations.AddIndex(
            model_name='leg',
            index=models.Index(fields=['recipient', 'state'], name='legs_by_recipient'),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['organisation_id', 'due_at'], name='clocks_due'),
        ),
    ]
