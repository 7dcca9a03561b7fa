"""A whole demo for the browser: the product as people start it, on a database of its own.

The database is a copy of the tests' template, so nothing a journey does is seen by other tests. The pytest
process never speaks to it through Django: the ORM refuses to work beside playwright's event loop.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from tests.start_database import ROOT, at

PATIENCE = 90.0
LINK = re.compile(r"https?://\S+/svar/\S+/")


@dataclass(frozen=True)
class House:
    """One running demo: its address, and where its messages land."""

    url: str
    home: Path
    environment: dict[str, str] = field(repr=False)

    def letters_to(self, address: str) -> list[Path]:
        """What was sent to one address, the newest last."""
        return sorted((self.home / "outbox" / address).glob("*.txt"))

    def letter_to(self, address: str, *, after: int = 0, patience: float = 15.0) -> str:
        """The newest letter to an address, once there are more than `after` of them. The worker sends it."""
        until = time.monotonic() + patience
        while len(self.letters_to(address)) <= after:
            if time.monotonic() > until:
                raise AssertionError(f"no letter to {address} after {patience} s; {self.last_words()}")
            time.sleep(0.05)
        return self.letters_to(address)[-1].read_text(encoding="utf-8")

    def asked(self, query: str, *values: object, house: UUID) -> list[tuple[Any, ...]]:
        """Ask the database as one house sees it, to learn what a journey really left behind."""
        with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
            connection.execute("SELECT set_config('brobygger.organisation', %s, true)", [str(house)])
            return connection.execute(query, values).fetchall()  # type: ignore[call-overload,no-any-return]

    def run(self, builder: str) -> str:
        """Run "module:function" as the application, in a process of its own. Gives what it printed."""
        module, _, function = builder.partition(":")
        return self._python("-c", f"import django; django.setup(); import {module} as m; m.{function}()")

    def command(self, *words: str) -> str:
        """Run a command of Brobygger's on this house, beside the demo. Gives what it printed."""
        return self._python("-m", "brobygger.site.commands", *words)

    def _python(self, *words: str) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def last_words(self) -> str:
        logs = [self.home / name for name in ("web.log", "worker.log")]
        return "\n".join(f"{log.name}: {log.read_text()[-800:]}" for log in logs if log.exists())


def link_in(letter: str) -> str:
    """The one answer link of a letter."""
    (found,) = LINK.findall(letter)
    return str(found)


@contextmanager
def running(home: Path, *builders: str) -> Iterator[House]:
    """Start a demo, furnish it further, and end it. A builder is "module:function", as for `House.run`."""
    with _database() as urls:
        port = _free_port()
        environment = {
            **os.environ,
            **urls,
            "BROBYGGER_HOME": str(home),
            "BROBYGGER_PUBLIC_URL": f"http://localhost:{port}",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        with _demo(home, port, environment):
            house = House(f"http://localhost:{port}", home, environment)
            for builder in builders:
                house.run(builder)
            yield house


@contextmanager
def _database() -> Iterator[dict[str, str]]:
    owner, template = os.environ["DATABASE_OWNER_URL"], os.environ["BROBYGGER_TEST_TEMPLATE"]
    name = f"brobygger_journeys_{os.getpid()}_{time.monotonic_ns()}"
    named, copied = sql.Identifier(name), sql.Identifier(template)
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(named, copied))
        try:
            yield {key: at(os.environ[key], name) for key in ("DATABASE_URL", "DATABASE_OWNER_URL")}
        finally:
            connection.execute(sql.SQL("DROP DATABASE {}").format(named))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _demo(home: Path, port: int, environment: dict[str, str]) -> Iterator[None]:
    words = [sys.executable, "-m", "brobygger.site.commands", "demo"]
    words += ["--home", str(home), "--port", str(port)]
    log = home / "demo.log"
    with log.open("w") as opened:
        demo = subprocess.Popen(words, env=environment, cwd=home, stdout=opened, stderr=opened)
    try:
        until = time.monotonic() + PATIENCE
        while "READY" not in log.read_text():
            if demo.poll() is not None or time.monotonic() > until:
                told = [log.read_text(), *(each.read_text()[-2000:] for each in home.glob("prepare.log"))]
                raise AssertionError("the demo did not start:\n" + "\n".join(told))
            time.sleep(0.05)
        yield
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(30)
