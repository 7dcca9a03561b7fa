"""0002: the two banks of a row never change, and what was said once is forgotten but never rewritten.

Why    A row seen from both banks must not be given away, by either bank (FOUNDATION 4). An append-only
       row must be able to forget a person without becoming a row that can be edited (PROMISES P8).
When   Before any table that hangs these triggers up.
Rows   None.
Locks  None.
Back   The functions are dropped once no trigger uses them.
Proof  tests/house/test_isolation.py: both banks try to give a row away.
       tests/house/test_erasing.py: consents and statements are emptied, and cannot be reworded.
"""

from django.db import migrations

BANKS_NEVER_CHANGE = """
CREATE FUNCTION brobygger_banks_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.organisation_id IS DISTINCT FROM OLD.organisation_id
       OR NEW.recipient_id IS DISTINCT FROM OLD.recipient_id THEN
        RAISE EXCEPTION 'the banks of a % row never change', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""

ONLY_EMPTIED = """
CREATE FUNCTION brobygger_only_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    the_column text;
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
BEGIN
    FOREACH the_column IN ARRAY TG_ARGV LOOP
        IF after -> the_column IS DISTINCT FROM before -> the_column
           AND after -> the_column NOT IN ('null', '""', '[]', '{}', '"–"') THEN
            RAISE EXCEPTION '%.% may be emptied, not rewritten', TG_TABLE_NAME, the_column
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [
        migrations.RunSQL(BANKS_NEVER_CHANGE, "DROP FUNCTION brobygger_banks_never_change()"),
        migrations.RunSQL(ONLY_EMPTIED, "DROP FUNCTION brobygger_only_emptied()"),
    ]
