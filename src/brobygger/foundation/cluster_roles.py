"""The three roles and the database of an embedded cluster, settled at every start.

Superusers pass by row-level security even when it is forced. So the application runs as a role that is
neither superuser nor owner, and only migrations run as the owner.
"""

import psycopg
from psycopg import sql

SUPERUSER, OWNER, APP = "brobygger_super", "brobygger_owner", "brobygger_app"
DATABASE = "brobygger"
RIGHTS = {
    # The owner may make databases because the tests make one of their own.
    OWNER: "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION CREATEDB",
    APP: "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION NOCREATEDB",
}
LIMITS = {
    # A migration that waits for a lock makes everyone else wait behind it: give up early instead.
    OWNER: {
        "lock_timeout": "4s",
        "statement_timeout": "60s",
        "idle_in_transaction_session_timeout": "60s",
    },
    APP: {"statement_timeout": "30s", "idle_in_transaction_session_timeout": "60s"},
}


def settle(url: str, passwords: dict[str, str]) -> None:
    """Make what is missing and put right what differs. Safe to run again after being killed half-way."""
    with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
        known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        for role, rights in RIGHTS.items():
            _settle_role(connection, role, rights, passwords[role], is_new=role not in known)
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(_words("CREATE DATABASE {} OWNER {}", DATABASE, OWNER))
        connection.execute(_words("REVOKE ALL ON DATABASE {} FROM PUBLIC", DATABASE))
        connection.execute(_words("GRANT CONNECT ON DATABASE {} TO {}", DATABASE, APP))


def _settle_role(
    connection: psycopg.Connection, role: str, rights: str, password: str, *, is_new: bool
) -> None:
    verb = sql.SQL("CREATE ROLE {} " if is_new else "ALTER ROLE {} ").format(sql.Identifier(role))
    secret = sql.SQL(" PASSWORD {}").format(sql.Literal(password))
    connection.execute(verb + sql.SQL(rights) + (secret if is_new else sql.SQL("")))
    for name, value in LIMITS[role].items():
        setting = sql.SQL("ALTER ROLE {} SET {} = {}")
        connection.execute(setting.format(sql.Identifier(role), sql.Identifier(name), sql.Literal(value)))


def _words(template: str, *names: str) -> sql.Composed:
    return sql.SQL(template).format(*map(sql.Identifier, names))
