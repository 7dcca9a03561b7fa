"""`brobygger doctor`: look at everything Brobygger leans on, and say what to do where it gives way."""

import argparse
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg

from brobygger.foundation import cluster_place, dburl, health, leftovers
from brobygger.foundation.postgres import Postgres
from brobygger.foundation.trouble import Trouble
from brobygger.site.commands import browser, founding, ports
from brobygger.site.commands.home import outside, running

HELP = "se efter, om alt er, som det skal være"
OK, WARNING, ERROR = "ok", "advarsel", "fejl"
LITTLE_MB = 1_000


@dataclass(frozen=True, slots=True)
class Answer:
    state: str
    what: str
    do: str = ""

    def __str__(self) -> str:
        return f"{self.state:>9}  {self.what}" + (f"\n           -> {self.do}" if self.do else "")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="porten, der skal bruges (8000)")


def run(options: argparse.Namespace) -> int:
    """Print every answer; 1 if any of them is an error."""
    home: Path = options.home.resolve()
    answers = []
    for answer in _answers(home, options.port):
        print(answer, flush=True)
        answers.append(answer)
    errors = sum(answer.state == ERROR for answer in answers)
    print(f"\n{errors} fejl." if errors else "\nIngen fejl.")
    return 1 if errors else 0


def _answers(home: Path, port: int) -> Iterator[Answer]:
    yield _python()
    yield _programs()
    yield _home(home)
    yield _room(home)
    yield _port(home, port)
    yield from _abandoned()
    yield from _database(home)
    yield _chromium()


def _python() -> Answer:
    version = ".".join(map(str, sys.version_info[:3]))
    if (3, 11) <= sys.version_info[:2] < (3, 15):
        return Answer(OK, f"Python {version}")
    return Answer(ERROR, f"Python {version}", "Brug Python 3.11 til 3.14.")


def _programs() -> Answer:
    try:
        return Answer(OK, f"PostgreSQL følger med: {cluster_place.in_the_wheel()}")
    except Trouble as trouble:
        return Answer(ERROR, "PostgreSQL følger ikke med", str(trouble))


def _home(home: Path) -> Answer:
    if not home.exists():
        return Answer(OK, f"Mappen {home} findes ikke endnu; den laves ved første start")
    try:
        cluster_place.open_home(home)
    except Trouble as trouble:
        return Answer(ERROR, f"Mappen {home}", str(trouble))
    return Answer(OK, f"Mappen med data: {home}")


def _room(home: Path) -> Answer:
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(there).free // 2**20
    if free < LITTLE_MB:
        state = ERROR if free < cluster_place.ROOM_TO_BEGIN_MB else WARNING
        return Answer(state, f"Ledig disk: {free} MB", "Ryd op, eller vælg en anden disk med --home.")
    return Answer(OK, f"Ledig disk: {free:,} MB".replace(",", "."))


def _port(home: Path, port: int) -> Answer:
    if told := running(home):
        return Answer(OK, f"Brobygger kører på {told['address']} (proces {told['pid']})")
    try:
        ports.demand_free(port)
    except Trouble as trouble:
        return Answer(WARNING, f"Port {port}", str(trouble))
    return Answer(OK, f"Port {port} er ledig")


def _abandoned() -> Iterator[Answer]:
    for place, home in cluster_place.abandoned(cluster_place.ELSEWHERE):
        do = f"Skal den ikke bruges mere, så slet {place}. Er det en disk, der mangler, så sæt den i."
        yield Answer(WARNING, f"{place} er databasen for {home}, som ikke findes", do)


def _database(home: Path) -> Iterator[Answer]:
    with ExitStack() as opened:
        try:
            url = _url(home, opened)
            connection = opened.enter_context(dburl.connect(url, dburl.APP)) if url else None
        except Trouble as trouble:
            yield Answer(ERROR, "Databasen", str(trouble))
            return
        if connection is None:
            yield Answer(OK, "Databasen er ikke lavet endnu")
        else:
            yield from _about(connection, dburl.parts(url, dburl.APP)["user"])


def _url(home: Path, opened: ExitStack) -> str:
    if urls := outside():
        return urls.app
    database = Postgres(home)
    if not (home / "database-passwords.json").exists():
        return ""
    was_running = leftovers.postmaster_of(database.data) is not None
    return (database.start() if was_running else opened.enter_context(database)).urls().app


def _about(connection: psycopg.Connection, role: str) -> Iterator[Answer]:
    major, minor = divmod(connection.info.server_version, 10_000)
    yield Answer(OK, f"Databasen svarer (PostgreSQL {major}.{minor}, rollen {role})")
    for finding in health.findings(connection):
        yield Answer(ERROR if finding.is_error else WARNING, finding.what, finding.do)
    yield from _tables(connection, role)
    yield _worker(connection)


def _tables(connection: psycopg.Connection, role: str) -> Iterator[Answer]:
    founded = founding.read(connection)
    if founded is None:
        yield Answer(WARNING, "Databasen er tom", "Den bliver gjort klar ved næste start.")
        return
    yield Answer(OK, f"Databasen er {founding.WORDS[founded.kind]}")
    if founded.migrated == founding.fingerprint(role):
        yield Answer(OK, "Tabeller og rettigheder passer til programmet")
    else:
        yield Answer(WARNING, "Tabeller og rettigheder er fra en anden version", "De rettes ved næste start.")


def _worker(connection: psycopg.Connection) -> Answer:
    question = "SELECT extract(epoch FROM now() - max(last_heartbeat))::int FROM procrastinate_workers"
    try:
        row = connection.execute(question).fetchone()
    except psycopg.Error:
        row = None
    if row is None or row[0] is None:
        return Answer(WARNING, "Arbejderen kører ikke", "Den starter sammen med Brobygger.")
    if row[0] > 60:
        return Answer(
            WARNING, f"Arbejderen har ikke rørt sig i {row[0]} sekunder", "Se worker.log, og genstart."
        )
    return Answer(OK, f"Arbejderen var i gang for {row[0]} sekunder siden")


def _chromium() -> Answer:
    if found := browser.chromium():
        return Answer(OK, f"Chromium til prøverne: {found}")
    do = "Kun ./test bruger den. På Debian: apt-get install chromium"
    return Answer(WARNING, "Chromium til prøverne mangler", do)
