"""0007: one function tells a leg's number in the line of its offer, over all houses (OFF-04).

Why    Several houses ask one offer, and a house must not see another's bridges. The function counts those
       who asked before and gives the number alone; a leg that stands in no line has none.
When   With queues by date asked.
Rows   None.
Locks  The index is made while nobody writes legs: seconds for a hundred thousand.
Back   The function, the owner's policy and the index are dropped.
Proof  tests/rooms/bridging/test_queueing.py and tests/house/test_isolation.py.
"""

from django.db import migrations, models


# The owner reads legs across houses for this one function only; the application never does.
NUMBERS = """
CREATE POLICY bridging_leg_policy_owner_reads ON bridging_leg FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION bridging_queue_numbers(legs uuid[])
RETURNS TABLE (leg uuid, number integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT mine.id, (SELECT count(*) FROM public.bridging_leg other
                      WHERE other.offer_id = mine.offer_id AND other.waitlisted_at IS NOT NULL
                        AND other.state IN ('accepted', 'on_hold')
                        AND (other.sent_at, other.id) <= (mine.sent_at, mine.id))::integer
      FROM public.bridging_leg mine
     WHERE mine.id = ANY (legs) AND mine.waitlisted_at IS NOT NULL AND mine.offer_id IS NOT NULL
       AND mine.state IN ('accepted', 'on_hold')
$$;
REVOKE ALL ON FUNCTION bridging_queue_numbers(uuid[]) FROM PUBLIC
"""
NO_NUMBERS = """
DROP FUNCTION bridging_queue_numbers(uuid[]);
DROP POLICY bridging_leg_policy_owner_reads ON bridging_leg
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bridging', '0006_ask_links_open_one_door'),
        ('offers', '0008_offers_say_who_is_next'),
        ('partners', '0005_organisations_in_full'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='leg',
            index=models.Index(condition=models.Q(('waitlisted_at__isnull', False)), fields=['offer', 'sent_at'], name='legs_in_line'),
        ),
        migrations.RunSQL(NUMBERS, NO_NUMBERS),
    ]
