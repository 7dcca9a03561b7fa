"""Holes to plant: each is a fault somebody really makes, and the checker must find every one of them.

Planted by the superuser in a transaction that is rolled back, and looked for in the same transaction in
the application's shoes.
"""

HOLES = {
    "row-level security off": "ALTER TABLE residents_need DISABLE ROW LEVEL SECURITY",
    "not forced, and owned by the application": """
        ALTER TABLE residents_resident NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE residents_resident OWNER TO brobygger_app""",
    "USING true": """
        ALTER POLICY residents_note_policy ON residents_note USING (true)""",
    "WITH CHECK true": """
        ALTER POLICY partners_contact_policy ON partners_contact WITH CHECK (true)""",
    "a second permissive policy": """
        CREATE POLICY reports ON residents_relation FOR SELECT USING (true)""",
    "a view with its owner's rights": """
        CREATE VIEW bridging_overview AS SELECT leg_id, address FROM bridging_answerlink;
        ALTER VIEW bridging_overview OWNER TO brobygger_owner;
        GRANT SELECT ON bridging_overview TO brobygger_app""",
    "a materialised view": """
        CREATE MATERIALIZED VIEW statistics_needs AS SELECT id, theme FROM residents_need;
        ALTER MATERIALIZED VIEW statistics_needs OWNER TO brobygger_owner;
        GRANT SELECT ON statistics_needs TO brobygger_app""",
    "a function with its owner's rights": """
        CREATE FUNCTION find_resident(uuid) RETURNS text LANGUAGE sql SECURITY DEFINER
            AS 'SELECT name FROM residents_resident WHERE id = $1'""",
    "a role that bypasses row-level security": "ALTER ROLE brobygger_app BYPASSRLS",
    "unset falls open": """
        ALTER POLICY privacy_consent_policy ON privacy_consent USING (
            organisation_id = COALESCE(NULLIF(current_setting('brobygger.organisation', true), '')::uuid,
                                       organisation_id))""",
    "a new table without row-level security": """
        CREATE TABLE outreach_call (id uuid PRIMARY KEY, organisation_id uuid, resident_id uuid);
        ALTER TABLE outreach_call OWNER TO brobygger_owner;
        GRANT SELECT, INSERT, UPDATE ON outreach_call TO brobygger_app""",
    "an audit trail that can be changed": "GRANT UPDATE ON foundation_auditrow TO brobygger_app",
    "DELETE true": """
        CREATE POLICY tidy ON bridging_statement FOR DELETE USING (true);
        GRANT DELETE ON bridging_statement TO brobygger_app""",
    "a careless OR between two banks": """
        DROP POLICY bridging_leg_policy_read ON bridging_leg;
        DROP POLICY bridging_leg_policy_insert ON bridging_leg;
        DROP POLICY bridging_leg_policy_update ON bridging_leg;
        CREATE POLICY bridging_leg_policy ON bridging_leg USING (
            NULLIF(current_setting('brobygger.organisation', true), '')::uuid
            IN (organisation_id, recipient_id))""",
}

# Holes of our own, beyond those fourteen: each undoes one thing that this house relies on.
MORE_HOLES = {
    "the banks may change": "DROP TRIGGER bridging_leg_policy_banks ON bridging_leg",
    "a link opens every leg of its recipient": """
        ALTER POLICY bridging_legsnapshot_policy_read ON bridging_legsnapshot USING (
            organisation_id = NULLIF(current_setting('brobygger.organisation', true), '')::uuid
            OR recipient_id = NULLIF(current_setting('brobygger.recipient', true), '')::uuid)""",
    "a draft is shown to the other bank": """
        ALTER POLICY bridging_statement_policy_read ON bridging_statement USING (
            NULLIF(current_setting('brobygger.organisation', true), '')::uuid
            IN (organisation_id, recipient_id))""",
    "a keeper's row is written by everybody": """
        ALTER POLICY offers_offer_policy_update ON offers_offer USING (true) WITH CHECK (true)""",
    "a member of a house is written by everybody": """
        ALTER POLICY accounts_membership_policy_insert ON accounts_membership WITH CHECK (true)""",
    "an unqualified UPDATE reaches everybody": """
        CREATE POLICY renumber ON residents_note FOR UPDATE USING (true)""",
    "a key without its twin": "ALTER TABLE residents_note DROP CONSTRAINT residents_note_policy_resident",
    "a key that tells what others have": "CREATE UNIQUE INDEX one_number ON residents_need (words, id)",
    "a right of everybody": "GRANT SELECT ON residents_resident TO PUBLIC",
    "the application may empty a table": "GRANT TRUNCATE ON offers_phone TO brobygger_app",
    "the application may become the owner": "GRANT brobygger_owner TO brobygger_app",
    "a frozen column may be rewritten": "GRANT UPDATE (shared, at) ON bridging_legsnapshot TO brobygger_app",
}
