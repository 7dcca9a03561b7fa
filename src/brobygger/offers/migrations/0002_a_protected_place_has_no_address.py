"""0002: a protected place has no address in the directory.

Why    Shelters and krisecentre are listed, and nobody may find them by our listing (OFF-08, API-02).
When   With the open directory.
Rows   Every location so far is not protected.
Locks  Short; the check reads the table once.
Back   Column and check are dropped.
Proof  tests/rooms/offers/test_protected.py
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offers", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="location",
            name="is_protected",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.CheckConstraint(
                name="a_protected_place_has_no_address",
                condition=models.Q(
                    ("is_protected", False),
                    models.Q(
                        ("address", ""),
                        ("easting", None),
                        ("northing", None),
                        ("postal_code", ""),
                        ("transportation", ""),
                    ),
                    _connector="OR",
                ),
            ),
        ),
    ]
