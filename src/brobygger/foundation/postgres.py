"""A PostgreSQL 18 of our own, from the binaries in a wheel: the same in demo, test and small operation.

    with Postgres(home) as database:
        database.urls().app

The server is our own child in the foreground, reachable only through a socket in a closed folder. Whoever
holds the lock in the home is its keeper; a server whose keeper died is adopted, not fought. A second
`Postgres(home)` beside a living keeper is a guest. Whoever leaves last stops the server.
"""

import contextlib
import fcntl
import json
import os
import secrets
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any
from urllib.parse import quote

import psycopg

from brobygger.foundation import cluster_log, cluster_making, cluster_place, cluster_roles, leftovers
from brobygger.foundation.cluster_place import Account, Say
from brobygger.foundation.cluster_roles import APP, DATABASE, OWNER, SUPERUSER
from brobygger.foundation.trouble import Trouble

PATIENCE = 120.0  # seconds; after a crash PostgreSQL replays its log before it answers
LARGEST_LOG = 10 * 2**20
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "80",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "jit": "off",
    # The log is for operators: values of rows and the text of statements stay out of it.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}


@dataclass(frozen=True, slots=True)
class Urls:
    """What a process needs: DATABASE_URL (the run-time role) and DATABASE_OWNER_URL (migrations)."""

    app: str
    owner: str


class Postgres:
    """One database cluster in one home. `start` may be called again after the server has been killed."""

    def __init__(self, home: Path | str, say: Say = lambda sentence: None) -> None:
        self.home = Path(home).resolve()
        self.say = say
        self.keeper = False
        self._lock: IO[str] | None = None
        self._presence: IO[str] | None = None
        self._child: subprocess.Popen[Any] | None = None
        self._adopted: int | None = None
        self._place: Path | None = None
        self._log_begins = 0
        self._socket: Path | None = None

    def __enter__(self) -> "Postgres":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def place(self) -> Path:
        """The folder that holds the cluster; usually the home itself."""
        if self._place is None:
            self._place = cluster_place.place_for(self.home, self.say)
        return self._place

    @property
    def data(self) -> Path:
        return self.place / "pg18"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    def start(self) -> "Postgres":
        """Make the cluster if it is missing, start or adopt the server, see to roles and database.

        Raises Trouble with a sentence that says what to do.
        """
        cluster_place.open_home(self.home)
        self._enter()
        try:
            self._be_keeper_or_guest()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """End the server in order: no new work, open transactions rolled back, everything on the disk."""
        try:
            if self._place is not None and self._is_last():
                self._end_server()
        finally:
            if self._child is not None:
                _let_go(self._child)
            for file in (self._lock, self._presence):
                if file is not None:
                    file.close()
            self._lock = self._presence = self._child = self._adopted = None
            self.keeper = False

    def pid(self) -> int | None:
        """The server's process, or None when it has ended; also reaps it, so that no zombie stays."""
        if self._child is not None:
            return self._child.pid if self._child.poll() is None else None
        return leftovers.postmaster_of(self.data)

    def urls(self, database: str = DATABASE) -> Urls:
        return Urls(app=self._url(APP, database), owner=self._url(OWNER, database))

    def superuser_url(self, database: str = "postgres") -> str:
        """Only for the manager itself and for tests: this role sees every row."""
        return self._url(SUPERUSER, database)

    def _url(self, role: str, database: str) -> str:
        password = quote(self._passwords()[role], safe="")
        return f"postgresql://{role}:{password}@/{quote(database)}?host={quote(str(self._socket))}&port=5432"

    def _serve(self) -> None:
        """Adopt the server that is there, or launch one; again while an old one is still ending."""
        for _attempt in range(30):
            if self._child is not None and self._is_up(self._child):
                return
            self._child, self._adopted = None, leftovers.postmaster_of(self.data)
            if self._adopted is None:
                cluster_making.make_or_demand(
                    self.data, self._account(), self._passwords()[SUPERUSER], environment(), self.say
                )
                self._launch()
            if self._answers_in_the_end():
                return
            time.sleep(0.5)
        raise Trouble(cluster_log.why(cluster_log.since(self.log, self._log_begins), self.place), code=3)

    def _is_up(self, child: subprocess.Popen[Any]) -> bool:
        """True if our own server runs. One that was killed is waited for, so that no zombie stays."""
        if self._answers():
            return True
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(5)
        _let_go(child)
        return False

    def _enter(self) -> None:
        """Be counted among those who use the server. Waits while the last one before us is stopping it.

        Locks die with their holder, also by kill -9, and are seen through containers on one disk.
        """
        if self._lock is None or self._presence is None:
            self._lock = (self.home / "database.lock").open("a")
            self._presence = (self.home / "database-guests.lock").open("a")
        fcntl.flock(self._presence, fcntl.LOCK_SH)

    def _is_last(self) -> bool:
        """True if nobody else uses the server. Of two that leave at once, exactly one is told so:

        asking gives up our own place first, so the later of the two finds the room empty.
        """
        if self._lock is None or self._presence is None or not _take(self._presence):
            return False
        fcntl.flock(self._lock, fcntl.LOCK_EX)  # its keeper, if that was another, is out of the door
        return True

    def _be_keeper_or_guest(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self._lock is not None and _take(self._lock):
                self.keeper = True
                self._serve()
                return cluster_roles.settle(self.superuser_url(), self._passwords())
            if leftovers.postmaster_of(self.data) is not None and self._answers():
                return None
            time.sleep(0.1)
        raise Trouble(
            f"En anden Brobygger er ved at starte databasen i {self.home}, men den kommer ikke. "
            "Stop den anden, og prøv igen.",
            code=3,
        )

    def _account(self) -> Account:
        return cluster_place.account_for(self.data)

    def _passwords(self) -> dict[str, str]:
        """Role -> password, random, in a file that only we may read (0600)."""
        kept = self.home / "database-passwords.json"
        if not kept.exists():
            if (self.data / "PG_VERSION").exists():
                raise Trouble(
                    f"Adgangskoderne til databasen mangler: {kept} er væk. Læg filen tilbage fra en kopi; "
                    f"uden den kan databasen i {self.data} ikke åbnes.",
                    code=3,
                )
            cluster_place.write_closed(
                kept, json.dumps({role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER, APP)})
            )
        passwords: dict[str, str] = json.loads(kept.read_text())
        return passwords

    def _launch(self) -> None:
        account = self._account()
        self._socket = cluster_place.socket_folder(self.data, account)
        leftovers.release_locks(self.data, self._socket)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self._log_begins = log.tell()
            self._child = subprocess.Popen(  # noqa: S603
                [
                    *(cluster_place.programs(self.place, account) / "postgres", "-D", str(self.data)),
                    *("-k", str(self._socket), *settings),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment(),
                cwd="/",
                start_new_session=True,
                **account.popen(),
            )

    def _answers_in_the_end(self) -> bool:
        """Wait for the server. False if it ended, but may well start next time."""
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self.pid() is None:
                told = cluster_log.since(self.log, self._log_begins) if self._child else ""
                if not told or "pre-existing shared memory block" in told[-600:]:
                    return False
                raise Trouble(cluster_log.why(told, self.place), code=3)
            if time.monotonic() > until:
                raise Trouble(f"Databasen svarede ikke i {PATIENCE:.0f} sekunder. Se {self.log}.", code=3)
            time.sleep(0.05)
        return True

    def _answers(self) -> bool:
        self._socket = leftovers.socket_of(self.data) or self._socket
        try:
            psycopg.connect(self.superuser_url(), connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise Trouble(
                    f"Databasen i {self.data} afviser adgangskoden i {self.home}/database-passwords.json. "
                    "Filen hører til en anden database: læg den rigtige tilbage.",
                    code=3,
                ) from None
            return False
        return True

    def _end_server(self) -> None:
        if (pid := self.pid()) is not None:
            self._end(pid)
        if self._socket is not None:
            with contextlib.suppress(OSError):  # somebody may have tidied up
                self._socket.rmdir()

    def _end(self, pid: int) -> None:
        for request, seconds in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, request)
            if self._gone(pid, seconds):
                return

    def _gone(self, pid: int, seconds: float) -> bool:
        if self._child is None:
            return leftovers.wait_for_end(pid, self.data, seconds)
        try:
            self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True


def start(home: Path | str, say: Say = lambda sentence: None) -> Postgres:
    """Start (or adopt, or visit) the database of a home. End it with `.stop()`."""
    return Postgres(home, say).start()


def environment() -> dict[str, str]:
    """What the server and its maker see: nothing that is meant for other databases."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**clean, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _let_go(child: subprocess.Popen[Any]) -> None:
    """Leave a living server to whoever uses it last: without this, Popen complains when it is forgotten."""
    if child.poll() is None:
        child.returncode = 0


def _take(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
