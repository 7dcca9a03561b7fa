"""What `bench fit` found, as lines on the screen, a page of the documentation and a file for machines."""

import json as written
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from brobygger.site.commands import bench_web

TABLE = bench_web.TABLE.with_name("fit.md")
OURS = "ours, compiled"
BEST, ORDINARY, DUCK = "PostgreSQL, need x square sorted", "PostgreSQL, GIN and GiST", "DuckDB"
LARGEST = 1_000_000
Goal = tuple[str, str, float, bool]

HEAD = """# How quickly offers are found for a person

Written by `brobygger bench fit` on {day}: the best 20 offers and 10 near misses for each of 400 invented
persons, by the rules and the order of `engine.fit`. One thread. The answers were compared: {compared}.
Milliseconds a person: processor time for what runs in this process, wall time for PostgreSQL, whose own
processor time is the mean. A slow peer is asked for fewer persons.

**What is compared with what**: ours is a read model in memory, made anew from the database when it changes.
DuckDB, Polars and SQLite hold their tables in memory too; PostgreSQL is a durable server that answers over a
socket. Every peer has the facts resolved for the day, in one flat table of whole numbers. "Need x square
sorted" is asked like ours, window by window from the home outward, until nothing farther away can come on the
list.

{machine}

The offers: 98 towns of very different size; one to three of 21 themes, some common, some rare; 9 of 100 are
nowhere, of which most come home to people of their own town; 6 of 100 are at two or three places. Not told:
hours 20, age 15, languages 30, price 20, areas 15, steps 25, places 30 of 100. The persons: 9 of 10 have told
where they live, and about two thirds each of the other facts.
"""


@dataclass(slots=True)
class Measured:
    """One engine at one size. `times` in milliseconds a person; `mean` of processor time."""

    engine: str
    size: int
    load: float = 0.0  # seconds to make it ready
    times: list[float] = field(default_factory=list)
    mean: float = 0.0
    wrong: int = 0
    why_not: str = ""  # run
    floor: list[float] = field(default_factory=list)
    memory: int = 0  # bytes

    def at(self, share: float) -> float:
        return float(np.quantile(self.times, share)) if self.times else math.nan

    def floor_at(self, share: float) -> float:
        return float(np.quantile(self.floor, share)) if self.floor else math.nan


def spoken(row: Measured) -> str:
    if row.why_not:
        return f"{row.size:>9,} {row.engine}: ikke kørt ({row.why_not})"
    wrong = f", {row.wrong} FORKERTE SVAR" if row.wrong else ""
    return f"{row.size:>9,} {row.engine}: {row.at(0.5):.3f} ms, {row.at(0.99):.3f} ms{wrong}"


def tell(rows: Sequence[Measured], load: float, json: Path | None, *, is_whole: bool) -> None:
    """Print the page; write it down if it is whole; write the file for machines if one was named."""
    page = told(rows, load)
    print(f"\n{page}")
    if is_whole and TABLE.parents[2].joinpath("pyproject.toml").exists():
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(page)
    if json is not None:
        json.write_text(written.dumps(for_machines(rows, load), indent=1))


def told(rows: Sequence[Measured], load: float) -> str:
    wrong = sum(row.wrong for row in rows)
    compared = f"{wrong} differed" if wrong else "all were equal, number by number"
    machine = bench_web.machine(load, "Everything measured shared it.")
    lines = [HEAD.format(day=date.today(), compared=compared, machine=machine)]  # noqa: DTZ011
    lines += ["| offers | engine | persons | p50 ms | p99 ms | mean CPU ms | times ours | ready in s |"]
    lines += ["|---:|---|---:|---:|---:|---:|---:|---:|", *(_line(row, rows) for row in rows), ""]
    lines += [f"- {growth}" for growth in _growth(rows)]
    lines += [
        f"- {name}: {goal}; {value:.3g}: {'met' if met else 'NOT met'}"
        for name, goal, value, met in goals(rows)
    ]
    return "\n".join([*lines, ""])


def _line(row: Measured, rows: Sequence[Measured]) -> str:
    if row.why_not:
        return f"| {row.size:,} | {row.engine} | not run: {row.why_not} | | | | | |"
    ratio = row.at(0.5) / _at(rows, OURS, row.size, 0.5)
    return (
        f"| {row.size:,} | {row.engine} | {len(row.times)} | {row.at(0.5):.3f} | {row.at(0.99):.3f} "
        f"| {row.mean:.3f} | {ratio:,.1f} | {row.load:.1f} |"
    )


def _at(rows: Sequence[Measured], engine: str, size: int, share: float) -> float:
    found = (row.at(share) for row in rows if (row.engine, row.size) == (engine, size))
    return next(found, math.nan)


def _growth(rows: Sequence[Measured]) -> Iterator[str]:
    """How cost grows with the directory: the exponent from the smallest to the largest size."""
    sizes = sorted({row.size for row in rows})
    for row in rows:
        if row.engine == OURS and row.size == sizes[-1] and row.times:
            floor = f"{row.floor_at(0.5):.3f} ms at p50, {row.floor_at(0.99):.3f} ms at p99"
            yield f"Memory floor of ours at {row.size:,} (what was judged, at this memory's pace): {floor}."
            yield f"Ours holds {row.memory / 1e6:,.0f} MB."
    if len(sizes) > 1:
        times = math.log(sizes[-1] / sizes[0])
        grows = {
            engine: math.log(_at(rows, engine, sizes[-1], 0.5) / _at(rows, engine, sizes[0], 0.5)) / times
            for engine in dict.fromkeys(row.engine for row in rows)
            if _at(rows, engine, sizes[-1], 0.5) > 0
        }
        yield "Growth of p50 with the number of offers, as an exponent: " + ", ".join(
            f"{engine} {power:.2f}" for engine, power in grows.items()
        )


def goals(rows: Sequence[Measured]) -> list[Goal]:
    """The goals of the design at a million offers: name, goal, value, whether it is met."""
    ours = next((row for row in rows if (row.engine, row.size) == (OURS, LARGEST)), None)
    if ours is None or not ours.times:
        return []
    faster = [
        (
            f"p50 against {name}",
            f"at least {least:,} times",
            _at(rows, name, LARGEST, 0.5) / ours.at(0.5),
            least,
        )
        for name, least in ((BEST, 200), (ORDINARY, 2_000), (DUCK, 600))
    ]
    above = ours.at(0.99) / ours.floor_at(0.99)
    return [
        *((name, goal, value, value >= least) for name, goal, value, least in faster),
        ("p99 of ours", "at most 0.25 ms", ours.at(0.99), ours.at(0.99) <= 0.25),
        ("p99 of ours against the memory floor", "at most 2 times", above, above <= 2),
    ]


def for_machines(rows: Sequence[Measured], load: float) -> dict[str, object]:
    metrics = [
        (row, {"p50_ms": row.at(0.5), "p99_ms": row.at(0.99), "mean_cpu_ms": row.mean, "ready_s": row.load})
        for row in rows
        if row.times
    ]
    return {
        "machine": bench_web.machine(load, "Everything measured shared it."),
        "rows": [
            {"benchmark": "fit", "size": row.size, "engine": row.engine, "metric": metric, "value": value}
            for row, some in metrics
            for metric, value in some.items()
        ],
        "goals": [
            {"name": name, "goal": goal, "value": value, "met": met} for name, goal, value, met in goals(rows)
        ],
    }
