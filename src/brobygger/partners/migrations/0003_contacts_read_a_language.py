"""0003: a way in knows the language it is written to in.

Why    A message to somebody who reads English or Arabic was written in Danish.
When   With the first version.
Rows   Existing ones say nothing, and are written to in Danish.
Locks  Short: a column with a constant default.
Back   The column is dropped.
Proof  tests/rooms/foundation/test_languages.py: a contact is written to in the language it reads.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_keys_name_an_organisation")]
    operations = [
        migrations.AddField(
            "contact", "speaks", models.CharField("taler", max_length=5, blank=True, default="")
        )
    ]
