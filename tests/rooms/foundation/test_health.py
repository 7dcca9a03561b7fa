"""A database that could lose or show what people told us is refused before anything is served."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import psycopg
import pytest

from brobygger.foundation import health
from brobygger.foundation.health import Finding
from brobygger.foundation.postgres import Postgres

Ask = Callable[[str, str], list[Finding]]


@pytest.fixture(scope="module")
def running() -> Iterator[Postgres]:
    with tempfile.TemporaryDirectory(prefix="brobygger-test-") as folder:
        Path(folder).chmod(0o755)
        with Postgres(Path(folder) / "home") as database:
            yield database


@pytest.fixture
def findings_after(running: Postgres) -> Iterator[Ask]:
    """`findings_after(change, undo)`: let a superuser change something, ask as the run-time role."""
    undone: list[str] = []
    with psycopg.connect(running.superuser_url("brobygger"), autocommit=True) as operator:

        def ask(change: str, undo: str) -> list[Finding]:
            undone.append(undo)
            operator.execute(change.encode())
            reload(running, operator)
            with psycopg.connect(running.urls().app, autocommit=True) as connection:
                return health.findings(connection)

        yield ask
        operator.execute(undone.pop().encode())
        reload(running, operator)


def reload(running: Postgres, operator: psycopg.Connection) -> None:
    """Ask the server to read its settings again, and wait until new connections have them."""
    asked = operator.execute("SELECT clock_timestamp()").fetchone()
    operator.execute("SELECT pg_reload_conf()")
    loaded = None
    while loaded != (True,):
        with psycopg.connect(running.superuser_url()) as connection:
            loaded = connection.execute("SELECT pg_conf_load_time() >= %s", asked).fetchone()


@pytest.mark.slow
def test_our_own_database_is_healthy(findings_after: Ask) -> None:
    found = findings_after("SELECT 1", "SELECT 1")

    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "undo", "what"),
    [
        ("ALTER ROLE brobygger_app SUPERUSER", "ALTER ROLE brobygger_app NOSUPERUSER", "er superbruger"),
        ("ALTER ROLE brobygger_app BYPASSRLS", "ALTER ROLE brobygger_app NOBYPASSRLS", "har BYPASSRLS"),
        ("ALTER ROLE brobygger_app CREATEROLE", "ALTER ROLE brobygger_app NOCREATEROLE", "må oprette roller"),
        (
            "GRANT brobygger_owner TO brobygger_app",
            "REVOKE brobygger_owner FROM brobygger_app",
            "ejer databasen",
        ),
        (
            "CREATE TABLE t (); ALTER TABLE t OWNER TO brobygger_app",
            "DROP TABLE t",
            "ejer databasen eller tabeller",
        ),
        (
            "GRANT pg_write_server_files TO brobygger_app",
            "REVOKE pg_write_server_files FROM brobygger_app",
            "røre filer på serveren",
        ),
    ],
)
@pytest.mark.asvs("13.2.2")
def test_a_privileged_role_is_refused(findings_after: Ask, change: str, undo: str, what: str) -> None:
    found = findings_after(change, undo)

    assert [finding.is_error for finding in found] == [True]
    assert what in found[0].what
    assert "DATABASE_URL" in found[0].do


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fsync", "full_page_writes"])
def test_a_server_that_may_lose_everything_is_refused(findings_after: Ask, name: str) -> None:
    found = findings_after(f"ALTER SYSTEM SET {name} = off", f"ALTER SYSTEM RESET {name}")

    assert [finding.is_error for finding in found] == [True]
    assert name in found[0].what


@pytest.mark.slow
def test_a_role_that_may_lose_the_last_writes_is_refused(findings_after: Ask) -> None:
    found = findings_after(
        "ALTER ROLE brobygger_app SET synchronous_commit = off",
        "ALTER ROLE brobygger_app RESET synchronous_commit",
    )

    assert [finding.is_error for finding in found] == [True]
    assert "synchronous_commit" in found[0].what


class Pretended:
    """A server that cannot be had here: another version, or made without checksums."""

    def __init__(self, version: int, **settings: str) -> None:
        self.info = SimpleNamespace(server_version=version, user="brobygger_app")
        self.settings = {"server_encoding": "UTF8", "data_checksums": "on", **settings}

    def execute(self, question: str | bytes, names: Any = ("",)) -> Any:
        value = self.settings.get(names[0], "on")
        return SimpleNamespace(fetchone=lambda: (value,) if isinstance(question, str) else None)


def pretended(version: int, **settings: str) -> psycopg.Connection:
    return cast(psycopg.Connection, Pretended(version, **settings))


@pytest.mark.parametrize("version", [140020, 190001, 150013, 160009, 170005])
def test_too_old_too_new_or_leaking_servers_are_refused(version: int) -> None:
    found = health.findings(pretended(version))

    assert [finding.is_error for finding in found] == [True]


@pytest.mark.parametrize("version", [150014, 160010, 170006, 180000, 180004])
def test_repaired_servers_are_welcome(version: int) -> None:
    assert health.findings(pretended(version)) == []


def test_missing_checksums_are_only_a_warning() -> None:
    found = health.findings(pretended(180004, data_checksums="off"))

    assert [finding.is_error for finding in found] == [False]
    assert "data_checksums" in found[0].what


def test_errors_come_before_warnings() -> None:
    found = health.findings(pretended(180004, data_checksums="off", fsync="off"))

    assert [finding.is_error for finding in found] == [True, False]
