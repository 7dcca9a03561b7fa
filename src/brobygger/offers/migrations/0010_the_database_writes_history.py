"""0010: the database itself writes what a listing said before.

Why    Actions, imports and plain SQL all change listings; only a trigger sees them all (FOUNDATION 18).
       Of a place in hiding nothing is remembered that says where it is.
When   With the history of listings.
Rows   None.
Locks  Short; no table is read.
Back   The triggers are dropped; what has been written stays.
Proof  tests/rooms/offers/test_history.py, tests/rooms/offers/test_protected.py
"""

from django.db import migrations

NOT_HISTORY = "{id,keeper_id,source,source_id,modified_at,made_at,version,places_taken}"
AT = "coalesce(n.offer_id, (SELECT t.offer_id FROM offers_offeratlocation t WHERE t.id = n.at_id))"
# table -> our model, its offer, its place
REMEMBERED = {
    "offers_offer": ("offers.Offer", "n.id", "NULL::uuid"),
    "offers_location": ("offers.Location", "NULL::uuid", "n.id"),
    "offers_offeratlocation": ("offers.OfferAtLocation", "n.offer_id", "NULL::uuid"),
    "offers_phone": ("offers.Phone", AT, "n.location_id"),
    "offers_schedule": ("offers.Schedule", "n.offer_id", "n.location_id"),
    "offers_toldschedule": ("offers.ToldSchedule", AT, "n.location_id"),
    "offers_contactpoint": ("offers.ContactPoint", AT, "n.location_id"),
    "offers_address": ("offers.Address", "NULL::uuid", "n.location_id"),
    "offers_accessibility": ("offers.Accessibility", "NULL::uuid", "n.location_id"),
    "offers_spokenlanguage": ("offers.SpokenLanguage", "n.offer_id", "n.location_id"),
    "offers_costoption": ("offers.CostOption", "n.offer_id", "NULL::uuid"),
    "offers_servicearea": ("offers.ServiceArea", AT, "NULL::uuid"),
    "offers_requireddocument": ("offers.RequiredDocument", "n.offer_id", "NULL::uuid"),
    "offers_funding": ("offers.Funding", "n.offer_id", "NULL::uuid"),
    "offers_servicecapacity": ("offers.ServiceCapacity", "n.offer_id", "NULL::uuid"),
    "offers_webaddress": ("offers.WebAddress", "n.offer_id", "NULL::uuid"),
}
WHERE_IT_IS = "{address,postal_code,city,transportation,easting,northing,name,alternate_name,description}"

REMEMBER = f"""
CREATE FUNCTION offers_remember() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    EXECUTE format($q$
      INSERT INTO offers_listingchange (entity, row, offer_id, location_id, before, after, is_new)
      SELECT %L, n.id, %s, %s, d.before, d.after, false
        FROM new_rows n JOIN old_rows o ON o.id = n.id
       CROSS JOIN LATERAL (
         SELECT jsonb_object_agg(key, was.value) AS before, jsonb_object_agg(key, now.value) AS after
           FROM jsonb_each(to_jsonb(n)) now JOIN jsonb_each(to_jsonb(o)) was USING (key)
          WHERE now.value IS DISTINCT FROM was.value AND key <> ALL ('{NOT_HISTORY}'::text[])
            AND NOT (coalesce((to_jsonb(n) ->> 'is_protected')::boolean, false)
                     AND key = ANY ('{WHERE_IT_IS}'::text[]))
       ) d WHERE d.after IS NOT NULL $q$, TG_ARGV[0], TG_ARGV[1], TG_ARGV[2]);
  ELSE
    EXECUTE format($q$
      INSERT INTO offers_listingchange (entity, row, offer_id, location_id, before, after, is_new)
      SELECT %L, n.id, %s, %s, '{{}}', '{{}}', true FROM new_rows n
       WHERE EXISTS (SELECT FROM offers_offer f WHERE f.id = %s AND f.made_at < now())
          OR EXISTS (SELECT FROM offers_location l WHERE l.id = %s AND l.made_at < now())
      $q$, TG_ARGV[0], TG_ARGV[1], TG_ARGV[2], TG_ARGV[1], TG_ARGV[2]);
  END IF;
  RETURN NULL;
END $$
"""
SIGN = """
CREATE FUNCTION offers_sign() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO offers_listingsave (act, by_kind, by_id, at) VALUES (NEW.act, NEW.by_kind, NEW.by_id, NEW.at);
  RETURN NULL;
END $$;
CREATE TRIGGER an_act_signs_its_changes AFTER INSERT ON foundation_auditrow FOR EACH ROW
WHEN (NEW.about_kind IN ('offers.Offer', 'offers.Location', 'offers.ImportRun'))
EXECUTE FUNCTION offers_sign()
"""
FORGET = """
CREATE FUNCTION offers_forget_where_it_was() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE offers_listingchange SET before = '{}', after = '{}' WHERE location_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER a_place_in_hiding_is_forgotten AFTER UPDATE ON offers_location FOR EACH ROW
WHEN (NEW.is_protected AND NOT OLD.is_protected) EXECUTE FUNCTION offers_forget_where_it_was()
"""


def _remembering(table: str, entity: str, offer: str, location: str) -> list[migrations.RunSQL]:
    told = f"'{entity}', '{offer}', '{location}'"
    return [
        migrations.RunSQL(
            f"CREATE TRIGGER remembers_{verb} AFTER {verb.upper()} ON {table} REFERENCING {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION offers_remember({told})",
            f"DROP TRIGGER remembers_{verb} ON {table}",
        )
        for verb, tables in (
            ("update", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
            ("insert", "NEW TABLE AS new_rows"),
        )
        if (verb, table) not in {("insert", "offers_offer"), ("insert", "offers_location")}
    ]


class Migration(migrations.Migration):
    dependencies = [("offers", "0009_listings_remember"), ("foundation", "0001_initial")]
    operations = [
        migrations.RunSQL(REMEMBER, "DROP FUNCTION offers_remember() CASCADE"),
        *(step for table, told in REMEMBERED.items() for step in _remembering(table, *told)),
        migrations.RunSQL(SIGN, "DROP FUNCTION offers_sign() CASCADE"),
        migrations.RunSQL(FORGET, "DROP FUNCTION offers_forget_where_it_was() CASCADE"),
    ]
