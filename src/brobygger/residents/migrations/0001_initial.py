
import brobygger.foundation.fields
import brobygger.foundation.policies
import brobygger.residents.terms
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('offers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Need',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField(max_length=1000, verbose_name='med beboerens egne ord')),
                ('theme', brobygger.foundation.fields.TermField(max_length=40)),
                ('next_step', models.CharField(max_length=200, verbose_name='næste skridt')),
                ('next_step_on', models.DateField(null=True, verbose_name='hvornår')),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', brobygger.foundation.fields.TermField(blank=True, default='', max_length=40)),
                ('way_step', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('way_words', models.CharField(blank=True, default='', max_length=200)),
                ('way_hand', models.CharField(blank=True, choices=[('us', 'us'), ('them', 'them'), ('you', 'you'), ('none', 'none')], default='', max_length=5)),
                ('way_whose', models.CharField(blank=True, default='', max_length=120)),
                ('way_link', models.CharField(blank=True, default='', max_length=120)),
                ('version', models.PositiveIntegerField(default=1)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), _negated=True), models.Q(('next_step_on__isnull', False), ('owner__isnull', False), models.Q(('next_step', ''), _negated=True)), _connector='OR'), name='an_open_need_has_owner_step_and_date'),
                    models.CheckConstraint(condition=models.Q(('closed_at', None), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='a_closed_need_says_what_came_of_it'),
                    models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_need_is_said_in_words'),
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='residents_need_key'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Resident',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('is_alias', models.BooleanField(default=False, verbose_name='det er et kaldenavn')),
                ('reach_by', brobygger.foundation.fields.TermField(default=brobygger.residents.terms.WayToReach['PHONE'], max_length=40)),
                ('reach_at', models.CharField(max_length=200, verbose_name='nummer eller adresse')),
                ('reach_rules', models.CharField(blank=True, default='', max_length=300, verbose_name='hvornår og hvordan')),
                ('speaks', models.CharField(blank=True, default='', max_length=5, verbose_name='taler')),
                ('birth_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('gender', brobygger.foundation.fields.TermField(blank=True, default='', max_length=40)),
                ('max_minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('max_price', models.PositiveIntegerField(blank=True, null=True, verbose_name='højst pr. gang i øre')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), blank=True, null=True, size=None)),
                ('needs_step_free', models.BooleanField(blank=True, null=True)),
                ('free_times', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, null=True, size=None)),
                ('is_fictional', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('last_contact_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('home', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='offers.neighbourhood')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_resident_has_a_name_or_alias'),
                    models.CheckConstraint(condition=models.Q(('reach_at', ''), _negated=True), name='a_resident_can_be_reached'),
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='residents_resident_key'),
                    brobygger.foundation.policies.OwnPolicy(name='residents_resident_policy', ties=('home',)),
                ],
            },
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', brobygger.foundation.fields.TermField(default=brobygger.residents.terms.RelationKind['WORKER'], max_length=40)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relations', to='residents.resident')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='a_relation_ends_after_it_begins'),
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='residents_relation_key'),
                    brobygger.foundation.policies.OwnPolicy(name='residents_relation_policy', ties=('worker', 'resident')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('voice', brobygger.foundation.fields.TermField(default=brobygger.residents.terms.Voice['US'], max_length=40)),
                ('by_name', models.CharField(max_length=120)),
                ('channel', brobygger.foundation.fields.TermField(blank=True, default='', max_length=40)),
                ('text', models.TextField(max_length=4000)),
                ('link', models.CharField(blank=True, default='', max_length=120)),
                ('seconds', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='tid at skrive')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                ('need', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.need')),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='residents.resident')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('organisation_id', 'resident', 'at', 'id'), name='note_in_time'),
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='residents_note_key'),
                    brobygger.foundation.policies.OwnPolicy(name='residents_note_policy', ties=('resident', 'need', 'by')),
                ],
            },
        ),
        migrations.AddField(
            model_name='need',
            name='resident',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='residents.resident'),
        ),
        migrations.AddIndex(
            model_name='resident',
            index=models.Index(fields=['organisation_id', 'name'], name='residents_by_name'),
        ),
        migrations.AddIndex(
            model_name='relation',
            index=models.Index(fields=['organisation_id', 'worker', 'resident'], name='relations_of_a_worker'),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['organisation_id', 'owner', 'next_step_on'], name='open_needs_by_date'),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(fields=['organisation_id', 'resident'], name='needs_of_a_resident'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=brobygger.foundation.policies.OwnPolicy(name='residents_need_policy', ties=('resident', 'owner')),
        ),
    ]
