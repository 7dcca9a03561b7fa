"""`brobygger bench fit`: the best twenty offers and ten near misses of 400 persons, ours and the peers'.

One thread, the same invented offers and persons for all, every answer compared with the scan of all columns
before anything is told. Processor time where the work is done in this process; of a server, wall time for the
shares and its own processor time for the mean.
"""

import importlib.util
import math
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from brobygger.engine.fit import columns as scan
from brobygger.engine.fit import plain
from brobygger.engine.fit.layout import Columns
from brobygger.engine.fit.question import Question
from brobygger.engine.fit.readmodel import ReadModel, Top
from brobygger.engine.fit.values import Person
from brobygger.foundation.postgres import Postgres
from brobygger.site.commands import fit_flat, fit_page, fit_peers, fit_world
from brobygger.site.commands.fit_page import Measured
from brobygger.site.commands.fit_peers import FITS, NEAR, Answer, Peer, Table
from brobygger.site.commands.voice import Voice

SIZES = (10_000, 100_000, 1_000_000)
PERSONS = 400
PEERS_PERSONS, WARM = 100, 5
COMPARED = 40  # at a million the scan takes too long to be asked for everybody
PLAIN_UP_TO, PLAIN_PERSONS = 10_000, 3
RECORD = 32  # bytes of one record that are read in order to judge it
STREAMED = 1 << 28


def run(home: Path, *, size: int | None = None, json: Path | None = None) -> int:
    """Measure, print the table and write it down. 1 if an answer was wrong."""
    del home
    say, before = Voice(), os.getloadavg()[0]
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    sizes = SIZES if size is None else (size,)
    folder = Path(tempfile.mkdtemp(prefix="brobygger-bench-"))
    folder.chmod(0o711)
    rows = []
    try:
        with Postgres(folder / "home") as server:
            for count in sizes:
                for measured in at_size(count, server.superuser_url()):
                    rows.append(measured)
                    say(fit_page.spoken(measured))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    fit_page.tell(rows, before, json, is_whole=size is None)
    return 1 if any(row.wrong for row in rows) else 0


def at_size(count: int, url: str) -> Iterator[Measured]:
    """Every engine in turn, ours first."""
    world, persons = fit_world.offers(count), fit_world.persons(PERSONS)
    compared = persons if count < SIZES[-1] else persons[:COMPARED]
    answers = [of_top(_scanned(person, world)) for person in compared]
    yield from _ours(world, persons, answers)
    yield _timed("NumPy, all columns", count, compared, answers, lambda one: of_top(_scanned(one, world)))
    if count <= PLAIN_UP_TO:
        yield _plain(world, persons[:PLAIN_PERSONS], answers)
    table = fit_flat.table(world)
    for peer in fit_peers.PEERS:
        yield _peer(peer, url, count, table, persons, answers)


def _ours(world: Columns, persons: Sequence[Person], answers: Sequence[Answer]) -> Iterator[Measured]:
    began, count = time.process_time(), len(world.ids)
    arrays = ReadModel.of(world, on=fit_world.TODAY, compile_from=1 << 62)
    load = time.process_time() - began
    if importlib.util.find_spec("numba") is None:
        yield Measured("ours, compiled", count, why_not="numba is not installed")
    else:
        loops = ReadModel.of(world, on=fit_world.TODAY, compile_from=0)
        measured = _timed("ours, compiled", count, persons, answers, lambda one: of_top(loops.top(one)))
        measured.load, measured.floor, measured.memory = load, _floor(loops, persons), loops.lists.nbytes
        yield measured
    some = persons if count < SIZES[-1] else persons[:COMPARED]
    measured = _timed("ours, NumPy", count, some, answers, lambda one: of_top(arrays.top(one)))
    measured.load, measured.memory = load, arrays.lists.nbytes
    yield measured


def _scanned(person: Person, world: Columns) -> Top:
    ranking = scan.rank(person, world, fits=FITS, near=NEAR)
    return Top(ranking.fits, ranking.near)


def _plain(world: Columns, persons: Sequence[Person], answers: Sequence[Answer]) -> Measured:
    facts = [world.offers[key] for key in world.ids]

    def ask(person: Person) -> Answer:
        ranking = plain.rank(person, facts, fits=FITS, near=NEAR)
        return of_top(Top(ranking.fits, ranking.near))

    return _timed("Python, offer by offer", len(facts), persons, answers, ask)


def of_top(top: Top) -> Answer:
    """As the peers tell it: is near, penalty, id, against, ask."""
    return [
        (kind, placed.penalty, int(placed.offer), int(placed.against), int(placed.ask))
        for kind, some in enumerate((top.fits, top.near))
        for placed in some
    ]


def _peer(
    kind: type[Peer],
    url: str,
    count: int,
    table: Table,
    persons: Sequence[Person],
    answers: Sequence[Answer],
) -> Measured:
    if kind.package and importlib.util.find_spec(kind.package) is None:
        return Measured(kind.name, count, why_not=f"{kind.package} is not installed")
    with closing(kind(url)) as peer:
        began = time.perf_counter()
        peer.load(table)
        load = time.perf_counter() - began
        some = persons[: PEERS_PERSONS if count < SIZES[-1] else peer.persons]
        is_server = isinstance(peer, fit_peers.Postgres)
        clock = time.perf_counter if is_server else time.process_time
        measured = _timed(peer.name, count, some, answers, peer.ask, clock, peer.cpu)
    measured.load = load
    return measured


def _timed(
    name: str,
    count: int,
    persons: Sequence[Person],
    answers: Sequence[Answer],
    ask: Callable[[Person], Answer],
    clock: Callable[[], float] = time.process_time,
    cpu: Callable[[], float] = time.process_time,
) -> Measured:
    """Ask for a few to warm up, then for each with the watch running, and compare."""
    for person in persons[:WARM]:
        ask(person)
    measured, given, began = Measured(name, count), [], cpu()
    for person in persons:
        at = clock()
        given.append(ask(person))
        measured.times.append(1e3 * (clock() - at))
    measured.mean = 1e3 * (cpu() - began) / len(persons)
    measured.wrong = sum(one != answer for one, answer in zip(given, answers, strict=False))
    return measured


def _floor(model: ReadModel, persons: Sequence[Person]) -> list[float]:
    """Milliseconds to read, at the machine's own pace, the records that had to be judged for each person."""
    from brobygger.engine.fit import compiled

    pace = streamed()
    asked = (Question.of(person, model.lists) for person in persons)
    return [
        1e3 * RECORD * compiled.searched(one, model.lists, fits=FITS, near=NEAR).judged / pace
        for one in asked
    ]


def streamed() -> float:
    """Bytes a second that one thread reads from memory, at best of five."""
    much = np.ones(STREAMED // 8, np.int64)
    best = math.inf
    for _ in range(5):
        began = time.perf_counter()
        much.max()
        best = min(best, time.perf_counter() - began)
    return STREAMED / best
