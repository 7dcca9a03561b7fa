"""`brobygger bench import`: a large, dirty directory taken in while people use the pages.

On a demo of its own. The package is generated with a seed. Before any time is told it is checked that every
row that was written is accounted for: rows in = rows saved + rows reported, table by table.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from brobygger.foundation.trouble import Trouble
from brobygger.site.commands import made_directory
from brobygger.site.commands.bench_web import TABLE as WEB_TABLE
from brobygger.site.commands.bench_web import WHO, at_share, cookies_of, demo, machine
from brobygger.site.commands.open_loop import Measured, Plan
from brobygger.site.commands.visitor import Visitor
from brobygger.site.commands.voice import Voice

SERVICES = 100_000
PAGES = ("/i-dag/", "/beboere/", "/tilbud/")
RATE, SECONDS = 2.0, 5.0  # calls a second to one page, and how long before it is the next one's turn
ROUNDS = 3  # over all pages, before anything is taken in
SOURCE = "lavet"
WITHDRAWN = re.compile(r"Trukket tilbage: [1-9]")
GOAL = 20_000  # services a minute
TABLE = WEB_TABLE.with_name("import.md")


@dataclass(slots=True)
class Taken:
    """One import, by command: how long it took, and what its process needed at most, in MB."""

    seconds: float
    peak: float
    report: dict[str, Any]
    meanwhile: list[float] = field(default_factory=list)
    wrong: int = 0


def run(home: Path, *, services: int = SERVICES) -> int:
    """Measure, print, and write it down. 1 if a row was lost or a page failed."""
    del home
    say, before = Voice(), os.getloadavg()[0]
    folder = Path(tempfile.mkdtemp(prefix="brobygger-bench-"))
    folder.chmod(0o711)
    try:
        say(f"Laver et katalog med {services} tilbud …")
        package = folder / SOURCE
        made = made_directory.make(package, services=services)
        peer = read_alone(package / "datapackage.json")
        if peer and peer["rows"] != made:
            raise Trouble("frictionless læser ikke de samme rækker, så der er intet at sammenligne.")
        with demo(folder / "home", say) as address:
            visitor = Visitor(address)
            visitor.enter_as(WHO)
            quiet = [one for _ in range(ROUNDS) for path in PAGES for one in asked(visitor, path).times]
            first = take_in(folder, package, visitor, say)
            again = take_in(folder, package, None, say)
            undone = take_back(folder / "home", say)
        lost = lost_rows(made, first.report)
        told = page(services, made, first, again, undone, peer, quiet, lost, before)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\n{told}")
    if TABLE.parents[2].joinpath("pyproject.toml").exists():
        TABLE.write_text(told)
        say(f"Skrevet i {TABLE.relative_to(TABLE.parents[2])}.")
    return 1 if lost or first.wrong else 0


def take_in(folder: Path, package: Path, visitor: Visitor | None, say: Voice) -> Taken:
    """Import by command, as a person at the machine does; `visitor` looks at pages meanwhile."""
    say("Henter kataloget ind …")
    report = folder / "report.json"
    words = ["offers", "--home", str(folder / "home"), "import", str(package), "--report", str(report)]
    began = time.perf_counter()
    running = _command(*words)
    ended: list[float] = []
    watch = threading.Thread(target=lambda: ended.append(running.wait() * 0 + time.perf_counter()))
    watch.start()
    taken = Taken(0, 0, {})
    for path in _turns():
        window = asked(visitor, path) if visitor else _waited()
        taken.peak = max(taken.peak, peak_of(running.pid))
        if ended:
            break  # what was asked in the last window was partly asked afterwards
        taken.meanwhile += window.times
        taken.wrong += window.wrong
    watch.join()
    taken.seconds = ended[0] - began
    if running.returncode:
        raise Trouble("Kataloget kunne ikke hentes ind, så der er intet at måle.")
    say(f"Hentet ind på {taken.seconds:.0f} s, højst {taken.peak:.0f} MB.")
    taken.report = json.loads(report.read_text(encoding="utf-8"))
    return taken


def take_back(home: Path, say: Voice) -> float:
    """Seconds of undoing the first import, after the one that changed nothing."""
    say("Fortryder …")
    listed = _words("offers", "--home", str(home), "runs")
    told = subprocess.run(listed, capture_output=True, text=True, check=True)  # noqa: S603
    keys = [line.split()[0] for line in told.stdout.splitlines() if f" {SOURCE}: " in line]
    began = time.perf_counter()
    words = _words("offers", "--home", str(home), "undo", keys[-1])
    done = subprocess.run(words, capture_output=True, text=True)  # noqa: S603
    if not WITHDRAWN.search(done.stdout):
        raise Trouble(f"Kataloget kunne ikke trækkes tilbage: {done.stderr.strip()[-300:]}")
    return time.perf_counter() - began


def read_alone(package: Path) -> dict[str, Any] | None:
    """What frictionless needs to read the same package and do nothing with it. None if it is not here."""
    if importlib.util.find_spec("frictionless") is None:
        return None
    words = [sys.executable, "-m", "brobygger.site.commands.reading_alone", str(package)]
    told = subprocess.run(words, capture_output=True, text=True)  # noqa: S603
    if told.returncode:
        raise Trouble(f"frictionless kunne ikke læse kataloget: {told.stderr.strip().splitlines()[-1]}")
    return json.loads(told.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def lost_rows(made: dict[str, int], report: dict[str, Any]) -> int:
    """Rows that were written and are neither saved nor reported."""
    lost = 0
    for name, count in made.items():
        one = report["tables"].get(made_directory.TABLES[name], {"saved": 0, "reported": 0})
        lost += abs(count - one["saved"] - one["reported"])
    return lost


def asked(visitor: Visitor, path: str) -> Measured:
    address = urlsplit(visitor.address)
    plan = Plan(address.hostname or "", address.port or 0, path, cookies_of(visitor), RATE, SECONDS)
    words = [sys.executable, "-m", "brobygger.site.commands.open_loop"]
    told = subprocess.run(  # noqa: S603
        words, input=json.dumps([asdict(plan)]), capture_output=True, text=True, check=True
    )
    (measured,) = (Measured(**one) for one in json.loads(told.stdout))
    return measured


def peak_of(pid: int) -> float:
    """The most that a process and those it started have had in memory, in MB."""
    found = 0.0
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        found = int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found = max(found, peak_of(int(child)))
    return found


def _turns() -> Iterator[str]:
    while True:
        yield from PAGES


def _waited() -> Measured:
    time.sleep(0.2)
    return Measured()


def _words(*words: str) -> Sequence[str]:
    return [sys.executable, "-m", "brobygger.site.commands", *words]


def _command(*words: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(_words(*words), stdout=subprocess.DEVNULL)  # noqa: S603


def page(
    services: int,
    made: dict[str, int],
    first: Taken,
    again: Taken,
    undone: float,
    peer: dict[str, Any] | None,
    quiet: list[float],
    lost: int,
    load: float,
) -> str:
    """The figures as a page of the documentation."""
    rows = sum(made.values())
    reported = sum(one["reported"] for one in first.report["tables"].values())
    before, meanwhile = at_share(quiet, 0.95), at_share(first.meanwhile, 0.95)
    lines = [
        _line("taken in", services, first.seconds, first.peak),
        _line("taken in again, nothing changed", services, again.seconds, again.peak),
        _line("taken back", services, undone, None),
        _line("frictionless, reading alone", services, peer["seconds"], peer["peak"])
        if peer
        else "| frictionless, reading alone | not run | | |",
    ]
    return "\n".join([
        HEAD.format(day=date.today(), services=services, rows=rows, machine=machine(load)),  # noqa: DTZ011
        "| what | seconds | services a minute | peak MB |",
        "|---|---:|---:|---:|",
        *lines,
        "",
        f"Rows written {rows}, saved {rows - reported - lost}, reported one by one {reported}, lost {lost}.",
        f"Goal: {GOAL} services a minute.",
        "",
        f"The web meanwhile ({', '.join(PAGES)} at {RATE:g} calls a second): p95 {before:.0f} ms before,"
        f" {meanwhile:.0f} ms while the directory was taken in ({meanwhile / max(before, 0.001):.1f} times);"
        f" {len(first.meanwhile)} calls, {first.wrong} failed.",
        "",
    ])  # fmt: skip


def _line(what: str, services: int, seconds: float, peak: float | None) -> str:
    rate, most = services / max(seconds, 0.001) * 60, "" if peak is None else f"{peak:.0f}"
    return f"| {what} | {seconds:.0f} | {rate:.0f} | {most} |"


HEAD = """# How quickly a large directory is taken in

Written by `brobygger bench import` on {day}: a generated HSDS 3.1 package of {services} services, {rows} rows
in all, one row in a hundred dirty, by the command, into a demo whose pages are asked meanwhile. The time is
that of the whole command: starting, reading, shaping, checking, saving with the traces by which it can be
undone, and the report. Row-level security, composite keys, history and the dating of rows are on, as always.

{machine}
"""
