"""0002: keepers, houses and recipients are organisations that exist.

Why    `accounts`, `privacy` and the keeper columns hold bare keys, since Organisation stands above them
       or is written by itself; the database holds the ties.
When   With the first version.
Rows   None exist yet.
Locks  Short, the tables are new.
Back   The constraints are dropped.
Proof  tests/house/test_scope.py: a membership of no organisation is refused.
"""

from django.db import migrations

TIES = {
    "accounts_membership": ("organisation_id", "a_membership_is_of_an_organisation"),
    "privacy_consent": ("recipient_id", "a_consent_names_a_recipient"),
    "partners_organisation": ("keeper_id", "an_organisation_has_a_keeper"),
}


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("accounts", "0001_initial"), ("privacy", "0001_initial")]
    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}) "
            "REFERENCES partners_organisation (id) DEFERRABLE INITIALLY DEFERRED",
            f"ALTER TABLE {table} DROP CONSTRAINT {name}",
        )
        for table, (column, name) in TIES.items()
    ]
