"""0007: a partner's standing link to keep its own offers, and the one function that opens it (OFF-02).

Why    A token turns into (house, partner, contact) through one function that the application may call; it
       opens nothing by itself (FOUNDATION 5).
When   With the pages on which partners keep their offers.
Rows   None.
Locks  Short, the table is new.
Back   The function, the owner's policy and the table are dropped.
Proof  tests/rooms/offers/test_listing.py and tests/house/test_isolation.py.
"""

import brobygger.foundation.policies
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.db import migrations, models


# The owner reads links across houses for this one function only; the application never does.
LINKS = """
CREATE POLICY offers_listinglink_owner_reads ON offers_listinglink FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION offers_listing_link(hash text)
RETURNS TABLE (id uuid, organisation_id uuid, partner_id uuid, contact_id uuid, revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT id, organisation_id, partner_id, contact_id, revoked_at
      FROM public.offers_listinglink WHERE token_hash = hash AND hash <> ''
$$;
REVOKE ALL ON FUNCTION offers_listing_link(text) FROM PUBLIC
"""
NO_LINKS = """
DROP FUNCTION offers_listing_link(text);
DROP POLICY offers_listinglink_owner_reads ON offers_listinglink
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_two_proofs_sessions_and_invitations'),
        ('offers', '0006_imports_can_be_undone'),
        ('partners', '0004_rows_are_dated'),
    ]

    operations = [
        migrations.CreateModel(
            name='ListingLink',
            fields=[
                ('organisation_id', models.UUIDField(db_default=django.db.models.expressions.RawSQL("NULLIF(current_setting('brobygger.organisation', true), '')::uuid", []), editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(blank=True, default='', max_length=64)),
                ('made_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.contact')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('token_hash', ''), _negated=True), fields=('token_hash',), name='one_listing_link_per_token'), models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('organisation_id', 'contact'), name='one_living_listing_link_per_contact'), models.UniqueConstraint(fields=('organisation_id', 'id'), name='offers_listinglink_key'), brobygger.foundation.policies.OwnPolicy(name='offers_listinglink_policy', ties=('partner', 'contact', 'made_by'))],
            },
        ),
        migrations.RunSQL(LINKS, NO_LINKS),
    ]
