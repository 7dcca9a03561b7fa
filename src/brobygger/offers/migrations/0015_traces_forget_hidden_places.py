import brobygger.foundation.policies
from django.db import migrations


class Migration(migrations.Migration):
    """Of a place that goes into hiding, what an import once changed may be forgotten, and nothing rewritten."""

    dependencies = [("offers", "0014_what_was_merged_stays_out")]
    operations = [
        migrations.AddConstraint(
            model_name="importtrace",
            constraint=brobygger.foundation.policies.OnlyEmptied(
                columns=("changed",), name="offers_importtrace_only_emptied"
            ),
        ),
    ]
