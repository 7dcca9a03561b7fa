
import brobygger.foundation.fields
import brobygger.foundation.outbox
import brobygger.foundation.policies
import django.db.models.expressions
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditRow',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('act', models.CharField(max_length=60)),
                ('about_kind', models.CharField(max_length=60)),
                ('about_ids', models.JSONField()),
                ('by_kind', models.CharField(max_length=10)),
                ('by_id', models.UUIDField(null=True)),
                ('facts', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'at'], name='audit_by_time')],
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'id'), name='foundation_auditrow_key'), brobygger.foundation.policies.OwnPolicy(name='foundation_auditrow_policy', ties=())],
            },
        ),
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('only', models.BooleanField(default=True, primary_key=True, serialize=False)),
                ('kind', brobygger.foundation.fields.TermField(max_length=40)),
                ('migrated', models.CharField(default='', max_length=64)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('only', True)), name='there_is_one_installation'), models.CheckConstraint(condition=models.Q(('kind__in', ['demo', 'live'])), name='kind_is_demo_or_live')],
            },
        ),
        migrations.CreateModel(
            name='OnceRow',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('fingerprint', models.CharField(max_length=64)),
                ('status', models.PositiveSmallIntegerField(default=0)),
                ('location', models.TextField(default='')),
                ('body', models.TextField(default='')),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'at'], name='once_by_age')],
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'id'), name='foundation_oncerow_key'), brobygger.foundation.policies.OwnPolicy(name='foundation_oncerow_policy', ties=())],
            },
        ),
        migrations.CreateModel(
            name='OutboxMessage',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('about_kind', models.CharField(max_length=60)),
                ('about_id', models.UUIDField()),
                ('what', models.CharField(max_length=40)),
                ('channel', models.CharField(max_length=10)),
                ('to', models.CharField(max_length=254)),
                ('language', models.CharField(default='da', max_length=5)),
                ('state', brobygger.foundation.fields.TermField(default=brobygger.foundation.outbox.MessageState['WAITING'], max_length=40)),
                ('made_at', models.DateTimeField()),
                ('use_by', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(default='', max_length=200)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', brobygger.foundation.outbox.MessageState['WAITING'])), fields=['organisation_id', 'made_at'], name='messages_waiting')],
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'id'), name='foundation_outboxmessage_key'), brobygger.foundation.policies.OwnPolicy(name='foundation_outboxmessage_policy', ties=())],
            },
        ),
    ]
