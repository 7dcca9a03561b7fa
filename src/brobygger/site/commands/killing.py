"""The first half of drill D1: kill -9 of database, worker and web server, four times each, under load.

Visitors register residents through the pages all the while. What was acknowledged must be there
afterwards, exactly once, although every visitor sends again whatever was not answered.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg

from brobygger.foundation.postgres import Postgres
from brobygger.foundation.trouble import Trouble
from brobygger.site.commands.home import outside
from brobygger.site.commands.visitor import Visitor, hidden
from brobygger.site.commands.voice import Voice

VISITORS, ROUNDS = 4, 3
PARTS = {"database": "bin/postgres", "arbejder": "procrastinate", "webserver": "granian"}
BETWEEN = 1.0  # seconds of load before the next kill
NAME = "Øvelse"


def run(home: Path) -> int:
    """Run the drill in a home of its own, made for it and removed. 0 if nothing was lost or doubled."""
    del home
    if outside():
        raise Trouble(
            "D1 slår databasen ihjel, og det er kun til den, der følger med. Fjern DATABASE_URL først."
        )
    say = Voice()
    folder = Path(tempfile.mkdtemp(prefix="brobygger-drill-"))
    folder.chmod(0o711)
    try:
        with _demo(folder / "home", say) as (keeper, address):
            acknowledged = under_load(address, keeper, say, rounds=4)
            found = found_in(folder / "home")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return _judge(acknowledged, found, say)


@contextlib.contextmanager
def _demo(home: Path, say: Voice) -> Iterator[tuple[int, str]]:
    """A demo in a process of its own; gives its pid and its address."""
    say("Starter en øveudgave til øvelsen …")
    words = [sys.executable, "-m", "brobygger.site.commands", "demo", "--port", "0", "--home", str(home)]
    running = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, start_new_session=True)  # noqa: S603
    try:
        told = running.stdout or ()
        ready = next((line.split()[1] for line in told if line.startswith("READY ")), None)
        if ready is None:
            raise Trouble("Øveudgaven kom ikke i gang, så der er intet at øve på.")
        yield running.pid, ready
    finally:
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)


def under_load(address: str, keeper: int, say: Voice, rounds: int = ROUNDS) -> set[str]:
    """Kill everything in turn while visitors write. Returns the names that were acknowledged."""
    acknowledged: set[str] = set()
    over = threading.Event()
    visitors = [
        threading.Thread(target=_write, args=(Visitor(address), str(number), acknowledged, over))
        for number in range(VISITORS)
    ]
    for visitor in visitors:
        visitor.start()
    try:
        for _round in range(rounds):
            for part, words in PARTS.items():
                time.sleep(BETWEEN)
                seconds = _kill(keeper, words, address)
                say(f"kill -9 {part}: væk i {seconds:.1f} s ({len(acknowledged)} skrevet)")
    finally:
        over.set()
        for visitor in visitors:
            visitor.join()
    return acknowledged


def _write(visitor: Visitor, number: str, acknowledged: set[str], over: threading.Event) -> None:
    visitor.enter_as("Maja")
    count = 0
    while not over.is_set():
        count += 1
        name = f"{NAME} {number}-{count} fiktiv"
        page = visitor.get("/beboere/ny/")
        sent_to = visitor.post("/beboere/ny/", {**hidden(page), "name": name, "reach_at": "dør 4, Øvegården"})
        if re.match(r"/beboere/[0-9a-f-]{36}/", sent_to):
            acknowledged.add(name)


def _kill(keeper: int, words: str, address: str) -> float:
    """Kill one part; seconds until a page that reads the database is given again."""
    os.kill(_child(keeper, words), signal.SIGKILL)
    began = time.monotonic()
    Visitor(address).get("/ind/")
    _child(keeper, words)
    return time.monotonic() - began


def _child(keeper: int, words: str) -> int:
    """The keeper's child with these words in its command line; waited for, while it is being started."""
    question = ["ps", "-ww", "--ppid", str(keeper), "-o", "pid=,args="]
    until = time.monotonic() + 60
    while time.monotonic() < until:
        told = subprocess.run(question, capture_output=True, text=True).stdout  # noqa: S603
        for line in told.splitlines():
            if words in line:
                return int(line.split()[0])
        time.sleep(0.05)
    raise Trouble(f"{words} er ikke i gang.")


def found_in(home: Path) -> Counter[str]:
    """Names in the table itself, read past row security by the database's own superuser."""
    with Postgres(home) as guest, psycopg.connect(guest.superuser_url("brobygger")) as connection:
        question = "SELECT name FROM residents_resident WHERE name LIKE %s"
        return Counter(name for (name,) in connection.execute(question, [f"{NAME} %"]))


def _judge(acknowledged: set[str], found: Counter[str], say: Voice) -> int:
    lost = acknowledged - set(found)
    doubled = {name for name, times in found.items() if times > 1}
    say(f"{len(acknowledged)} bekræftet, {len(lost)} mistet, {len(doubled)} skrevet to gange.")
    return 1 if lost or doubled or not acknowledged else 0
