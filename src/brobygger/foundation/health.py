"""Is this database fit to hold what people tell us? Asked before anything is served (FOUNDATION 10).

Pure questions over one connection of the run-time role; nothing is changed.
"""

from dataclasses import dataclass

import psycopg

OLDEST, NEWEST = 15, 18
# The first release of each line in which a user cannot see through row-level security by way of the
# planner's statistics (CVE-2025-8713); 18 was first released with the repair.
REPAIRED = {15: 14, 16: 10, 17: 6}
MUST_BE_ON = {
    "fsync": "så kan et strømsvigt ødelægge databasen",
    "full_page_writes": "så kan et strømsvigt ødelægge databasen",
    "synchronous_commit": "så kan noget, vi har sagt er gemt, gå tabt",
}
OWNS_TABLES = """
    SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm') AND pg_has_role(c.relowner, 'MEMBER')
    AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg@_%' ESCAPE '@'
    UNION SELECT 1 FROM pg_database
    WHERE datname = current_database() AND pg_has_role(datdba, 'MEMBER')
"""
REACHES_OUT = """
    SELECT 1 FROM pg_roles WHERE pg_has_role(oid, 'MEMBER') AND rolname IN
    ('pg_execute_server_program', 'pg_write_server_files', 'pg_read_server_files')
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be. An error keeps Brobygger from starting; a warning does not."""

    is_error: bool
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.what} {self.do}"


def findings(connection: psycopg.Connection) -> list[Finding]:
    """Everything wrong with the server and with the role we are, errors first. Empty is healthy."""
    found = [
        *_version(connection),
        *_durability(connection),
        *_privileges(connection),
        *_checksums(connection),
    ]
    return sorted(found, key=lambda finding: not finding.is_error)


def _version(connection: psycopg.Connection) -> list[Finding]:
    major, minor = divmod(connection.info.server_version, 10_000)
    if not OLDEST <= major <= NEWEST:
        what = f"Serveren er PostgreSQL {major}.{minor}."
        return [Finding(True, what, f"Brug en version fra {OLDEST} til {NEWEST}.")]
    if minor < REPAIRED.get(major, 0):
        what = f"PostgreSQL {major}.{minor} har et kendt hul, som rækker gennem adskillelsen af husene."
        return [Finding(True, what, f"Opdater serveren til {major}.{REPAIRED[major]} eller nyere.")]
    return []


def _durability(connection: psycopg.Connection) -> list[Finding]:
    found = []
    for name, because in MUST_BE_ON.items():
        if _show(connection, name) == "off":
            found.append(Finding(True, f"{name} er slået fra, {because}.", f"Sæt {name} = on på serveren."))
    if _show(connection, "server_encoding") != "UTF8":
        what = "Databasen gemmer ikke tekst som UTF-8, så navne kan blive ødelagt."
        found.append(Finding(True, what, "Opret den igen med ENCODING 'UTF8'."))
    return found


def _checksums(connection: psycopg.Connection) -> list[Finding]:
    if _show(connection, "data_checksums") == "on":
        return []
    what = "data_checksums er slået fra, så en disk, der ødelægger data, opdages ikke."
    return [Finding(False, what, "Stop serveren, og kør pg_checksums --enable.")]


def _privileges(connection: psycopg.Connection) -> list[Finding]:
    """Row-level security does not hold for superusers, BYPASSRLS, owners, nor for whoever may become one."""
    role = connection.info.user
    do = f"Giv DATABASE_URL en almindelig rolle; {role} er kun til DATABASE_OWNER_URL eller drift."
    powers = [
        ("er superbruger", "SELECT 1 FROM pg_roles WHERE rolsuper AND pg_has_role(oid, 'MEMBER')"),
        ("har BYPASSRLS", "SELECT 1 FROM pg_roles WHERE rolbypassrls AND pg_has_role(oid, 'MEMBER')"),
        ("må oprette roller", "SELECT 1 FROM pg_roles WHERE rolcreaterole AND pg_has_role(oid, 'MEMBER')"),
        ("ejer databasen eller tabeller i den", OWNS_TABLES),
        ("må køre programmer eller røre filer på serveren", REACHES_OUT),
    ]
    # A superuser is a member of everything: the first answer says it all.
    held = [power for power, question in powers if connection.execute(question.encode()).fetchone()][:1]
    return [Finding(True, f"Rollen {role} {power}, så husene er ikke adskilt for den.", do) for power in held]


def _show(connection: psycopg.Connection, name: str) -> str:
    row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    return str(row[0]) if row else ""
