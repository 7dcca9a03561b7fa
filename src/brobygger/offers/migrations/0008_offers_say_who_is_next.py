"""0008: an offer says whether whoever asks when it is full is written up, and by which rule (OFF-04).

Why    A request to a full offer must not go into a void: it is refused, or it joins a line that is known.
When   With queues by date asked.
Rows   Every offer begins without a line; those whose capacity is a waiting list have one by its name.
Locks  Short: columns with a default take no rewrite.
Back   The columns are dropped.
Proof  tests/rooms/offers/test_keeping.py and tests/rooms/bridging/test_queueing.py.
"""

import brobygger.foundation.fields
import brobygger.offers.terms
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offers', '0007_listing_links'),
        ('partners', '0005_organisations_in_full'),
    ]

    operations = [
        migrations.AddField(
            model_name='offer',
            name='queue',
            field=brobygger.foundation.fields.TermField(blank=True, db_default='', default=brobygger.offers.terms.QueueKind['NONE'], max_length=40),
        ),
        migrations.AddField(
            model_name='offer',
            name='queue_rule',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('queue', brobygger.offers.terms.QueueKind['OWN_RULE']), _negated=True), models.Q(('queue_rule', ''), _negated=True), _connector='OR'), name='an_own_rule_is_published'),
        ),
    ]
