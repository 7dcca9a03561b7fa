
import brobygger.foundation.fields
import brobygger.foundation.policies
import brobygger.privacy.terms
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
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('resident_id', models.UUIDField()),
                ('recipient_id', models.UUIDField()),
                ('act', brobygger.foundation.fields.TermField(max_length=40)),
                ('direction', brobygger.foundation.fields.TermField(max_length=40)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                ('purpose', models.CharField(max_length=300)),
                ('form', brobygger.foundation.fields.TermField(max_length=40)),
                ('wording', models.TextField()),
                ('language', models.CharField(max_length=5)),
                ('signed_name', models.CharField(blank=True, default='', max_length=200)),
                ('signature', models.JSONField(null=True)),
                ('at', models.DateTimeField()),
                ('valid_until', models.DateField()),
                ('witness', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.membership')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'resident_id', 'at'], name='consents_of_a_resident')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('form', brobygger.privacy.terms.ConsentForm['SCREEN']), _negated=True), ('act', brobygger.privacy.terms.ConsentAct['WITHDRAWN']), models.Q(('signed_name', ''), _negated=True), _connector='OR'), name='a_signature_stands_on_the_screen'), models.CheckConstraint(condition=models.Q(('categories__len__gt', 0)), name='consent_names_what_it_covers'), models.UniqueConstraint(fields=('organisation_id', 'id'), name='privacy_consent_key'), brobygger.foundation.policies.OwnPolicy(name='privacy_consent_policy', ties=('witness',)), brobygger.foundation.policies.OnlyEmptied(columns=('purpose', 'wording', 'signed_name', 'signature'), name='privacy_consent_only_emptied')],
            },
        ),
    ]
