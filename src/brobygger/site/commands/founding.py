"""What the database already holds: its kind, and whether it knows this version of the program."""

import hashlib
import importlib.metadata
from dataclasses import dataclass
from pathlib import Path

import psycopg

import brobygger

WORDS = {"demo": "en øveudgave", "live": "i drift"}
GUESTS = ("django", "procrastinate")  # they bring migrations of their own


@dataclass(frozen=True, slots=True)
class Founded:
    kind: str
    migrated: str


def read(connection: psycopg.Connection) -> Founded | None:
    """Read the one row as the run-time role; None while nothing is founded or nothing is granted."""
    try:
        row = connection.execute("SELECT kind, migrated FROM foundation_installation").fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn):
        return None
    except psycopg.errors.InsufficientPrivilege:
        return None
    return Founded(*row) if row else None


def identity(connection: psycopg.Connection) -> str:
    """Which database this is, whatever it is called: another one made in its place has another identity."""
    question = (
        "SELECT system_identifier || '-' || oid FROM pg_control_system(), pg_database"
        " WHERE datname = current_database()"
    )
    row = connection.execute(question).fetchone()
    return str(row[0]) if row else ""


def fingerprint(role: str) -> str:
    """Of everything that decides tables and rights: our code, our guests' versions, the role's name.

    All of our code, because rights and policies stand in the models and not only in migrations.
    """
    source = Path(brobygger.__file__).parent
    seen = hashlib.sha256(role.encode())
    for guest in GUESTS:
        seen.update(importlib.metadata.version(guest).encode())
    for file in sorted(source.rglob("*.py")):
        seen.update(str(file.relative_to(source)).encode() + b"\0" + file.read_bytes())
    return seen.hexdigest()
