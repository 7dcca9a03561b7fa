"""What PostgreSQL's own catalogue must say about tables, policies, rights, roles and functions.

Read by any role. Each question is one cell; what is not declared in `tables.py` is a violation.
"""

from dataclasses import dataclass, field

import psycopg

from brobygger.foundation import grants
from tests.house.isolation import Context, Violation
from tests.house.tables import OPEN, SECURITY_DEFINERS, Kind, Table
from tests.house.world import World

RELATIONS = """
SELECT c.relname, c.relkind::text, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner),
       coalesce('security_invoker=true' = ANY (c.reloptions), false),
       has_table_privilege('brobygger_app', c.oid, 'SELECT')
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
 ORDER BY c.relname
"""
POLICIES = (
    "SELECT c.relname, p.polname, p.polcmd::text FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid"
)
TABLE_RIGHTS = """
SELECT c.relname, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind <> 'S' AND a.grantee = 'brobygger_app'::regrole
"""
# Without a grantee (0) it is everybody.
RIGHTS_OF_OTHERS = """
SELECT c.relname, CASE a.grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(a.grantee) END, a.privilege_type
  FROM pg_class c LEFT JOIN pg_attribute t ON t.attrelid = c.oid AND t.attacl IS NOT NULL,
       aclexplode(array_cat(c.relacl, t.attacl)) a
 WHERE c.relnamespace = 'public'::regnamespace AND a.grantee NOT IN ('brobygger_app'::regrole, c.relowner)
"""
COLUMN_RIGHTS = """
SELECT c.relname, t.attname, a.privilege_type
  FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
 WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = 'brobygger_app'::regrole
"""
ROLES = """
SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication,
       EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid)
  FROM pg_roles r WHERE rolname IN ('brobygger_app', 'brobygger_owner')
"""
FUNCTIONS = """
SELECT proname, coalesce(array_to_string(proconfig, ','), '') LIKE 'search_path=%'
  FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
"""
# A key past row-level security: both tables have this owner, and no key carries it along.
LONE_KEYS = """
SELECT a.relname, b.relname, fk.conname FROM pg_constraint fk
  JOIN pg_class a ON a.oid = fk.conrelid JOIN pg_class b ON b.oid = fk.confrelid
  JOIN pg_attribute mine ON mine.attrelid = a.oid AND mine.attname = %(owner)s
  JOIN pg_attribute theirs ON theirs.attrelid = b.oid AND theirs.attname = %(owner)s
 WHERE fk.contype = 'f' AND NOT (mine.attnum = ANY (fk.conkey)) AND NOT EXISTS (
       SELECT FROM pg_constraint twin WHERE twin.contype = 'f' AND twin.conrelid = a.oid
          AND twin.confrelid = b.oid AND twin.conkey @> fk.conkey AND mine.attnum = ANY (twin.conkey))
"""
# A unique key that does not begin with the organisation tells what others have (PROMISES 6.2).
TELLING_KEYS = """
SELECT c.relname, i.relname FROM pg_index x
  JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_attribute t ON t.attrelid = c.oid AND t.attnum = x.indkey[0]
 WHERE x.indisunique AND NOT x.indisprimary AND c.relnamespace = 'public'::regnamespace
   AND t.attname NOT IN ('organisation_id', 'keeper_id')
"""
TELLING = {
    "one_link_per_token": "256 random bits: nobody can guess one in order to learn that it exists",
    "one_resident_link_per_token": "as the answer link's",
    "one_ask_link_per_token": "256 random bits, as above",
    "one_listing_link_per_token": "256 random bits, as above",
    "bridging_legdraft_leg_id_key": "a leg's key is random, and the twin refuses a leg of another house",
    "bridging_legreasons_leg_id_key": "as the draft's",
    "bridging_legsnapshot_leg_id_key": "as the draft's",
}
# An organisation is kept by itself or by a house; what others keep may refer to it.
ONLY_REFERRED_TO = "partners_organisation"


@dataclass
class Catalogue:
    tables: dict[str, Table]
    world: World
    cells: int = 0
    found: list[Violation] = field(default_factory=list)

    def ways_round(self, db: psycopg.Connection, contexts: list[Context]) -> list[Violation]:
        """Ways to a row that do not lead through its table: views, copies, functions, keys, new tables."""
        self.found = []
        relations = db.execute(RELATIONS).fetchall()
        for name, kind, *_, may_read in relations:
            if kind in "vmf" and may_read:
                self._look_through(db, name, contexts)
        self._relations(relations)
        self._functions(db)
        self._keys(db)
        return self.found

    def declarations(self, db: psycopg.Connection) -> list[Violation]:
        """Whether security, policies, rights and roles are exactly what is declared."""
        self.found = []
        relations = db.execute(RELATIONS).fetchall()
        self._security(relations)
        self._policies(db)
        self._rights(db, {name for name, *_ in relations})
        self._roles(db)
        return self.found

    def _must(self, holds: bool, table: str, what: str, got: str) -> None:
        self.cells += 1
        if not holds:
            self.found.append(Violation(table, "catalogue", what, got))

    def _relations(self, relations: list[tuple]) -> None:
        for name, kind, _on, _forced, _owner, is_invoker, may_read in relations:
            if kind in "rp":
                declared = name in self.tables or name in OPEN
                self._must(declared, name, "declared", "in the catalogue, but nobody says what kind it is")
            if kind == "v":
                self._must(is_invoker, name, "view", "reads with its owner's rights")
            if kind in "mf":
                self._must(not may_read, name, "copy", "a copy of rows that the application may read")
        missing = {*self.tables, *OPEN} - {name for name, *_ in relations}
        self._must(not missing, ", ".join(sorted(missing)), "exists", "declared, but not in the catalogue")

    def _security(self, relations: list[tuple]) -> None:
        for name, _kind, is_on, is_forced, owner, *_ in relations:
            self._must(owner == "brobygger_owner", name, "owned by the owner role", owner)
            if name in self.tables:
                self._must(is_on, name, "row-level security", "off")
                self._must(is_forced, name, "row-level security", "not forced upon the owner")

    def _policies(self, db: psycopg.Connection) -> None:
        there: dict[str, dict[str, str]] = {}
        for table, policy, verb in db.execute(POLICIES):
            there.setdefault(table, {})[policy] = verb
        for name in sorted({*self.tables, *there}):
            wanted = self.tables[name].policies if name in self.tables else {}
            got = there.get(name, {})
            self._must(got == wanted, name, "policies", f"{sorted(got)}, not {sorted(wanted)}")

    def _rights(self, db: psycopg.Connection, relations: set[str]) -> None:
        """Exactly the declared rights: of whole tables as (verb), of columns as (verb, column)."""
        got: dict[str, set[str]] = {}
        for table, verb in db.execute(TABLE_RIGHTS):
            got.setdefault(table, set()).add(verb)
        for table, column, verb in db.execute(COLUMN_RIGHTS):
            got.setdefault(table, set()).add(f"{verb} ({column})")
        for table, role, verb in db.execute(RIGHTS_OF_OTHERS):
            self._must(False, table, "rights", f"{role} has {verb}")
        for table in sorted(relations):
            wanted = set(spelled(grants.of(table)))
            there = got.get(table, set())
            self._must(there <= wanted, table, "rights", f"the application may also {sorted(there - wanted)}")
            self._must(wanted <= there, table, "rights", f"the application may not {sorted(wanted - there)}")

    def _roles(self, db: psycopg.Connection) -> None:
        for role, is_mighty, is_member in db.execute(ROLES):
            self._must(not is_mighty, role, "role", "walks through walls")
            self._must(not is_member, role, "role", "may become another role")
        owned = db.execute(
            "SELECT count(*) FROM pg_shdepend WHERE refobjid = 'brobygger_app'::regrole AND deptype = 'o'"
            " AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))"
        ).fetchone()
        self._must(owned == (0,), "brobygger_app", "role", f"owns {owned} things")

    def _functions(self, db: psycopg.Connection) -> None:
        for name, has_path in db.execute(FUNCTIONS):
            self._must(name in SECURITY_DEFINERS, name, "function", "runs with its owner's rights")
            self._must(has_path, name, "function", "its search path is the caller's")

    def _keys(self, db: psycopg.Connection) -> None:
        for owner in ("organisation_id", "keeper_id"):
            owned = {name for name, table in self.tables.items() if table.owner == owner}
            for table, to, key in db.execute(LONE_KEYS, {"owner": owner}):
                is_between = {table, to} <= owned and not (owner == "keeper_id" and to == ONLY_REFERRED_TO)
                self._must(not is_between, table, "foreign key without a twin", key)
        for table, key in db.execute(TELLING_KEYS):
            is_private = table in self.tables and self.tables[table].kind is not Kind.KEEPER
            self._must(not is_private or key in TELLING, table, "unique across houses", key)

    def _look_through(self, db: psycopg.Connection, view: str, contexts: list[Context]) -> None:
        """No foreign row's key may be read through a view, whatever its columns are called."""
        for context in contexts:
            with db.transaction(force_rollback=True):
                db.execute(context.sql())
                text = " ".join(row for (row,) in db.execute(f'SELECT v::text FROM "{view}" v'))
            hidden = self._hidden_from(context)
            leaked = sum(key in text for key in hidden)
            self.cells += 1
            if leaked:
                told = f"{leaked} rows of others seen"
                self.found.append(Violation(view, context.name, "select through a view", told))

    def _hidden_from(self, context: Context) -> set[str]:
        return {
            row["id"]
            for name, table in self.tables.items()
            if table.owner == "organisation_id" and name != "accounts_membership"
            for row in self.world.rows[name]
            if str(context.organisation) not in (row["organisation_id"], row.get("recipient_id"))
            and str(context.recipient) != row.get("recipient_id")
        }


def spelled(verbs: tuple[str, ...]) -> list[str]:
    """UPDATE (a, b) is one right a column."""
    return [
        one
        for verb in verbs
        for one in (
            [f"{verb[:6]} ({column})" for column in verb[8:-1].split(", ")] if "(" in verb else [verb]
        )
    ]
