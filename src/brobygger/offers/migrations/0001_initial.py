
import brobygger.foundation.fields
import brobygger.foundation.policies
import brobygger.offers.terms
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partners', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(max_length=100)),
                ('licence', models.CharField(blank=True, default='', max_length=200)),
                ('at', models.DateTimeField()),
                ('rows_in', models.PositiveIntegerField()),
                ('rows_saved', models.PositiveIntegerField()),
                ('rows_reported', models.PositiveIntegerField()),
                ('report', models.JSONField(default=list)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('rows_in', django.db.models.expressions.CombinedExpression(models.F('rows_saved'), '+', models.F('rows_reported')))), name='nothing_is_silently_dropped'), models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_importrun_key'), brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_importrun_policy', ties=())],
            },
        ),
        migrations.CreateModel(
            name='Location',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('name', models.CharField(blank=True, default='', max_length=255)),
                ('alternate_name', models.CharField(blank=True, default='', max_length=255)),
                ('description', models.TextField(blank=True, default='')),
                ('transportation', models.TextField(blank=True, default='')),
                ('address', models.CharField(blank=True, default='', max_length=500)),
                ('postal_code', models.CharField(blank=True, default='', max_length=10)),
                ('city', models.CharField(blank=True, default='', max_length=120)),
                ('easting', models.IntegerField(blank=True, null=True)),
                ('northing', models.IntegerField(blank=True, null=True)),
                ('is_step_free', models.BooleanField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='locations', to='partners.organisation')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='location_once_per_source_row'),
                    models.CheckConstraint(condition=models.Q(models.Q(('easting', None), ('northing', None)), models.Q(('easting__isnull', False), ('northing__isnull', False)), _connector='OR'), name='a_place_has_both_coordinates'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_location_key'),
                    brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_location_policy', ties=('organisation',)),
                ],
            },
        ),
        migrations.CreateModel(
            name='Neighbourhood',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('name', models.CharField(max_length=120)),
                ('postal_code', models.CharField(blank=True, default='', max_length=10)),
                ('easting', models.IntegerField(help_text='UTM 32N, metre')),
                ('northing', models.IntegerField(help_text='UTM 32N, metre')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='neighbourhood_once_per_source_row'), models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_neighbourhood_key'), brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_neighbourhood_policy', ties=())],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('name', models.CharField(max_length=255, verbose_name='navn')),
                ('alternate_name', models.CharField(blank=True, default='', max_length=255)),
                ('description', models.TextField(blank=True, default='', verbose_name='hvad')),
                ('website', models.CharField(blank=True, default='', max_length=500)),
                ('email', models.CharField(blank=True, default='', max_length=254)),
                ('application_process', models.TextField(blank=True, default='', verbose_name='sådan kommer man med')),
                ('fees_description', models.TextField(blank=True, default='')),
                ('wait_time', models.CharField(blank=True, default='', max_length=200)),
                ('eligibility_description', models.TextField(blank=True, default='', verbose_name='for hvem')),
                ('licence', models.CharField(blank=True, default='', max_length=200)),
                ('status', brobygger.foundation.fields.TermField(default=brobygger.offers.terms.OfferStatus['ACTIVE'], max_length=40)),
                ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('minimum_age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('maximum_age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('only_for', brobygger.foundation.fields.TermField(blank=True, default=brobygger.offers.terms.OnlyFor['EVERYONE'], max_length=40)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), blank=True, null=True, size=None)),
                ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, null=True, size=None)),
                ('price', models.PositiveIntegerField(blank=True, null=True, verbose_name='pris pr. gang i øre')),
                ('by_arrangement', models.BooleanField(default=False)),
                ('capacity_kind', brobygger.foundation.fields.TermField(default=brobygger.offers.terms.CapacityKind['UNKNOWN'], max_length=40)),
                ('places_total', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('places_taken', models.PositiveSmallIntegerField(default=0)),
                ('capacity_confirmed_on', models.DateField(blank=True, null=True)),
                ('next_places_on', models.DateField(blank=True, null=True)),
                ('opens_on', models.DateField(blank=True, null=True)),
                ('closes_on', models.DateField(blank=True, null=True)),
                ('is_fictional', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='partners.organisation')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='offer_once_per_source_row'),
                    models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='an_offer_has_a_name'),
                    models.CheckConstraint(condition=models.Q(('minimum_age', None), ('maximum_age', None), ('maximum_age__gte', models.F('minimum_age')), _connector='OR'), name='ages_in_order'),
                    models.CheckConstraint(condition=models.Q(('places_total', None), ('places_taken__lte', models.F('places_total')), _connector='OR'), name='never_more_taken_than_there_are'),
                    models.CheckConstraint(condition=models.Q(models.Q(('capacity_kind', brobygger.offers.terms.CapacityKind['PLACES']), _negated=True), ('places_total__isnull', False), _connector='OR'), name='places_are_counted'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_offer_key'),
                    brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_offer_policy', ties=('organisation',)),
                ],
            },
        ),
        migrations.CreateModel(
            name='OfferAtLocation',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('location', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offered', to='offers.location')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='at', to='offers.offer')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='offeratlocation_once_per_source_row'),
                    models.UniqueConstraint(fields=('offer', 'location'), name='an_offer_once_at_a_location'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_offeratlocation_key'),
                    brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_offeratlocation_policy', ties=('offer', 'location')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Phone',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('number', models.CharField(max_length=120)),
                ('extension', models.CharField(blank=True, default='', max_length=20)),
                ('kind', models.CharField(blank=True, default='', max_length=30)),
                ('description', models.CharField(blank=True, default='', max_length=255)),
                ('location', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='phones', to='offers.location')),
                ('offer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='phones', to='offers.offer')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='phones', to='partners.organisation')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='phone_once_per_source_row'),
                    models.CheckConstraint(condition=models.Q(('organisation__isnull', False), ('offer__isnull', False), ('location__isnull', False), _connector='OR'), name='a_phone_belongs_somewhere'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_phone_key'),
                    brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_phone_policy', ties=('organisation', 'offer', 'location')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('weekday', models.PositiveSmallIntegerField()),
                ('opens_at', models.TimeField(blank=True, null=True)),
                ('closes_at', models.TimeField(blank=True, null=True)),
                ('description', models.CharField(blank=True, default='', max_length=255)),
                ('location', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='schedules', to='offers.location')),
                ('offer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='schedules', to='offers.offer')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='schedule_once_per_source_row'),
                    models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='a_week_has_seven_days'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closes_at', None), ('opens_at', None)), models.Q(('closes_at__isnull', False), ('opens_at__isnull', False)), _connector='OR'), name='opening_hours_are_whole'),
                    models.CheckConstraint(condition=models.Q(models.Q(('location', None), ('offer__isnull', False)), models.Q(('location__isnull', False), ('offer', None)), _connector='OR'), name='a_schedule_is_of_an_offer_or_a_location'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_schedule_key'),
                    brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_schedule_policy', ties=('offer', 'location')),
                ],
            },
        ),
        migrations.AddIndex(
            model_name='offer',
            index=django.contrib.postgres.indexes.GinIndex(fields=['themes'], name='offers_by_theme'),
        ),
        migrations.AddIndex(
            model_name='offer',
            index=models.Index(fields=['organisation'], name='offers_of_an_organisation'),
        ),
    ]
