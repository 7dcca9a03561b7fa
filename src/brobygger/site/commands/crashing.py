"""`brobygger drill D1`: kill -9 under load; what was acknowledged is there, once, and it comes back.

First the whole demo with its pages (`killing.py`), then a bare database with plain writers, and the control:
the same with `synchronous_commit=off`, which must be seen to lose what it said was saved.
"""

import os
import signal
import threading
import time
from pathlib import Path

import psycopg

from brobygger.foundation import leftovers
from brobygger.foundation.postgres import Postgres
from brobygger.site.commands import killing
from brobygger.site.commands.drilling import Verdict, folder_of_its_own

WRITERS, KILLS, BETWEEN, BACK_WITHIN = 8, 12, 1.5, 10.0


def run(home: Path) -> int:
    verdict = Verdict("D1")
    verdict.promise(killing.run(home) == 0, "sider: intet bekræftet tabt eller skrevet to gange")
    bare(verdict, kills=KILLS, control_kills=KILLS)
    return verdict.end()


def bare(verdict: Verdict, *, kills: int, control_kills: int) -> None:
    """The database alone, sure and unsure."""
    told, lost, slowest = _killed("on", kills)
    verdict.promise(lost == 0, f"{kills} drab: {lost} af {told} bekræftede tabt")
    verdict.promise(slowest <= BACK_WITHIN, f"oppe igen på højst {slowest:.1f} s (højst {BACK_WITHIN:.0f})")
    told, lost, _slowest = _killed("off", control_kills)
    verdict.control(lost > 0, f"synchronous_commit=off: {lost} af {told} bekræftede tabt")


def _killed(sure: str, kills: int) -> tuple[int, int, float]:
    """Acknowledged writes, how many of them are gone, and the slowest return in seconds."""
    acknowledged: set[tuple[int, int]] = set()
    slowest = 0.0
    with folder_of_its_own() as folder, Postgres(folder / "home") as database:
        with psycopg.connect(database.superuser_url("brobygger")) as db:
            db.execute("CREATE TABLE written (writer int, number int, PRIMARY KEY (writer, number))")
        begun = 0
        for _kill in range(kills):
            acknowledged |= _written_until_killed(database, sure, begun)
            begun += 1_000_000
            began = time.monotonic()
            database.start()
            psycopg.connect(database.superuser_url("brobygger")).close()
            slowest = max(slowest, time.monotonic() - began)
        with psycopg.connect(database.superuser_url("brobygger")) as db:
            there = set(db.execute("SELECT writer, number FROM written").fetchall())
    return len(acknowledged), len(acknowledged - there), slowest


def _written_until_killed(database: Postgres, sure: str, begun: int) -> set[tuple[int, int]]:
    """Eight write one row a transaction until every process of the server is killed in one stroke."""
    acknowledged: set[tuple[int, int]] = set()
    url = database.superuser_url("brobygger")

    def write(writer: int) -> None:
        number = begun
        try:
            with psycopg.connect(url, autocommit=True) as db:
                db.execute(f"SET synchronous_commit = {sure}".encode())
                while True:
                    number += 1
                    db.execute("INSERT INTO written VALUES (%s, %s)", [writer, number])
                    acknowledged.add((writer, number))
        except psycopg.Error:
            return

    writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    time.sleep(BETWEEN)
    _kill_all(database)
    for writer in writers:
        writer.join()
    return acknowledged


def _kill_all(database: Postgres) -> None:
    """The postmaster first, stopped, so that it cannot tidy up after its children."""
    postmaster = leftovers.postmaster_of(database.data)
    if postmaster is None:
        return
    os.kill(postmaster, signal.SIGSTOP)
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for pid in [*map(int, children), postmaster]:
        os.kill(pid, signal.SIGKILL)
