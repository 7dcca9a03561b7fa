"""Whatever the directory shows says when it last became another: readers elsewhere ask for what is new."""

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
