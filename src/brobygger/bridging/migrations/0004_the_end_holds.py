"""0004: what has ended stays as it is, and a closed bridge has nothing running.

Why    An ended leg is never altered, save that it may be called an error (BRI-12); a bridge closes only when
       no leg of it is live (BRIDGES 4); a resident's link opens one bridge, through one function that the
       application may call (FOUNDATION 5).
When   With the way to the end.
Rows   The new moves of the diagram. A test keeps them equal to `rules.allowed_moves()`.
Locks  Short.
Back   Triggers, function and the extra policy are dropped, and the moves taken out.
Proof  tests/rooms/bridging/test_ends.py and tests/house/test_isolation.py.
"""

from django.db import migrations

MOVES = [
    ("accepted", "in_progress"),
    ("requested", "in_progress"),
    ("accepted", "completed"),
    ("in_progress", "completed"),
    ("accepted", "failed"),
    ("in_progress", "failed"),
    ("in_progress", "cancelled"),
    *(
        (state, "entered_in_error")
        for state in (
            "draft",
            "requested",
            "accepted",
            "in_progress",
            "rejected",
            "completed",
            "failed",
            "cancelled",
        )
    ),
]

# Whether the last word to the recipient came through is learnt afterwards, and what was written about the
# resident may be forgotten. Nothing else changes.
ENDED = """
CREATE FUNCTION bridging_ended_is_ended() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['undelivered_at', 'reason_text'];
BEGIN
    IF NEW.state <> 'entered_in_error'
       AND to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION 'leg % is % and stays as it is', OLD.code, OLD.state
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ended_is_ended';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ended_is_ended BEFORE UPDATE ON bridging_leg FOR EACH ROW
WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION bridging_ended_is_ended()
"""

# Checked at commit, in the row's own house, as `one_clock` is.
CLOSED = """
CREATE FUNCTION bridging_closed_is_settled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    the_bridge uuid := CASE TG_TABLE_NAME WHEN 'bridging_bridge' THEN to_jsonb(NEW) ->> 'id'
                                          ELSE to_jsonb(NEW) ->> 'bridge_id' END;
    before text := coalesce(current_setting('brobygger.organisation', true), '');
    wrong text;
BEGIN
    PERFORM set_config('brobygger.organisation', NEW.organisation_id::text, true);
    SELECT format('bridge %s is closed and leg %s is %s', b.id, l.code, l.state) INTO wrong
      FROM bridging_bridge b
      JOIN bridging_leg l ON l.organisation_id = b.organisation_id AND l.bridge_id = b.id
     WHERE b.organisation_id = NEW.organisation_id AND b.id = the_bridge AND b.closed_at IS NOT NULL
       AND l.state IN ('draft', 'requested', 'accepted', 'in_progress', 'on_hold')
     LIMIT 1;
    PERFORM set_config('brobygger.organisation', before, true);
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION '%', wrong
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'closed_is_settled';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER closed_is_settled AFTER INSERT OR UPDATE ON bridging_bridge
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.closed_at IS NOT NULL)
EXECUTE FUNCTION bridging_closed_is_settled();
CREATE CONSTRAINT TRIGGER closed_is_settled AFTER INSERT OR UPDATE ON bridging_leg
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.ended_at IS NULL)
EXECUTE FUNCTION bridging_closed_is_settled()
"""

# The owner reads links across houses for this one function only; the application never does.
LINKS = """
CREATE POLICY bridging_residentlink_owner_reads ON bridging_residentlink
FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION bridging_resident_link(hash text)
RETURNS TABLE (id uuid, organisation_id uuid, bridge_id uuid, expires_at timestamptz, revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT id, organisation_id, bridge_id, expires_at, revoked_at
      FROM public.bridging_residentlink WHERE token_hash = hash
$$;
REVOKE ALL ON FUNCTION bridging_resident_link(text) FROM PUBLIC
"""


def write_the_diagram(apps, schema_editor):
    move = apps.get_model("bridging", "AllowedMove")
    move.objects.bulk_create(move(from_state=a, to_state=b) for a, b in MOVES)


def take_it_out(apps, schema_editor):
    move = apps.get_model("bridging", "AllowedMove")
    for a, b in MOVES:
        move.objects.filter(from_state=a, to_state=b).delete()


class Migration(migrations.Migration):
    dependencies = [("bridging", "0003_the_way_to_the_end")]
    operations = [
        migrations.RunPython(write_the_diagram, take_it_out),
        migrations.RunSQL(
            ENDED, "DROP TRIGGER ended_is_ended ON bridging_leg; DROP FUNCTION bridging_ended_is_ended()"
        ),
        migrations.RunSQL(
            CLOSED,
            "DROP TRIGGER closed_is_settled ON bridging_bridge; "
            "DROP TRIGGER closed_is_settled ON bridging_leg; DROP FUNCTION bridging_closed_is_settled()",
        ),
        migrations.RunSQL(
            LINKS,
            "DROP FUNCTION bridging_resident_link(text); "
            "DROP POLICY bridging_residentlink_owner_reads ON bridging_residentlink",
        ),
    ]
