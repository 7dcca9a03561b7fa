"""0002: a yes has a witness of ours; taking it back needs none.

Why    A resident takes a yes back from a page of her own, where nobody of ours is present (BRI-17).
When   Before the code that writes such lines.
Rows   All have a witness already.
Locks  Short; the new constraint reads the ledger once.
Back   Refused by the database once there is a line without a witness.
Proof  tests/rooms/privacy/test_taking_back.py.
"""

import brobygger.privacy.terms
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('privacy', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='consent',
            name='witness',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.membership'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('act', brobygger.privacy.terms.ConsentAct['WITHDRAWN']), ('witness__isnull', False), _connector='OR'), name='a_yes_has_a_witness'),
        ),
    ]
