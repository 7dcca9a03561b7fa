"""A real PostgreSQL for the tests, before Django reads its settings.

Migrated as the owner, tested as the application: row-level security holds in tests as it does at work.
Each run, and each of several processes of one run, gets a database of its own, copied from a template that
is made once per state of the migrations.
Where the server is our own, the address of its superuser is told too: the planted holes need it.
"""

import atexit
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from brobygger.foundation.translations import LOCALE, compile_stale

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "brobygger"
TEMPLATE_LOCK = 4_711

PREPARE = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
from brobygger.foundation import grants
call_command("migrate", verbosity=0)
grants.apply("brobygger_app")
with connection.cursor() as cursor:
    cursor.execute("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO brobygger_app")
connection.close()
"""


def start() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brobygger.site.settings")
    compile_stale(LOCALE)  # a catalogue that Django has once looked for in vain stays unread
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    if os.environ.get("BROBYGGER_TEST_OF") == worker:
        return
    app, owner = _servers()
    superuser = os.environ.get("BROBYGGER_SUPERUSER_URL") or _superuser(owner)
    template, name = f"brobygger_template_{_fingerprint()}", f"brobygger_test_{os.getpid()}"
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("SET lock_timeout = '5min'; SET statement_timeout = '5min'")  # another may make it
        connection.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            _make_template(connection, template, app, owner)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    atexit.register(drop, owner, name)
    os.environ |= {
        "DATABASE_URL": at(app, name),
        "DATABASE_OWNER_URL": at(owner, name),
        "BROBYGGER_TEST_OF": worker,
        "BROBYGGER_TEST_DATABASE": name,
        "BROBYGGER_TEST_TEMPLATE": template,
        "BROBYGGER_SUPERUSER_URL": at(superuser, name) if superuser else "",
        "BROBYGGER_HOME": str(ROOT / ".brobygger" / "test" / "home"),
        "BROBYGGER_CALLS_A_MINUTE": "0",  # a test presses faster than anybody reads
    }
    os.environ.pop("BROBYGGER_ROLE", None)


def _servers() -> tuple[str, str]:
    if "DATABASE_URL" in os.environ:
        return os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"]
    from brobygger.foundation.postgres import Postgres

    os.environ["BROBYGGER_HOME"] = str(ROOT / ".brobygger" / "test")
    running = Postgres(ROOT / ".brobygger" / "test").start()
    atexit.register(running.stop)
    urls = running.urls()
    return urls.app, urls.owner


def _superuser(owner: str) -> str:
    """The superuser's address if BROBYGGER_HOME keeps the server that `owner` is on, else ''."""
    kept = Path(os.environ.get("BROBYGGER_HOME", ".brobygger")) / "database-passwords.json"
    passwords = json.loads(kept.read_text()) if kept.exists() else {}
    parts = urlsplit(owner)
    if not passwords or quote(passwords.get("brobygger_owner", ""), safe="") != parts.password:
        return ""
    server = parts.netloc.rpartition("@")[2]
    secret = quote(passwords["brobygger_super"], safe="")
    return urlunsplit(parts._replace(netloc=f"brobygger_super:{secret}@{server}"))


def _fingerprint() -> str:
    """Migrations, models (their rights are granted afterwards) and the policies they use."""
    files = [*SOURCE.glob("*/migrations/*.py"), *SOURCE.glob("*/models.py"), *SOURCE.glob("foundation/*.py")]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _make_template(connection: psycopg.Connection, name: str, app: str, owner: str) -> None:
    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    environment = os.environ | {
        "DATABASE_URL": at(app, name),
        "DATABASE_OWNER_URL": at(owner, name),
        "BROBYGGER_ROLE": "owner",
        "BROBYGGER_HOME": str(ROOT / ".brobygger" / "test" / "home"),
        "PYTHONPATH": str(ROOT / "src"),
    }
    try:
        subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True)
    except BaseException:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        raise


def drop(owner: str, name: str) -> None:
    """The pool is closed first: the owner may not end the application's connections for it."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        connection.close_pool()
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def at(url: str, database: str) -> str:
    """The same server and role, another database. Both urls of the house end in /brobygger or /name?..."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


start()
