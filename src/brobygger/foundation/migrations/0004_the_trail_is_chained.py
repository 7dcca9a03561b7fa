"""0004: every line of the trail becomes a link of its house's chain, at commit.

Why    A line that is changed, removed, swapped or slipped in must be found, whoever did it (PROMISES 2.12).
       Two rounds of deferred triggers: the first takes the line's fingerprint, the second, after every other
       check of the commit, takes the house's lock and gives the place. So nobody who holds the lock waits
       for a row, and no page holds it while it works (FOUNDATION 7).
When   With the chain. The lines written before are linked in the order of their time.
Rows   One link for each line of the trail; one more of each later.
Locks  The trail is locked while old lines are linked (about 100,000 lines in 5 s).
Back   Triggers and functions are dropped, and the links emptied; the lines themselves stay.
Proof  tests/rooms/foundation/test_chain.py: five ways of tampering, many houses and pages at once.
"""

from django.db import migrations

WORDS = (
    "jsonb_build_array({0}.organisation_id, {0}.id, {0}.act, {0}.about_kind, {0}.about_ids, {0}.by_kind, "
    "{0}.by_id, {0}.facts, extract(epoch FROM {0}.at))::text"
)
CONTENT = "sha256(convert_to(" + WORDS + ", 'UTF8'))"

LINK_WHAT_IS_THERE = f"""
ALTER TABLE foundation_auditrow NO FORCE ROW LEVEL SECURITY;
ALTER TABLE foundation_auditlink NO FORCE ROW LEVEL SECURITY;
DO $$
DECLARE
    line record;
    house uuid;
    place bigint;
    before bytea;
    content bytea;
BEGIN
    FOR line IN SELECT * FROM foundation_auditrow ORDER BY organisation_id, at, id LOOP
        IF house IS DISTINCT FROM line.organisation_id THEN
            house := line.organisation_id;
            place := 0;
            before := '';
        END IF;
        place := place + 1;
        content := {CONTENT.format("line")};
        before := sha256(before || content);
        INSERT INTO foundation_auditlink (organisation_id, id, form, content, seq, digest)
        VALUES (line.organisation_id, line.id, 1, content, place, before);
    END LOOP;
END $$;
ALTER TABLE foundation_auditrow FORCE ROW LEVEL SECURITY;
ALTER TABLE foundation_auditlink FORCE ROW LEVEL SECURITY
"""

# The application may only read links. The scope may have closed at commit, so both functions open the row's
# own house for themselves and put the setting back.
LINK = f"""
CREATE FUNCTION foundation_link() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    before text := coalesce(current_setting('brobygger.organisation', true), '');
BEGIN
    PERFORM set_config('brobygger.organisation', NEW.organisation_id::text, true);
    INSERT INTO public.foundation_auditlink (organisation_id, id, form, content)
    VALUES (NEW.organisation_id, NEW.id, 1, {CONTENT.format("NEW")});
    PERFORM set_config('brobygger.organisation', before, true);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION foundation_link() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER link AFTER INSERT ON foundation_auditrow
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION foundation_link()
"""

CHAIN = """
CREATE FUNCTION foundation_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    before text := coalesce(current_setting('brobygger.organisation', true), '');
    last record;
BEGIN
    PERFORM set_config('brobygger.organisation', NEW.organisation_id::text, true);
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.organisation_id::text, 4712));
    SELECT seq, digest INTO last FROM public.foundation_auditlink
     WHERE organisation_id = NEW.organisation_id AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1;
    UPDATE public.foundation_auditlink
       SET seq = coalesce(last.seq, 0) + 1, digest = sha256(coalesce(last.digest, '') || NEW.content)
     WHERE organisation_id = NEW.organisation_id AND id = NEW.id;
    PERFORM set_config('brobygger.organisation', before, true);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION foundation_chain() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER chain AFTER INSERT ON foundation_auditlink
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION foundation_chain()
"""

# Also the owner, who needs no rights, adds only: a migration gone wrong must not touch the trail.
ONLY_ADDED = """
CREATE FUNCTION foundation_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) ->> 'seq' IS NULL AND TG_TABLE_NAME = 'foundation_auditlink' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the trail is only ever added to' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON foundation_auditrow
FOR EACH ROW EXECUTE FUNCTION foundation_only_added();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON foundation_auditlink
FOR EACH ROW EXECUTE FUNCTION foundation_only_added()
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0003_audit_links")]
    operations = [
        migrations.RunSQL(LINK_WHAT_IS_THERE, "TRUNCATE foundation_auditlink"),
        migrations.RunSQL(LINK, "DROP TRIGGER link ON foundation_auditrow; DROP FUNCTION foundation_link()"),
        migrations.RunSQL(
            CHAIN, "DROP TRIGGER chain ON foundation_auditlink; DROP FUNCTION foundation_chain()"
        ),
        migrations.RunSQL(
            ONLY_ADDED,
            "DROP TRIGGER only_added ON foundation_auditrow; "
            "DROP TRIGGER only_added ON foundation_auditlink; DROP FUNCTION foundation_only_added()",
        ),
    ]
