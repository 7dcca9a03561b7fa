"""0006: a chain's end stands in one row, and giving a link its place touches no index.

Why    Looking the last link up by an index, and a link's place in that index, made the chain cost a third of
       all lines a second; with the head in a row of its own both writes stay on their page (PROMISES D6).
When   With the heads. Each house's head is read from its links.
Rows   One for each house.
Locks  Links are locked while heads are read.
Back   The function of migration 0004 stands again.
Proof  tests/rooms/foundation/test_chain.py, and `brobygger drill D6` for the cost.
"""

from importlib import import_module

from django.db import migrations

CHAIN_BEFORE = import_module("brobygger.foundation.migrations.0004_the_trail_is_chained").CHAIN

HEADS_OF_WHAT_IS_THERE = """
ALTER TABLE foundation_auditlink NO FORCE ROW LEVEL SECURITY;
ALTER TABLE foundation_audithead NO FORCE ROW LEVEL SECURITY;
INSERT INTO foundation_audithead (organisation_id, id, form, seq, digest)
SELECT DISTINCT ON (organisation_id) organisation_id, organisation_id, 1, seq, digest
  FROM foundation_auditlink WHERE seq IS NOT NULL ORDER BY organisation_id, seq DESC;
ALTER TABLE foundation_auditlink FORCE ROW LEVEL SECURITY;
ALTER TABLE foundation_audithead FORCE ROW LEVEL SECURITY;
ALTER TABLE foundation_audithead SET (fillfactor = 10)
"""

CHAIN = """
CREATE OR REPLACE FUNCTION foundation_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    before text := coalesce(current_setting('brobygger.organisation', true), '');
    place bigint;
    made bytea;
BEGIN
    PERFORM set_config('brobygger.organisation', NEW.organisation_id::text, true);
    INSERT INTO public.foundation_audithead AS head (organisation_id, id, form, seq, digest)
    VALUES (NEW.organisation_id, NEW.organisation_id, 1, 1, sha256(NEW.content))
    ON CONFLICT (id) DO UPDATE SET seq = head.seq + 1, digest = sha256(head.digest || NEW.content)
    RETURNING seq, digest INTO place, made;
    UPDATE public.foundation_auditlink SET seq = place, digest = made
     WHERE organisation_id = NEW.organisation_id AND id = NEW.id;
    PERFORM set_config('brobygger.organisation', before, true);
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0005_audit_heads")]
    operations = [
        migrations.RunSQL(HEADS_OF_WHAT_IS_THERE, "TRUNCATE foundation_audithead"),
        migrations.RunSQL(CHAIN, CHAIN_BEFORE.split(";\nREVOKE")[0].replace("CREATE", "CREATE OR REPLACE", 1)),
    ]
