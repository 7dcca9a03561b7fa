"""The sample estate in a database that is given back, and its fingerprint. Run as a program, it builds in a
database of its own and prints the fingerprint: `python -m tests.rooms.site.estate`.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4

import psycopg
from django.db import models
from django.db.models.functions import Now
from psycopg import sql

OURS = ("foundation", "accounts", "privacy", "partners", "offers", "residents", "bridging")
NOT_COMPARED = ("password", "token_hash")
CHAIN = "brobygger.foundation.chain"  # the links of the trail are closed at commit, from keys that are drawn


@contextmanager
def founded(kind: str) -> Iterator[None]:
    """Say what kind of installation this database is, as its owner, and take it back afterwards."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(
            """INSERT INTO foundation_installation ("only", kind, migrated) VALUES (true, %s, '')""", [kind]
        )
        try:
            yield
        finally:
            owner.execute("DELETE FROM foundation_installation")


@contextmanager
def database_of_its_own() -> Iterator[dict[str, str]]:
    """A fresh copy of the template; the environment in which a program finds it."""
    name = f"{os.environ['BROBYGGER_TEST_DATABASE']}_{uuid4().hex[:8]}"
    copy, template = sql.Identifier(name), sql.Identifier(os.environ["BROBYGGER_TEST_TEMPLATE"])
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(copy, template))
        try:
            urls = {key: _of(os.environ[key], name) for key in ("DATABASE_URL", "DATABASE_OWNER_URL")}
            yield os.environ | urls | {"BROBYGGER_TEST_DATABASE": name}
        finally:
            _drop(owner, copy)


def _drop(owner: psycopg.Connection, copy: sql.Identifier) -> None:
    """The program has ended, but its last connection may still be on its way out."""
    for _try in range(100):
        try:
            owner.execute(sql.SQL("DROP DATABASE {}").format(copy))
            return
        except psycopg.errors.ObjectInUse:
            time.sleep(0.1)
    raise AssertionError(f"somebody stays in {copy}")


def fingerprint() -> str:
    """Of every row of ours. Keys that the actions draw by chance count only as keys."""
    from django.apps import apps

    seen = hashlib.sha256()
    for label in OURS:
        for model in sorted(apps.get_app_config(label).get_models(), key=lambda one: one.__name__):
            if model.__module__ == CHAIN:
                continue
            told = model.objects.values(*_told(model))
            rows = sorted(json.dumps(_plain(row), sort_keys=True) for row in told)
            seen.update("\n".join([model.__name__, *rows]).encode())
    return seen.hexdigest()


def _told(model: type[models.Model]) -> list[str]:
    """The columns that somebody has filled; not those in which the database writes the time by itself."""
    fields = model._meta.concrete_fields
    return [field.attname for field in fields if not isinstance(getattr(field, "db_default", None), Now)]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items() if key not in NOT_COMPARED}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    try:
        drawn = UUID(str(value)).version == 4
    except ValueError:
        return str(value)
    return "a key" if drawn else str(value)


def _of(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def main() -> None:
    import django

    django.setup()
    from brobygger.foundation.scope import organisation_scope
    from brobygger.site import sample
    from brobygger.site.sample.frame import HOUSE
    from tests.people import NOW

    with founded("demo"):
        sample.build(lambda sentence: None, now=NOW)
        with organisation_scope(HOUSE):
            print(fingerprint())


if __name__ == "__main__":
    main()
