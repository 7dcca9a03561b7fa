"""0008: rows that readers elsewhere copy say when they last became others.

Why    A reader of the open directory asks for what has changed since the last time (API-01). A date that each
       writer must remember to set is forgotten by one of them.
When   Before any table that hangs this trigger up.
"""

from django.db import migrations

MODIFIED_NOW = """
CREATE FUNCTION brobygger_modified_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.modified_at := clock_timestamp();
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0007_messages_wait_for_their_next_try")]

    operations = [migrations.RunSQL(MODIFIED_NOW, "DROP FUNCTION brobygger_modified_now()")]
