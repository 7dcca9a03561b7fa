"""0002: a consent names a resident of the same house.

Why    `privacy` stands below `residents`, so its model holds a bare key; the database holds the tie.
When   With the first version.
Rows   None exist yet.
Locks  Short, both tables are new.
Back   The constraint is dropped.
Proof  tests/house/test_scope.py: a consent about another house's resident is refused.
"""

from django.db import migrations

TIE = """
ALTER TABLE privacy_consent ADD CONSTRAINT consent_names_our_resident
FOREIGN KEY (organisation_id, resident_id) REFERENCES residents_resident (organisation_id, id)
DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):
    dependencies = [("residents", "0001_initial"), ("privacy", "0001_initial")]
    operations = [
        migrations.RunSQL(TIE, "ALTER TABLE privacy_consent DROP CONSTRAINT consent_names_our_resident")
    ]
