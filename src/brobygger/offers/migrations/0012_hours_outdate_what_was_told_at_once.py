"""0012: what opening hours outdate is withdrawn once for each statement, and not once for each row.

Why    An import of a hundred thousand offers writes two hundred thousand opening hours. One UPDATE for each of
       them, with its own history, took longer than all the rest of the import.
When   With the import of large directories.
Rows   None.
Locks  Short; no table is read.
Back   The trigger for each row is put back.
Proof  tests/rooms/offers/test_details.py
"""

from django.db import migrations

ROW_BY_ROW = """
DROP TRIGGER hours_outdate_what_was_told ON offers_schedule;
DROP TRIGGER changed_hours_outdate_what_was_told ON offers_schedule;
CREATE OR REPLACE FUNCTION offers_withdraw_told_hours() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE offers_toldschedule SET withdrawn_at = now()
   WHERE withdrawn_at IS NULL AND is_weekly
     AND (offer_id = NEW.offer_id OR (offer_id IS NULL AND location_id = NEW.location_id));
  RETURN NULL;
END $$;
CREATE TRIGGER hours_outdate_what_was_told AFTER INSERT OR UPDATE ON offers_schedule
FOR EACH ROW EXECUTE FUNCTION offers_withdraw_told_hours()
"""
AT_ONCE = """
DROP TRIGGER hours_outdate_what_was_told ON offers_schedule;
CREATE OR REPLACE FUNCTION offers_withdraw_told_hours() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE offers_toldschedule SET withdrawn_at = now()
   WHERE withdrawn_at IS NULL AND is_weekly
     AND offer_id IN (SELECT n.offer_id FROM new_rows n WHERE n.offer_id IS NOT NULL);
  UPDATE offers_toldschedule SET withdrawn_at = now()
   WHERE withdrawn_at IS NULL AND is_weekly AND offer_id IS NULL
     AND location_id IN (SELECT n.location_id FROM new_rows n WHERE n.location_id IS NOT NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER hours_outdate_what_was_told AFTER INSERT ON offers_schedule
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION offers_withdraw_told_hours();
CREATE TRIGGER changed_hours_outdate_what_was_told AFTER UPDATE ON offers_schedule
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION offers_withdraw_told_hours()
"""


class Migration(migrations.Migration):
    dependencies = [("offers", "0011_stale_listings_find_a_steward")]
    operations = [migrations.RunSQL(AT_ONCE, ROW_BY_ROW)]
