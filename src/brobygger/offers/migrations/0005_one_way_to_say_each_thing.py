"""0005: a field of an offer or a place and the rows beside it never say two things; a hidden place has no rows.

Why    `Offer.price` and a cost option can both tell the price. The field is the truth; when it changes, rows
       that told the former one are withdrawn, whoever changes it and with whatever. An import writes the
       offer first and its rows after, so what a source tells anew is there again.
       Addresses of a protected place are refused as rows too.
When   With the detail rows of HSDS.
Rows   None: they come with the next import.
Locks  Short; no table is read.
Back   The triggers are dropped.
Proof  tests/rooms/offers/test_details.py, tests/rooms/offers/test_protected.py
"""

from django.db import migrations

# table, fields -> table of rows, which of them, key column
OUTDATED = {
    "a_price_outdates_its_options": ("offers_offer", "price", "offers_costoption", "true", "offer_id"),
    "languages_outdate_their_rows": ("offers_offer", "languages", "offers_spokenlanguage", "true", "offer_id"),
    "areas_outdate_their_rows": ("offers_offer", "areas", "offers_servicearea", "true", "offer_id"),
    "places_outdate_their_rows": (
        "offers_offer", "capacity_kind places_total places_taken", "offers_servicecapacity", "true", "offer_id",
    ),
    "an_address_outdates_its_rows": (
        "offers_location", "address postal_code city", "offers_address", "address_type = 'physical'",
        "location_id",
    ),
    "access_outdates_its_rows": ("offers_location", "is_step_free", "offers_accessibility", "true", "location_id"),
}  # fmt: skip

WITHDRAW = """
CREATE FUNCTION offers_withdraw_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('UPDATE %I SET withdrawn_at = now() WHERE %I = $1 AND withdrawn_at IS NULL AND %s',
                 TG_ARGV[0], TG_ARGV[1], TG_ARGV[2]) USING NEW.id;
  RETURN NULL;
END $$
"""
HOURS = """
CREATE FUNCTION offers_withdraw_told_hours() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE offers_toldschedule SET withdrawn_at = now()
   WHERE withdrawn_at IS NULL AND is_weekly
     AND (offer_id = NEW.offer_id OR (offer_id IS NULL AND location_id = NEW.location_id));
  RETURN NULL;
END $$;
CREATE TRIGGER hours_outdate_what_was_told AFTER INSERT OR UPDATE ON offers_schedule
FOR EACH ROW EXECUTE FUNCTION offers_withdraw_told_hours()
"""
FULL = "concat(NEW.attention, NEW.address_1, NEW.address_2, NEW.region, NEW.postal_code) <> ''"
HIDDEN = """
CREATE FUNCTION offers_a_protected_place_has_no_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'offers_address' THEN
    PERFORM 1 FROM offers_location WHERE id = NEW.location_id AND is_protected FOR SHARE;
  ELSE
    PERFORM 1 FROM offers_address WHERE location_id = NEW.id
       AND concat(attention, address_1, address_2, region, postal_code) <> '';
  END IF;
  IF FOUND THEN
    RAISE EXCEPTION 'a_protected_place_has_no_address' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$
"""


def _trigger(name: str, table: str, fields: str, rows: str, which: str, key: str) -> str:
    changed = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in fields.split())
    quoted = which.replace("'", "''")
    return (
        f"CREATE TRIGGER {name} AFTER UPDATE ON {table} FOR EACH ROW WHEN ({changed}) "
        f"EXECUTE FUNCTION offers_withdraw_rows('{rows}', '{key}', '{quoted}')"
    )


class Migration(migrations.Migration):
    dependencies = [("offers", "0004_the_rest_of_hsds")]
    operations = [
        migrations.RunSQL(WITHDRAW, "DROP FUNCTION offers_withdraw_rows() CASCADE"),
        *(
            migrations.RunSQL(_trigger(name, *told), f"DROP TRIGGER {name} ON {told[0]}")
            for name, told in OUTDATED.items()
        ),
        migrations.RunSQL(HOURS, "DROP FUNCTION offers_withdraw_told_hours() CASCADE"),
        migrations.RunSQL(HIDDEN, "DROP FUNCTION offers_a_protected_place_has_no_address() CASCADE"),
        migrations.RunSQL(
            "CREATE TRIGGER a_hidden_address AFTER INSERT OR UPDATE ON offers_address FOR EACH ROW "
            f"WHEN ({FULL}) EXECUTE FUNCTION offers_a_protected_place_has_no_address()",
            "DROP TRIGGER a_hidden_address ON offers_address",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER a_place_goes_into_hiding AFTER UPDATE ON offers_location FOR EACH ROW "
            "WHEN (NEW.is_protected) EXECUTE FUNCTION offers_a_protected_place_has_no_address()",
            "DROP TRIGGER a_place_goes_into_hiding ON offers_location",
        ),
    ]
