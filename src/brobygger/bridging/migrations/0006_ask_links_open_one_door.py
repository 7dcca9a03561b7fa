"""0006: a token of an ask link opens one door, and an ask goes the ways of the one diagram.

Why    A partner's standing link turns into (house, partner, contact) through one function that the
       application may call (FOUNDATION 5); an ask moves as a leg does (BRIDGES 9).
When   With the other way. The tables were made just before.
Rows   None.
Locks  Short, the tables are new.
Back   The function, the owner's policy and the trigger are dropped.
Proof  tests/rooms/bridging/test_asks_hold.py and tests/house/test_isolation.py.
"""

from django.db import migrations

# The owner reads links across houses for this one function only; the application never does.
LINKS = """
CREATE POLICY bridging_asklink_owner_reads ON bridging_asklink FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION bridging_ask_link(hash text)
RETURNS TABLE (id uuid, organisation_id uuid, partner_id uuid, contact_id uuid, revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT id, organisation_id, partner_id, contact_id, revoked_at
      FROM public.bridging_asklink WHERE token_hash = hash AND hash <> ''
$$;
REVOKE ALL ON FUNCTION bridging_ask_link(text) FROM PUBLIC
"""
MOVES = """
CREATE TRIGGER only_allowed_moves BEFORE UPDATE OF state ON bridging_ask
FOR EACH ROW EXECUTE FUNCTION bridging_only_allowed_moves()
"""


class Migration(migrations.Migration):
    dependencies = [("bridging", "0005_asks_from_partners")]
    operations = [
        migrations.RunSQL(
            LINKS,
            "DROP FUNCTION bridging_ask_link(text); DROP POLICY bridging_asklink_owner_reads ON bridging_asklink",
        ),
        migrations.RunSQL(MOVES, "DROP TRIGGER only_allowed_moves ON bridging_ask"),
    ]
