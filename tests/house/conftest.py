"""A database of its own for the isolation drill, furnished once: attempts and planted holes stay in there."""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
import pytest
from django.db import connection, transaction
from psycopg import sql

from tests.house import figures
from tests.house.world import World, build_world
from tests.start_database import at, drop


def pytest_itemcollected(item: pytest.Item) -> None:
    """The rules of the house are tried on every table and address there is: the thorough part."""
    item.add_marker(pytest.mark.slow)


@dataclass(frozen=True)
class Furnished:
    """A furnished database: its world and its addresses. `superuser` is "" where the server is not ours."""

    world: World
    name: str
    app: str = field(repr=False)
    owner: str = field(repr=False)
    superuser: str = field(repr=False)


@pytest.fixture(scope="session")
def furnished(django_db_blocker) -> Furnished:
    name = f"{os.environ['BROBYGGER_TEST_DATABASE']}_world"
    owner, superuser = os.environ["DATABASE_OWNER_URL"], os.environ["BROBYGGER_SUPERUSER_URL"]
    with psycopg.connect(owner, autocommit=True) as server:
        template = sql.Identifier(os.environ["BROBYGGER_TEST_TEMPLATE"])
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), template))
    atexit.register(drop, owner, name)
    with psycopg.connect(at(owner, name)) as db:  # only the database of the other tests needs it
        db.execute("REVOKE TRUNCATE ON ALL TABLES IN SCHEMA public FROM brobygger_app")
    with django_db_blocker.unblock(), django_turned_to(name):
        world = build_world()
    app = at(os.environ["DATABASE_URL"], name)
    return Furnished(world, name, app, at(owner, name), at(superuser, name) if superuser else "")


@pytest.fixture
def world(furnished: Furnished, django_db_blocker) -> Iterator[World]:
    """Django stands in the furnished database; what the test does there is undone."""
    with django_db_blocker.unblock(), django_turned_to(furnished.name), transaction.atomic():
        yield furnished.world
        transaction.set_rollback(True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in figures.lines():
        terminalreporter.write_line(line)


@contextmanager
def django_turned_to(name: str) -> Iterator[None]:
    usual = connection.settings_dict["NAME"]
    _turn_to(name)
    try:
        yield
    finally:
        _turn_to(usual)


def _turn_to(name: str) -> None:
    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = name
