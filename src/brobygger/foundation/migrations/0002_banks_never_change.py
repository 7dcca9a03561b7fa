"""0002: the two banks of a row never change.

Why    A row seen from both banks must not be given away, by either bank (FOUNDATION 4).
When   Before any two-bank table is made; those tables' policies hang this trigger up.
Rows   None.
Locks  None.
Back   The function is dropped once no trigger uses it.
Proof  tests/house/test_isolation.py: both banks try to give a row away.
"""

from django.db import migrations

MAKE = """
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


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION brobygger_banks_never_change()")]
