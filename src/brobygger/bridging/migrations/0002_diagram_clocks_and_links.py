"""0002: the diagram, the clocks and the links hold in the database too.

Why    A state may only follow another as the diagram says; a live leg has exactly one running clock, an
       open bridge without a live leg has one of its own, and nothing settled has any (BRIDGES 5 and 16).
       A token opens one leg, through one function that the application may call (FOUNDATION 5).
When   With the first version. A test keeps the diagram's rows equal to `rules.allowed_moves()`.
Rows   The diagram.
Locks  Short, the tables are new.
Back   Triggers, functions and the extra policy are dropped.
Proof  tests/rooms/bridging/test_models.py and tests/house/test_isolation.py.
"""

from django.db import migrations

MOVES = [
    ("draft", "requested"),
    ("draft", "cancelled"),
    ("requested", "accepted"),
    ("requested", "rejected"),
    ("requested", "cancelled"),
    ("accepted", "cancelled"),
]

ONLY_ALLOWED_MOVES = """
CREATE FUNCTION bridging_only_allowed_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NOT EXISTS (
        SELECT FROM bridging_allowedmove WHERE from_state = OLD.state AND to_state = NEW.state
    ) THEN
        RAISE EXCEPTION 'a leg never goes from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'only_allowed_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_allowed_moves BEFORE UPDATE OF state ON bridging_leg
FOR EACH ROW EXECUTE FUNCTION bridging_only_allowed_moves()
"""

# Checked at commit, when whoever acted has written everything. The scope may have closed by then, so the
# function opens the row's own house for its question and puts the setting back.
ONE_CLOCK = """
CREATE FUNCTION bridging_one_clock() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    the_bridge uuid := CASE TG_TABLE_NAME WHEN 'bridging_bridge' THEN to_jsonb(NEW) ->> 'id'
                                          ELSE to_jsonb(NEW) ->> 'bridge_id' END;
    before text := coalesce(current_setting('brobygger.organisation', true), '');
    wrong text;
BEGIN
    PERFORM set_config('brobygger.organisation', NEW.organisation_id::text, true);
    SELECT format('leg %s is %s and has %s clocks', l.code, l.state, count(c.id)) INTO wrong
      FROM bridging_leg l
      LEFT JOIN bridging_clock c
        ON c.organisation_id = l.organisation_id AND c.leg_id = l.id AND c.ended_at IS NULL
     WHERE l.organisation_id = NEW.organisation_id AND l.bridge_id = the_bridge
     GROUP BY l.id, l.code, l.state
    HAVING count(c.id) <> (CASE WHEN l.state IN ('draft', 'requested', 'accepted', 'in_progress', 'on_hold')
                           THEN 1 ELSE 0 END)
     LIMIT 1;
    IF wrong IS NULL THEN
        SELECT format('bridge %s has %s clocks of its own, not %s', b.id, own.n, owed.n) INTO wrong
          FROM bridging_bridge b,
               LATERAL (SELECT count(*) AS n FROM bridging_clock c
                         WHERE c.organisation_id = b.organisation_id AND c.bridge_id = b.id
                           AND c.leg_id IS NULL AND c.ended_at IS NULL) own,
               LATERAL (SELECT CASE WHEN b.closed_at IS NULL AND NOT EXISTS (
                            SELECT FROM bridging_leg l
                             WHERE l.organisation_id = b.organisation_id AND l.bridge_id = b.id
                               AND l.state IN ('draft', 'requested', 'accepted', 'in_progress', 'on_hold'))
                        THEN 1 ELSE 0 END AS n) owed
         WHERE b.organisation_id = NEW.organisation_id AND b.id = the_bridge AND own.n <> owed.n;
    END IF;
    PERFORM set_config('brobygger.organisation', before, true);
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION '%', wrong USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'one_clock';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER one_clock AFTER INSERT OR UPDATE ON bridging_bridge
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bridging_one_clock();
CREATE CONSTRAINT TRIGGER one_clock AFTER INSERT OR UPDATE ON bridging_leg
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bridging_one_clock();
CREATE CONSTRAINT TRIGGER one_clock AFTER INSERT OR UPDATE ON bridging_clock
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bridging_one_clock()
"""

# The owner reads links across houses for this one function only; the application never does.
LINKS = """
CREATE POLICY bridging_answerlink_owner_reads ON bridging_answerlink FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION bridging_link(hash text)
RETURNS TABLE (id uuid, organisation_id uuid, recipient_id uuid, leg_id uuid, purpose varchar,
               expires_at timestamptz, revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT id, organisation_id, recipient_id, leg_id, purpose, expires_at, revoked_at
      FROM public.bridging_answerlink WHERE token_hash = hash
$$;
REVOKE ALL ON FUNCTION bridging_link(text) FROM PUBLIC
"""

# A statement or snapshot names the same two banks as its leg, and a link the same recipient.
SAME_BANKS = "; ".join(
    f"ALTER TABLE {table} ADD CONSTRAINT {table}_same_banks FOREIGN KEY (organisation_id, recipient_id, leg_id) "
    "REFERENCES bridging_leg (organisation_id, recipient_id, id) DEFERRABLE INITIALLY DEFERRED"
    for table in ("bridging_statement", "bridging_legsnapshot", "bridging_answerlink")
)


def write_the_diagram(apps, schema_editor):
    move = apps.get_model("bridging", "AllowedMove")
    move.objects.bulk_create(move(from_state=a, to_state=b) for a, b in MOVES)


class Migration(migrations.Migration):
    dependencies = [("bridging", "0001_initial")]
    operations = [
        migrations.RunPython(write_the_diagram, migrations.RunPython.noop),
        migrations.RunSQL(
            ONLY_ALLOWED_MOVES,
            "DROP TRIGGER only_allowed_moves ON bridging_leg; DROP FUNCTION bridging_only_allowed_moves()",
        ),
        migrations.RunSQL(
            ONE_CLOCK,
            "DROP TRIGGER one_clock ON bridging_bridge; DROP TRIGGER one_clock ON bridging_leg; "
            "DROP TRIGGER one_clock ON bridging_clock; DROP FUNCTION bridging_one_clock()",
        ),
        migrations.RunSQL(
            LINKS,
            "DROP FUNCTION bridging_link(text); "
            "DROP POLICY bridging_answerlink_owner_reads ON bridging_answerlink",
        ),
        migrations.RunSQL(
            SAME_BANKS,
            "; ".join(
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_same_banks"
                for table in ("bridging_statement", "bridging_legsnapshot", "bridging_answerlink")
            ),
        ),
    ]
