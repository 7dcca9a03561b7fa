"""0011: stale listings and dead addresses become a dated task of the directory's steward (OFF-08).

Why    What nobody has confirmed for half a year sends people to closed doors, and a dead address looks like a
       partner who does not answer.
When   With the page of what must be asked about.
Rows   None; the tasks come with the first night and the first bounce.
Locks  Short, a column without a default and a new table.
Back   The column and the table are dropped.
Proof  tests/rooms/offers/test_stewarding.py.
"""

import brobygger.foundation.fields
import brobygger.foundation.policies
import brobygger.offers.tasks
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.db import migrations, models


# That somebody confirmed a listing is no change of what it says, so going back to an earlier text keeps it.
NOT_HISTORY = """
DO $do$ BEGIN
  EXECUTE replace(pg_get_functiondef('offers_remember()'::regprocedure), '{was}', '{will}');
END $do$
"""
WAS, WILL = "version,places_taken}", "version,places_taken,assured_on,unclear_since}"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_two_proofs_sessions_and_invitations'),
        ('offers', '0010_the_database_writes_history'),
        ('partners', '0005_organisations_in_full'),
    ]

    operations = [
        migrations.AddField(
            model_name='offer',
            name='unclear_since',
            field=models.DateField(blank=True, null=True, verbose_name='kontakt under afklaring siden'),
        ),
        migrations.CreateModel(
            name='StewardTask',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', brobygger.foundation.fields.TermField(max_length=40)),
                ('message', models.UUIDField(null=True)),
                ('made_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.contact')),
                ('offer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offers.offer')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.organisation')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['organisation_id', 'due_on'], name='tasks_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('contact', None), ('kind', brobygger.offers.tasks.TaskKind['UNCONFIRMED']), ('message', None), ('offer__isnull', False)), models.Q(('contact__isnull', False), ('kind', brobygger.offers.tasks.TaskKind['BOUNCED']), ('message__isnull', False), ('offer', None)), _connector='OR'), name='a_task_is_about_an_offer_or_a_contact'), models.UniqueConstraint(condition=models.Q(('done_at', None), ('offer__isnull', False)), fields=('organisation_id', 'offer'), name='one_open_task_an_offer'), models.UniqueConstraint(condition=models.Q(('contact__isnull', False), ('done_at', None)), fields=('organisation_id', 'contact'), name='one_open_task_a_contact'), models.UniqueConstraint(fields=('organisation_id', 'message'), name='one_task_a_message'), models.UniqueConstraint(fields=('organisation_id', 'id'), name='offers_stewardtask_key'), brobygger.foundation.policies.OwnPolicy(name='offers_stewardtask_policy', ties=('partner', 'offer', 'contact', 'owner'))],
            },
        ),
        migrations.RunSQL(
            NOT_HISTORY.replace("{was}", WAS).replace("{will}", WILL),
            NOT_HISTORY.replace("{was}", WILL).replace("{will}", WAS),
        ),
    ]
