"""kill -9 under load: what was acknowledged is there afterwards, once, and everything comes back by itself.

Real processes: `brobygger demo` keeps its database, web server and worker; four visitors write notes all the
while, each with its key, and press again until they have been answered, as a person with bad coverage does.
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from brobygger.foundation.postgres import Postgres
from tests.journeys.walking import Visitor

ROUNDS, WRITERS, BACK_WITHIN = 3, 4, 30.0
ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.feature("SIT-09")]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int, Path]]:
    """A demo of its own: address, the keeper's pid, home."""
    home = tmp_path_factory.mktemp("demo")
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "BROBYGGER_"))
    }
    keeper = subprocess.Popen(
        [sys.executable, "-m", "brobygger.site.commands", "demo", "--port", "0", "--home", str(home)],
        env=clean | {"PYTHONPATH": str(ROOT / "src")},
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert keeper.stdout is not None
    said = []
    for line in keeper.stdout:
        said.append(line)
        if line.startswith("READY "):
            break
    else:
        pytest.fail("the demo never became ready:\n" + "".join(said))
    threading.Thread(target=lambda: [None for _line in keeper.stdout or ()], daemon=True).start()
    yield line.split()[1], keeper.pid, home
    keeper.send_signal(signal.SIGTERM)
    keeper.wait(30)
    keeper.stdout.close()


def children(pid: int) -> dict[str, list[int]]:
    """Everything below the keeper, by what it is: database, web, worker. Read from /proc."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except OSError:
            continue
        parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(folder.name))
    found: dict[str, list[int]] = {"database": [], "web": [], "worker": []}
    waiting = list(parents.get(pid, []))
    while waiting:
        child = waiting.pop()
        waiting += parents.get(child, [])
        try:
            line = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        kind = "database" if "postgres" in line else "web" if "granian" in line else "worker"
        found[kind].append(child)
    return found


def signed_in(address: str) -> Visitor:
    visitor = Visitor(address)
    entrance = visitor.get("/ind/").body
    maja = re.search(r'name="membership" value="([^"]+)"[^>]*>(?:(?!</button>).)*Maja', entrance, re.S)
    assert maja, "Maja can be entered as"
    visitor.post("/ind/", {"membership": maja[1]})
    return visitor


class Writer(threading.Thread):
    """Writes notes about one resident and remembers what was acknowledged."""

    def __init__(self, address: str, resident: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.visitor, self.resident, self.stop = signed_in(address), resident, stop
        self.acknowledged: list[str] = []
        self.unanswered = 0

    def run(self) -> None:
        while not self.stop.is_set():
            self.write(f"note {uuid4()}")

    def write(self, text: str) -> None:
        """One note, pressed again with the same key until somebody answers."""
        fields = {"once": str(uuid4()), "text": text}
        while not self.stop.is_set():
            try:
                page = self.visitor.post(f"{self.resident}notat/", fields)
            except (OSError, HTTPException):
                self.unanswered += 1
                time.sleep(0.1)
                continue
            if page.status == 302 and not page.location.startswith("/ind/"):
                self.acknowledged.append(text)
                return
            self.unanswered += 1
            time.sleep(0.1)


def wait_until_back(address: str) -> float:
    began = time.monotonic()
    while time.monotonic() - began < BACK_WITHIN:
        try:
            if Visitor(address).get("/tilbud/").status == 200:
                return time.monotonic() - began
        except (OSError, HTTPException):
            pass
        time.sleep(0.1)
    pytest.fail(f"not back after {BACK_WITHIN} seconds")


def notes(home: Path) -> Counter[str]:
    """Every note the load wrote, as it stands in the database, counted."""
    visiting = Postgres(home).start()
    try:
        with psycopg.connect(visiting.superuser_url("brobygger")) as connection:
            rows = connection.execute("SELECT text FROM residents_note WHERE text LIKE 'note %'").fetchall()
    finally:
        visiting.stop()
    return Counter(text for (text,) in rows)


def test_nothing_acknowledged_is_lost_or_doubled_by_nine_kills(demo: tuple[str, int, Path]):
    address, keeper, home = demo
    people = re.findall(r'href="(/beboere/[0-9a-f-]{36}/)"', signed_in(address).get("/beboere/").body)
    stop = threading.Event()
    writers = [Writer(address, people[n % len(people)], stop) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    back = []

    for _round in range(ROUNDS):
        for kind in ("database", "web", "worker"):
            time.sleep(1.0)
            for pid in children(keeper)[kind]:
                os.kill(pid, signal.SIGKILL)
            back.append(wait_until_back(address))
    time.sleep(1.0)
    stop.set()
    for writer in writers:
        writer.join(30)

    stored = notes(home)
    acknowledged = [text for writer in writers for text in writer.acknowledged]
    unanswered = sum(writer.unanswered for writer in writers)
    figures = f"{len(acknowledged)} acknowledged, {unanswered} presses unanswered"
    print(f"\n{figures}, back in {max(back):.1f} s at most")
    assert len(acknowledged) > 50
    assert [text for text in acknowledged if stored[text] != 1] == []
    assert [text for text, times in stored.items() if times > 1] == []
