
import brobygger.foundation.fields
import brobygger.foundation.policies
import brobygger.partners.terms
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('keeper_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=255, verbose_name='navn')),
                ('alternate_name', models.CharField(blank=True, default='', max_length=255)),
                ('kind', brobygger.foundation.fields.TermField(default=brobygger.partners.terms.OrganisationKind['OTHER'], max_length=40)),
                ('description', models.TextField(blank=True, default='', verbose_name='beskrivelse')),
                ('email', models.CharField(blank=True, default='', max_length=254)),
                ('website', models.CharField(blank=True, default='', max_length=500)),
                ('postal_address', models.CharField(blank=True, default='', max_length=500)),
                ('is_authority', models.BooleanField(default=False)),
                ('is_fictional', models.BooleanField(default=False)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('licence', models.CharField(blank=True, default='', max_length=200)),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='an_organisation_has_a_name'), models.CheckConstraint(condition=models.Q(('since', None), ('until', None), ('until__gt', models.F('since')), _connector='OR'), name='an_organisation_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('keeper_id', 'source', 'source_id'), name='one_organisation_per_source_row'), models.UniqueConstraint(fields=('keeper_id', 'id'), name='partners_organisation_key'), brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='partners_organisation_policy', ties=())],
            },
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('purpose', models.TextField(blank=True, default='')),
                ('source', models.CharField(blank=True, default='', max_length=300)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('anchored_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.organisation')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='partners_partnership_key'),
                    brobygger.foundation.policies.OwnPolicy(name='partners_partnership_policy', ties=('anchored_in',)),
                ],
            },
        ),
        migrations.CreateModel(
            name='PartnershipMember',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('is_facilitator', models.BooleanField(default=False)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.organisation')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='partners.partnership')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('organisation_id', 'partnership', 'member'), name='a_member_once'),
                    models.UniqueConstraint(fields=('organisation_id', 'id'), name='partners_partnershipmember_key'),
                    brobygger.foundation.policies.OwnPolicy(name='partners_partnershipmember_policy', ties=('partnership', 'member')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('function', models.CharField(max_length=120, verbose_name='funktion')),
                ('name', models.CharField(blank=True, default='', max_length=120, verbose_name='navn')),
                ('channel', brobygger.foundation.fields.TermField(max_length=40)),
                ('address', models.CharField(max_length=254, verbose_name='adresse eller nummer')),
                ('opening_hours', models.CharField(blank=True, default='', max_length=200)),
                ('is_coordinator', models.BooleanField(default=False)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('is_active', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='partners.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'partner'], name='contacts_of_a_partner')],
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'id'), name='partners_contact_key'), brobygger.foundation.policies.OwnPolicy(name='partners_contact_policy', ties=('partner',))],
            },
        ),
    ]
