"""`brobygger bench web`: how quickly the ten main pages come, at one, ten and fifty calls a second.

On a demo of its own, with its whole sample estate; as Maja, who meets most residents. Queries and bytes are
counted apart, by the pages' own code without a network.
"""

import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from brobygger.foundation import dburl
from brobygger.foundation.postgres import Postgres
from brobygger.foundation.trouble import Trouble
from brobygger.site.commands.home import environment
from brobygger.site.commands.open_loop import Measured, Plan
from brobygger.site.commands.visitor import Visitor
from brobygger.site.commands.voice import Voice

RATES = (1, 10, 50)
SECONDS = float(os.environ.get("BROBYGGER_BENCH_SECONDS", "10"))
WHO = "Maja"
KEY = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
LATE, BUSY = 20.0, 0.8  # milliseconds, and share of a processor, from which the generator was the limit
TABLE = Path(__file__).resolve().parents[4] / "docs" / "benchmarks" / "web.md"


@dataclass(frozen=True, slots=True)
class Row:
    """One page at one rate."""

    name: str
    rate: float
    measured: Measured

    @property
    def generator_was_the_limit(self) -> bool:
        return at_share(self.measured.late, 0.99) > LATE or self.measured.busy > BUSY


def run(home: Path) -> int:
    """Measure in a home of its own, print the table, and write it down. 1 if calls failed."""
    del home
    say = Voice()
    before = os.getloadavg()[0]
    folder = Path(tempfile.mkdtemp(prefix="brobygger-bench-"))
    folder.chmod(0o711)
    try:
        with demo(folder / "home", say) as address:
            visitor = Visitor(address)
            visitor.enter_as(WHO)
            paths = found_paths(visitor)
            counted = _counted(folder / "home", list(paths.values()))
            rows = [row for rate in RATES for row in _measured(visitor, paths, rate, say)]
            told = page(paths, counted, rows, before)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\n{told}")
    if TABLE.parents[2].joinpath("pyproject.toml").exists():
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(told)
        say(f"Skrevet i {TABLE.relative_to(TABLE.parents[2])}.")
    return 1 if any(row.measured.wrong for row in rows) else 0


@contextmanager
def demo(home: Path, say: Voice) -> Iterator[str]:
    """A demo in a process of its own, with a database of its own; gives its address."""
    say("Starter en øveudgave at måle på …")
    words = [sys.executable, "-m", "brobygger.site.commands", "demo", "--port", "0", "--home", str(home)]
    alone = {name: value for name, value in os.environ.items() if name not in {dburl.APP, dburl.OWNER}}
    running = subprocess.Popen(  # noqa: S603
        words, env=alone, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        told = running.stdout or ()
        ready = next((line.split()[1] for line in told if line.startswith("READY ")), None)
        if ready is None:
            raise Trouble("Øveudgaven kom ikke i gang, så der er intet at måle på.")
        yield ready
    finally:
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)


def found_paths(visitor: Visitor) -> dict[str, str]:
    """The ten pages' paths by name, found as a person finds them: by links."""
    paths = {"I dag": "/i-dag/", "Beboere": "/beboere/", "Broer": "/broer/", "Tilbud": "/tilbud/"}
    person, need = _with_a_need(visitor)
    return paths | {
        "Partnere": "/partnere/",
        "En beboer": person,
        "Nyt behov": f"{person}behov/nyt/",
        "Forslag": need,
        "En bro": _led_to(visitor, "/broer/"),
        "Et tilbud": _led_to(visitor, "/tilbud/"),
    }


def _with_a_need(visitor: Visitor) -> tuple[str, str]:
    """The first resident for whose need suggestions can be asked, and where."""
    for person in re.findall(rf'href="(/beboere/{KEY}/)"', visitor.get("/beboere/")):
        if found := re.search(rf'href="(/forslag/{KEY}/)', visitor.get(person)):
            return person, found[1]
    raise Trouble("Ingen beboer har et behov, der kan søges til.")


def _led_to(visitor: Visitor, page_of_all: str) -> str:
    if found := re.search(rf'href="({page_of_all}{KEY}/)', visitor.get(page_of_all)):
        return found[1]
    raise Trouble(f"{page_of_all} fører ingen steder hen.")


def _counted(home: Path, paths: Sequence[str]) -> dict[str, tuple[int, int]]:
    """path -> queries (with sign-in and scope) and bytes, asked of the pages' own code beside the demo."""
    with Postgres(home) as guest:
        words = [sys.executable, "-m", "brobygger.site.commands.inside", "pages", WHO, *paths]
        env = {**environment(home, guest.urls()), "BROBYGGER_CALLS_A_MINUTE": "0"}
        told = subprocess.run(words, env=env, capture_output=True, text=True)  # noqa: S603
    if told.returncode:
        raise Trouble(f"Siderne kunne ikke tælles: {told.stderr.strip().splitlines()[-1]}")
    return {path: (queries, size) for path, queries, size in json.loads(told.stdout)}


def _measured(visitor: Visitor, paths: dict[str, str], rate: float, say: Voice) -> Iterator[Row]:
    """Every page alone at one rate. The first calls have warmed what there is to warm."""
    address, cookie = urlsplit(visitor.address), cookies_of(visitor)
    plans = [
        Plan(address.hostname or "", address.port or 0, path, cookie, rate, SECONDS)
        for path in paths.values()
    ]
    for name, plan in zip(paths, plans, strict=True):
        words = [sys.executable, "-m", "brobygger.site.commands.open_loop"]
        told = subprocess.run(  # noqa: S603
            words, input=json.dumps([asdict(plan)]), capture_output=True, text=True, check=True
        )
        (measured,) = (Measured(**one) for one in json.loads(told.stdout))
        say(f"{name}, {rate:g}/s: {at_share(measured.times, 0.5):.0f} ms")
        yield Row(name, rate, measured)


def cookies_of(visitor: Visitor) -> str:
    """What the visitor's browser would send, as one header."""
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)


def at_share(values: Sequence[float], share: float) -> float:
    """The value below which this share lies (nearest rank); 0 of nothing.

    >>> at_share([5, 1, 4, 2, 3], 0.5), at_share([1, 2], 0.99), at_share([], 0.5)
    (3, 2, 0.0)
    """
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def page(paths: dict[str, str], counted: dict[str, tuple[int, int]], rows: Sequence[Row], load: float) -> str:
    """The table as a page of the documentation."""
    lines = [HEAD.format(who=WHO, seconds=SECONDS, day=date.today(), machine=machine(load))]  # noqa: DTZ011
    lines += ["| page | queries | kB | calls/s | p50 ms | p95 ms | p99 ms | failed |", "|---|" + "---:|" * 7]
    for name, path in paths.items():
        queries, size = counted[path]
        lines += [_line(row, queries, size) for row in rows if row.name == name]
    limited = [f"{row.name} at {row.rate:g}/s" for row in rows if row.generator_was_the_limit]
    told = f"The generator itself was the limit for: {', '.join(limited)}." if limited else NOT_LIMITED
    return "\n".join([*lines, "", told, ""])


def _line(row: Row, queries: int, size: int) -> str:
    times = [f"{at_share(row.measured.times, share):.0f}" for share in (0.5, 0.95, 0.99)]
    mark = " *" if row.generator_was_the_limit else ""
    head = f"| {row.name}{mark} | {queries} | {size / 1000:.0f} | {row.rate:g}"
    return " | ".join([head, *times, f"{row.measured.wrong} |"])


HEAD = """# How quickly the pages come

Written by `brobygger bench web` on {day}. One demo with its whole sample estate, one web process, asked as
{who}, each page alone for {seconds:g} seconds at each rate. Calls begin when the plan says so, however slow
the answers are, and are timed from then. Of few calls p95 and p99 are simply the slowest. Queries are with
sign-in and scope. At a star the generator itself came late or was busy, so that the figure is too high.

{machine}
"""
NOT_LIMITED = "The generator was never the limit."


def machine(load: float, shared: str = "Demo, generator and database shared it.") -> str:
    """What it was measured on, and whether the machine had other things to do."""
    others = "The machine was otherwise idle" if load < 0.5 else "Others worked on the machine meanwhile"
    return (
        f"Machine: {_processor()}, {os.cpu_count()} cores, {_memory():.0f} GB; {platform.system()} "
        f"{platform.release()}; Python {platform.python_version()}. {shared} "
        f"{others} (load {load:.1f} before the start)."
    )


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.+)", told.read_text()) if told.exists() else None
    return found[1].strip() if found else platform.processor() or platform.machine()


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
