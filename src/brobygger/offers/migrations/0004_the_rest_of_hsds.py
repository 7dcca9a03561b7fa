
import brobygger.foundation.policies
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offers', '0003_rows_are_dated'),
        ('partners', '0005_organisations_in_full'),
    ]

    operations = [
        migrations.CreateModel(
            name='Accessibility',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('description', models.TextField(blank=True, default='')),
                ('details', models.TextField(blank=True, default='')),
                ('url', models.TextField(blank=True, default='')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='accessibility_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_accessibility_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_accessibility_dated'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('attention', models.TextField(blank=True, default='')),
                ('address_1', models.TextField(blank=True, default='')),
                ('address_2', models.TextField(blank=True, default='')),
                ('city', models.TextField(blank=True, default='')),
                ('region', models.TextField(blank=True, default='')),
                ('state_province', models.TextField(blank=True, default='')),
                ('postal_code', models.TextField(blank=True, default='')),
                ('country', models.TextField(blank=True, default='')),
                ('address_type', models.CharField(default='physical', max_length=20)),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='address_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_address_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_address_dated'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Attribute',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('entity', models.CharField(max_length=40)),
                ('row', models.UUIDField()),
                ('link_type', models.TextField(blank=True, default='')),
                ('value', models.TextField(blank=True, default='')),
                ('label', models.TextField(blank=True, default='')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='attribute_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_attribute_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_attribute_dated'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ContactPoint',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('name', models.TextField(blank=True, default='')),
                ('title', models.TextField(blank=True, default='')),
                ('department', models.TextField(blank=True, default='')),
                ('email', models.CharField(blank=True, default='', max_length=254)),
                ('licence', models.CharField(blank=True, default='', max_length=200)),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='contactpoint_once_per_source_row'),
                    models.CheckConstraint(condition=models.Q(('name', ''), models.Q(('licence', ''), _negated=True), _connector='OR'), name='a_name_has_been_published_by_its_source'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_contactpoint_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_contactpoint_dated'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CostOption',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('option', models.TextField(blank=True, default='')),
                ('currency', models.CharField(blank=True, default='', max_length=10)),
                ('amount', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('amount_description', models.TextField(blank=True, default='')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='costoption_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_costoption_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_costoption_dated'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Funding',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('funder', models.TextField(blank=True, default='')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='funding_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_funding_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_funding_dated'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Metadata',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('entity', models.CharField(max_length=40)),
                ('row', models.UUIDField()),
                ('last_action_date', models.TextField(blank=True, default='')),
                ('last_action_type', models.TextField(blank=True, default='')),
                ('field_name', models.TextField(blank=True, default='')),
                ('previous_value', models.TextField(blank=True, default='')),
                ('replacement_value', models.TextField(blank=True, default='')),
                ('updated_by', models.TextField(blank=True, default='')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='metadata_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_metadata_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_metadata_dated'),
                    brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_metadata_policy', ties=()),
                ],
            },
        ),
        migrations.CreateModel(
            name='OrganisationIdentifier',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('identifier_scheme', models.TextField(blank=True, default='')),
                ('identifier_type', models.CharField(max_length=255)),
                ('identifier', models.CharField(max_length=255)),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='organisationidentifier_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_organisationidentifier_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_organisationidentifier_dated'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Program',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('name', models.CharField(max_length=255)),
                ('alternate_name', models.TextField(blank=True, default='')),
                ('description', models.TextField(blank=True, default='')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='program_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_program_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_program_dated'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RequiredDocument',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('document', models.TextField(blank=True, default='')),
                ('uri', models.TextField(blank=True, default='')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='requireddocument_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_requireddocument_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_requireddocument_dated'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ServiceArea',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('name', models.TextField(blank=True, default='')),
                ('description', models.TextField(blank=True, default='')),
                ('extent', models.TextField(blank=True, default='')),
                ('extent_type', models.TextField(blank=True, default='')),
                ('uri', models.TextField(blank=True, default='')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='servicearea_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_servicearea_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_servicearea_dated'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ServiceCapacity',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('available', models.IntegerField()),
                ('maximum', models.IntegerField(null=True)),
                ('description', models.TextField(blank=True, default='')),
                ('updated', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='servicecapacity_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_servicecapacity_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_servicecapacity_dated'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SpokenLanguage',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('name', models.TextField(blank=True, default='')),
                ('code', models.CharField(blank=True, default='', max_length=40)),
                ('note', models.TextField(blank=True, default='')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='spokenlanguage_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_spokenlanguage_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_spokenlanguage_dated'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Taxonomy',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('name', models.CharField(max_length=255)),
                ('description', models.TextField(blank=True, default='')),
                ('uri', models.TextField(blank=True, default='')),
                ('edition', models.TextField(blank=True, default='')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='taxonomy_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_taxonomy_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_taxonomy_dated'),
                    brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_taxonomy_policy', ties=()),
                ],
            },
        ),
        migrations.CreateModel(
            name='TaxonomyTerm',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('code', models.TextField(blank=True, default='')),
                ('name', models.CharField(max_length=255)),
                ('description', models.TextField(blank=True, default='')),
                ('taxonomy_name', models.TextField(blank=True, default='')),
                ('language', models.CharField(blank=True, default='', max_length=40)),
                ('term_uri', models.TextField(blank=True, default='')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='taxonomyterm_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_taxonomyterm_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_taxonomyterm_dated'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ToldSchedule',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('dtstart', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('timezone', models.FloatField(null=True)),
                ('count', models.IntegerField(null=True)),
                ('interval', models.IntegerField(null=True)),
                ('wkst', models.CharField(blank=True, default='', max_length=2)),
                ('freq', models.CharField(blank=True, default='', max_length=20)),
                ('byday', models.TextField(blank=True, default='')),
                ('byweekno', models.TextField(blank=True, default='')),
                ('bymonthday', models.TextField(blank=True, default='')),
                ('byyearday', models.TextField(blank=True, default='')),
                ('opens_at', models.TimeField(null=True)),
                ('closes_at', models.TimeField(null=True)),
                ('description', models.TextField(blank=True, default='')),
                ('notes', models.TextField(blank=True, default='')),
                ('schedule_link', models.TextField(blank=True, default='')),
                ('attending_type', models.TextField(blank=True, default='')),
                ('is_weekly', models.BooleanField(default=False)),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='toldschedule_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_toldschedule_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_toldschedule_dated'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('name', models.CharField(max_length=255)),
                ('scheme', models.TextField(blank=True, default='')),
                ('identifier', models.TextField(blank=True, default='')),
                ('uri', models.TextField(blank=True, default='')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='unit_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_unit_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_unit_dated'),
                    brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_unit_policy', ties=()),
                ],
            },
        ),
        migrations.CreateModel(
            name='WebAddress',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('label', models.TextField(blank=True, default='')),
                ('url', models.CharField(max_length=2000)),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='webaddress_once_per_source_row'),
                    models.UniqueConstraint(fields=('keeper_id', 'id'), name='offers_webaddress_key'),
                    brobygger.foundation.policies.DatedByTheDatabase(name='offers_webaddress_dated'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='offer',
            name='offers_offer_policy',
        ),
        migrations.RemoveConstraint(
            model_name='phone',
            name='offers_phone_policy',
        ),
        migrations.AddField(
            model_name='location',
            name='external_identifier',
            field=models.CharField(blank=True, db_default='', default='', max_length=255),
        ),
        migrations.AddField(
            model_name='location',
            name='external_identifier_type',
            field=models.CharField(blank=True, db_default='', default='', max_length=100),
        ),
        migrations.AddField(
            model_name='location',
            name='location_type',
            field=models.CharField(db_default='physical', default='physical', max_length=20),
        ),
        migrations.AddField(
            model_name='location',
            name='website',
            field=models.CharField(blank=True, db_default='', default='', max_length=500),
        ),
        migrations.AddField(
            model_name='offer',
            name='accreditations',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='offer',
            name='alert',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='obs'),
        ),
        migrations.AddField(
            model_name='offer',
            name='assured_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='offer',
            name='assurer_email',
            field=models.CharField(blank=True, db_default='', default='', max_length=254),
        ),
        migrations.AddField(
            model_name='offer',
            name='interpretation_services',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='tolkning'),
        ),
        migrations.AddField(
            model_name='offer',
            name='last_modified_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='ændret hos kilden'),
        ),
        migrations.AddField(
            model_name='offer',
            name='licenses',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='offeratlocation',
            name='description',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='phone',
            name='at',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='phones', to='offers.offeratlocation'),
        ),
        migrations.AddField(
            model_name='accessibility',
            name='location',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accessibility', to='offers.location'),
        ),
        migrations.AddField(
            model_name='address',
            name='location',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='offers.location'),
        ),
        migrations.AddField(
            model_name='address',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='partners.organisation'),
        ),
        migrations.AddField(
            model_name='contactpoint',
            name='at',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contact_points', to='offers.offeratlocation'),
        ),
        migrations.AddField(
            model_name='contactpoint',
            name='location',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contact_points', to='offers.location'),
        ),
        migrations.AddField(
            model_name='contactpoint',
            name='offer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contact_points', to='offers.offer'),
        ),
        migrations.AddField(
            model_name='contactpoint',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contact_points', to='partners.organisation'),
        ),
        migrations.AddField(
            model_name='phone',
            name='contact',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='phones', to='offers.contactpoint'),
        ),
        migrations.AddConstraint(
            model_name='phone',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_phone_policy', ties=('organisation', 'offer', 'location', 'at', 'contact')),
        ),
        migrations.AddField(
            model_name='costoption',
            name='offer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cost_options', to='offers.offer'),
        ),
        migrations.AddField(
            model_name='funding',
            name='offer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='funding', to='offers.offer'),
        ),
        migrations.AddField(
            model_name='funding',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='funding', to='partners.organisation'),
        ),
        migrations.AddIndex(
            model_name='metadata',
            index=models.Index(fields=['row'], name='metadata_of_a_row'),
        ),
        migrations.AddField(
            model_name='organisationidentifier',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identifiers', to='partners.organisation'),
        ),
        migrations.AddField(
            model_name='program',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programs', to='partners.organisation'),
        ),
        migrations.AddField(
            model_name='offer',
            name='program',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='offers.program'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_offer_policy', ties=('organisation', 'program')),
        ),
        migrations.AddField(
            model_name='requireddocument',
            name='offer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='required_documents', to='offers.offer'),
        ),
        migrations.AddField(
            model_name='servicearea',
            name='at',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='service_areas', to='offers.offeratlocation'),
        ),
        migrations.AddField(
            model_name='servicearea',
            name='offer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='service_areas', to='offers.offer'),
        ),
        migrations.AddField(
            model_name='servicecapacity',
            name='offer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='capacities', to='offers.offer'),
        ),
        migrations.AddField(
            model_name='spokenlanguage',
            name='location',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='spoken_languages', to='offers.location'),
        ),
        migrations.AddField(
            model_name='spokenlanguage',
            name='offer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='spoken_languages', to='offers.offer'),
        ),
        migrations.AddField(
            model_name='spokenlanguage',
            name='phone',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='spoken_languages', to='offers.phone'),
        ),
        migrations.AddField(
            model_name='taxonomyterm',
            name='parent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='offers.taxonomyterm'),
        ),
        migrations.AddField(
            model_name='taxonomyterm',
            name='taxonomy',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='offers.taxonomy'),
        ),
        migrations.AddField(
            model_name='attribute',
            name='term',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attributes', to='offers.taxonomyterm'),
        ),
        migrations.AddField(
            model_name='toldschedule',
            name='at',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='told_schedules', to='offers.offeratlocation'),
        ),
        migrations.AddField(
            model_name='toldschedule',
            name='location',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='told_schedules', to='offers.location'),
        ),
        migrations.AddField(
            model_name='toldschedule',
            name='offer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='told_schedules', to='offers.offer'),
        ),
        migrations.AddField(
            model_name='servicecapacity',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='capacities', to='offers.unit'),
        ),
        migrations.AddField(
            model_name='webaddress',
            name='offer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='web_addresses', to='offers.offer'),
        ),
        migrations.AddField(
            model_name='webaddress',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='web_addresses', to='partners.organisation'),
        ),
        migrations.AddConstraint(
            model_name='accessibility',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_accessibility_policy', ties=('location',)),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=models.CheckConstraint(condition=models.Q(('organisation__isnull', False), ('location__isnull', False), _connector='OR'), name='an_address_belongs_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_address_policy', ties=('organisation', 'location')),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_contactpoint_policy', ties=('organisation', 'offer', 'location', 'at')),
        ),
        migrations.AddConstraint(
            model_name='costoption',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_costoption_policy', ties=('offer',)),
        ),
        migrations.AddConstraint(
            model_name='funding',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_funding_policy', ties=('organisation', 'offer')),
        ),
        migrations.AddConstraint(
            model_name='organisationidentifier',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_organisationidentifier_policy', ties=('organisation',)),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_program_policy', ties=('organisation',)),
        ),
        migrations.AddConstraint(
            model_name='requireddocument',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_requireddocument_policy', ties=('offer',)),
        ),
        migrations.AddConstraint(
            model_name='servicearea',
            constraint=models.CheckConstraint(condition=models.Q(('offer__isnull', False), ('at__isnull', False), _connector='OR'), name='an_area_is_served_by_something'),
        ),
        migrations.AddConstraint(
            model_name='servicearea',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_servicearea_policy', ties=('offer', 'at')),
        ),
        migrations.AddConstraint(
            model_name='spokenlanguage',
            constraint=models.CheckConstraint(condition=models.Q(('offer__isnull', False), ('location__isnull', False), ('phone__isnull', False), _connector='OR'), name='a_language_is_spoken_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='spokenlanguage',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_spokenlanguage_policy', ties=('offer', 'location', 'phone')),
        ),
        migrations.AddConstraint(
            model_name='taxonomyterm',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_taxonomyterm_policy', ties=('taxonomy', 'parent')),
        ),
        migrations.AddIndex(
            model_name='attribute',
            index=models.Index(fields=['row'], name='attributes_of_a_row'),
        ),
        migrations.AddConstraint(
            model_name='attribute',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_attribute_policy', ties=('term',)),
        ),
        migrations.AddConstraint(
            model_name='toldschedule',
            constraint=models.CheckConstraint(condition=models.Q(('offer__isnull', False), ('location__isnull', False), ('at__isnull', False), _connector='OR'), name='told_hours_belong_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='toldschedule',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_toldschedule_policy', ties=('offer', 'location', 'at')),
        ),
        migrations.AddConstraint(
            model_name='servicecapacity',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_servicecapacity_policy', ties=('offer', 'unit')),
        ),
        migrations.AddConstraint(
            model_name='webaddress',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='offers_webaddress_policy', ties=('organisation', 'offer')),
        ),
    ]
