"""0014: an entry that another stands for stays out of the directory, whoever writes it.

Why    Another import of its source puts a withdrawn row back, and so does its keeper's own hand; then one offer
       would be found twice again, and nobody had said so (OFF-07).
When   After the table of verdicts.
"""

from django.db import migrations

STAYS_OUT = """
CREATE FUNCTION offers_what_was_merged_stays_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM offers_verdict WHERE gone_id = NEW.id AND said = 'same' AND taken_back_at IS NULL;
  IF FOUND THEN
    NEW.withdrawn_at := OLD.withdrawn_at;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_merged_offer_stays_out BEFORE UPDATE ON offers_offer FOR EACH ROW
WHEN (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NULL)
EXECUTE FUNCTION offers_what_was_merged_stays_out();
"""


class Migration(migrations.Migration):
    dependencies = [("offers", "0013_two_entries_may_be_one")]
    operations = [
        migrations.RunSQL(STAYS_OUT, "DROP FUNCTION offers_what_was_merged_stays_out() CASCADE"),
    ]
