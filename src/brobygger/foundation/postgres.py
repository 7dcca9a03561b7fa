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
import re
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

from brobygger.foundation import cluster_place, cluster_roles, leftovers
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
        if self._is_last():
            if (pid := self.pid()) is not None:
                self._end(pid)
            if self._socket is not None:
                with contextlib.suppress(OSError):  # somebody may have tidied up
                    self._socket.rmdir()
        self._child = self._adopted = None
        for file in (self._lock, self._presence):
            if file is not None:
                file.close()
        self._lock, self._presence, self.keeper = None, None, False

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
            self._child, self._adopted = None, leftovers.postmaster_of(self.data)
            if self._adopted is None:
                self._make_cluster()
                self._launch()
            if self._answers_in_the_end():
                return
            time.sleep(0.5)
        raise Trouble(_why(_tail(self.log, self._log_begins), self.place), code=3)

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

    def _environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return {**clean, "LC_ALL": "C.UTF-8", "TZ": "UTC"}

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
            _write_closed(
                kept, json.dumps({role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER, APP)})
            )
        passwords: dict[str, str] = json.loads(kept.read_text())
        return passwords

    def _make_cluster(self) -> None:
        for half in leftovers.remove_half_made(self.place):
            self.say(f"En halvfærdig database fra sidst ({half.name}) er fjernet. Der begyndes forfra.")
        if self.data.exists():
            return _demand_whole(self.data)
        cluster_place.demand_room(self.place)
        account = self._account()
        half = self.place / f"{self.data.name}.half-{secrets.token_hex(4)}"
        cluster_place.own_folder(half, account)
        self._initdb(half, account)
        half.rename(self.data)
        return None

    def _initdb(self, folder: Path, account: Account) -> None:
        first = folder.with_name(
            f"{folder.name}.password"
        )  # also matches *.half-*, so it cannot be left behind
        _write_closed(first, self._passwords()[SUPERUSER])
        if account.dropped:
            os.chown(first, account.uid, account.gid)
        try:
            made = subprocess.run(  # noqa: S603
                [
                    *(cluster_place.programs(self.place, account) / "initdb", "-D", folder, "-U", SUPERUSER),
                    *("--auth=scram-sha-256", f"--pwfile={first}", "--encoding=UTF8", "--data-checksums"),
                    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                ],
                capture_output=True,
                text=True,
                env=self._environment(),
                cwd="/",
                **account.popen(),
            )
        finally:
            first.unlink()
        if made.returncode:
            leftovers.remove_half_made(self.place)
            raise Trouble(_why(made.stderr, self.place), code=3)

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
                env=self._environment(),
                cwd="/",
                start_new_session=True,
                **account.popen(),
            )

    def _answers_in_the_end(self) -> bool:
        """Wait for the server. False if it ended, but may well start next time."""
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self.pid() is None:
                told = _tail(self.log, self._log_begins) if self._child else ""
                if not told or "pre-existing shared memory block" in told[-600:]:
                    return False
                raise Trouble(_why(told, self.place), code=3)
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


def _take(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write_closed(file: Path, text: str) -> None:
    """Write a secret: the file is never there half-written, nor for a moment readable by others."""
    made = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with open(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    made.rename(file)


def _demand_whole(data: Path) -> None:
    version = data / "PG_VERSION"
    if not version.exists() or not (data / "global" / "pg_control").exists():
        raise Trouble(
            f"Mappen {data} er ikke en hel database. Er den kopieret, mangler der noget: læg hele kopien "
            f"tilbage. Er der intet i den, du vil beholde, så slet {data} og start igen.",
            code=3,
        )
    if (found := version.read_text().strip()) != "18":
        raise Trouble(
            f"Databasen i {data} er fra PostgreSQL {found}, og vi kører 18. Opgrader den med pg_upgrade, "
            "eller vælg en anden mappe med --home.",
            code=3,
        )


def _tail(log: Path, begins: int) -> str:
    """What the server has said since it was launched, at most the last 4,000 bytes."""
    with log.open("rb") as opened:
        opened.seek(max(begins, log.stat().st_size - 4000))
        return opened.read().decode(errors="replace")


def _why(told: str, place: Path) -> str:
    """PostgreSQL's own words made into a sentence with a way out; the last complaint is quoted."""
    complaints = re.findall(r"(?:FATAL|PANIC|ERROR|error|could not):?\s.*", told)
    last = complaints[-1].strip() if complaints else told.strip()[-200:] or "den sagde ikke hvorfor"
    if "No space left on device" in told:
        return f"Disken under {place} er fuld, så databasen kan ikke køre. Ryd op på disken, og start igen."
    if "could not look up effective user ID" in told:
        return (
            f"Brugeren med nummer {os.geteuid()} har intet navn på maskinen, og det skal PostgreSQL bruge. "
            "Skriv brugeren i /etc/passwd, eller start som en anden."
        )
    if "pre-existing shared memory block" in last:
        return "En rest af den forrige database er stadig ved at slutte. Vent nogle sekunder, og start igen."
    return f"Databasen i {place} kunne ikke starte. Den siger: {last}"
