"""Those whom `bench fit` measures us against. Each gets the flat table once, in the layout that suits it."""

import importlib
import os
import sqlite3
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

import numpy as np
import psycopg
from psycopg import sql

from brobygger.engine.fit.constraints import minutes_on_foot
from brobygger.engine.fit.layout import Numbers
from brobygger.engine.fit.lists import Map
from brobygger.engine.fit.values import Person
from brobygger.engine.fit.windows import NOTHING_BEYOND, Window
from brobygger.site.commands.fit_flat import ANY_NEED, COLUMNS, NEED_UNKNOWN, Dialect, question, wanted

FITS, NEAR = 20, 10
Table: TypeAlias = dict[str, Numbers]
Answer: TypeAlias = list[tuple[int, int, int, int, int]]  # is near, penalty, id, against, ask
TEN_MS = os.sysconf("SC_CLK_TCK")


class Peer(ABC):
    """`persons`: of how many it is asked at a million offers; it is slow, and we have not all day."""

    name: ClassVar[str]
    persons: ClassVar[int] = 40
    package: ClassVar[str] = ""  # that must be installed

    def __init__(self, url: str) -> None:  # noqa: B027
        """`url` is that of a PostgreSQL, for those who need one."""

    @abstractmethod
    def load(self, table: Table) -> None:
        """Take in the offers."""

    @abstractmethod
    def ask(self, person: Person) -> Answer:
        """The best fits and near misses, in order."""

    def cpu(self) -> float:
        """Seconds of processor time used so far, by whoever does the work."""
        return time.process_time()

    def close(self) -> None:  # noqa: B027 - most hold nothing
        """Let go of what it holds."""


def _in_order(rows: Iterable[tuple[Any, ...]]) -> Answer:
    return sorted((int(a), int(c), int(b), int(d), int(e)) for a, b, c, d, e in rows)


def _about(person: Person) -> str:
    themes = ",".join(map(str, wanted(person)))
    return f"t0 IN ({themes},{ANY_NEED},{NEED_UNKNOWN}) OR t1 IN ({themes}) OR t2 IN ({themes})"  # noqa: S608


class DuckDB(Peer):
    name, package = "DuckDB", "duckdb"
    dialect = Dialect(over="//", root="CAST(floor(sqrt(CAST({0} AS DOUBLE))) AS BIGINT)")

    def load(self, table: Table) -> None:
        self.connection = importlib.import_module("duckdb").connect()
        self.connection.execute("SET threads=1")
        self.connection.register("flat", table)
        self.connection.execute("CREATE TABLE offers AS SELECT * FROM flat")
        self.connection.unregister("flat")

    def ask(self, person: Person) -> Answer:
        source = f"SELECT * FROM offers WHERE {_about(person)}"  # noqa: S608
        asked = question(person, source, self.dialect, fits=FITS, near=NEAR)
        return _in_order(self.connection.execute(asked).fetchall())

    def close(self) -> None:
        self.connection.close()


class Polars(Peer):
    name, package = "Polars", "polars"
    dialect = Dialect(over="//", root="CAST(FLOOR(SQRT(CAST({0} AS DOUBLE))) AS BIGINT)", once="")

    def load(self, table: Table) -> None:
        polars = importlib.import_module("polars")
        self.context = polars.SQLContext(offers=polars.DataFrame(table))

    def ask(self, person: Person) -> Answer:
        source = f"SELECT * FROM offers WHERE {_about(person)}"  # noqa: S608
        asked = question(person, source, self.dialect, fits=FITS, near=NEAR)
        return _in_order(self.context.execute(asked, eager=True).rows())


class SQLite(Peer):
    name, persons = "SQLite, table of need x offer", 10
    dialect = Dialect(least="min", root="CAST(sqrt({0}) AS INTEGER)")

    def load(self, table: Table) -> None:
        self.connection = sqlite3.connect(":memory:")
        columns, marks = ", ".join(COLUMNS[1:]), ",".join("?" * len(COLUMNS))
        made = f"CREATE TABLE offers (id INTEGER PRIMARY KEY, {columns})"
        filled = f"INSERT INTO offers VALUES ({marks})"  # noqa: S608
        self.connection.execute(made)
        self.connection.executemany(filled, _rows(table, *COLUMNS))
        self.connection.execute("CREATE TABLE about (theme, id, PRIMARY KEY (theme, id)) WITHOUT ROWID")
        self.connection.executemany("INSERT INTO about VALUES (?, ?)", _entries(table))
        self.connection.execute("ANALYZE")

    def ask(self, person: Person) -> Answer:
        themes = ",".join(map(str, [*wanted(person), ANY_NEED, NEED_UNKNOWN]))
        source = f"SELECT * FROM offers WHERE id IN (SELECT id FROM about WHERE theme IN ({themes}))"  # noqa: S608
        asked = question(person, source, self.dialect, fits=FITS, near=NEAR)
        return _in_order(self.connection.execute(asked).fetchall())

    def close(self) -> None:
        self.connection.close()


class Postgres(Peer):
    """The server's own processor time counts, in steps of ten milliseconds."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True)
        for setting in ("max_parallel_workers_per_gather = 0", "jit = off", "maintenance_work_mem = '256MB'"):
            self._run(f"SET {setting}")

    def _run(self, words: str) -> list[tuple[Any, ...]]:
        done = self.connection.execute(sql.SQL(words))
        return done.fetchall() if done.description else []

    def _copy(self, into: str, rows: Iterable[Iterable[Any]]) -> None:
        with self.connection.cursor().copy(
            sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(into))
        ) as copy:
            for row in rows:
                copy.write_row(list(row))

    def cpu(self) -> float:
        told = Path(f"/proc/{self.connection.info.backend_pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(told[11]) + int(told[12])) / TEN_MS

    def close(self) -> None:
        with closing(self.connection):
            self._run("DROP TABLE IF EXISTS offers, need_offer")


class Ordinary(Postgres):
    name, persons = "PostgreSQL, GIN and GiST", 20

    def load(self, table: Table) -> None:
        columns = ", ".join(f"{name} bigint" for name in COLUMNS)
        self._run(f"CREATE UNLOGGED TABLE offers ({columns}, themes int[], place point)")
        themes = (
            f"{{{','.join(str(t) for t in some if t >= 0)}}}" for some in _rows(table, "t0", "t1", "t2")
        )
        places = (f"({east},{north})" for east, north in _rows(table, "e0", "n0"))
        rows = zip(_rows(table, *COLUMNS), themes, places, strict=True)
        self._copy("offers", ((*row, *more) for row, *more in rows))
        self._run("CREATE INDEX ON offers USING gin (themes)")
        self._run("CREATE INDEX ON offers USING gist (place)")
        self._run("VACUUM ANALYZE offers")

    def ask(self, person: Person) -> Answer:
        themes = ",".join(map(str, [*wanted(person), ANY_NEED, NEED_UNKNOWN]))
        source = f"SELECT * FROM offers WHERE themes && '{{{themes}}}'"  # noqa: S608
        return _in_order(self._run(question(person, source, Dialect(), fits=FITS, near=NEAR)))


class BestLayout(Postgres):
    """Need x offer, sorted on the disk by need and square, and asked window by window as far as is needed."""

    name = "PostgreSQL, need x square sorted"
    radii = (1, 4, 16)

    def load(self, table: Table) -> None:
        self.map = Map.of(table["e0"][table["placed"] == 1], table["n0"][table["placed"] == 1])
        theme, offer = (np.array(part) for part in zip(*_entries(table), strict=True))
        squares = [self._square(table, n)[offer] for n in range(3)]
        entries = np.unique(
            np.concatenate([np.stack([theme, square, offer]) for square in squares], axis=1), axis=1
        )
        columns = ", ".join(f"{name} bigint" for name in COLUMNS)
        self._run(f"CREATE UNLOGGED TABLE need_offer (need int, square int, {columns})")
        facts = np.stack([table[name] for name in COLUMNS], axis=1)
        self._copy("need_offer", ((*entry[:2], *facts[entry[2]].tolist()) for entry in entries.T.tolist()))
        self._run("CREATE INDEX ON need_offer (need, square)")
        self._run("VACUUM ANALYZE need_offer")

    def _square(self, table: Table, n: int) -> Numbers:
        nowhere = self.map.wide * self.map.high
        return np.where(table["placed"] == 1, self.map.square(table[f"e{n}"], table[f"n{n}"]), nowhere)

    def ask(self, person: Person) -> Answer:
        answer: Answer = []
        for within, beyond in self._windows(person):
            answer = self._within(person, within)
            last = [[row for row in answer if row[0] == kind] for kind in (0, 1)]
            full = len(last[0]) == FITS and len(last[1]) == NEAR
            if full and max(last[0][-1][1], last[1][-1][1]) < minutes_on_foot(beyond):
                return answer
        return answer

    def _windows(self, person: Person) -> Iterator[tuple[str, int]]:
        if person.home is not None:
            for radius in self.radii:
                window = Window.around(person.home, self.map, radius)
                squares = [square for run in window.runs(self.map, None) for square in range(*run)]
                listed = ",".join(map(str, [*squares, self.map.wide * self.map.high]))
                yield f" AND square = ANY('{{{listed}}}'::int[])", window.beyond(person.home, self.map)
        yield "", NOTHING_BEYOND

    def _within(self, person: Person, within: str) -> Answer:
        themes = ",".join(map(str, [*wanted(person), ANY_NEED, NEED_UNKNOWN]))
        source = (
            "SELECT DISTINCT ON (id) * FROM need_offer "  # noqa: S608
            f"WHERE need = ANY('{{{themes}}}'::int[]){within}"
        )
        return _in_order(self._run(question(person, source, Dialect(), fits=FITS, near=NEAR)))


PEERS: tuple[type[Peer], ...] = (BestLayout, Ordinary, DuckDB, Polars, SQLite)


def _rows(table: Table, *names: str) -> Iterator[tuple[int, ...]]:
    return zip(*(table[name].tolist() for name in names), strict=True)


def _entries(table: Table) -> list[tuple[int, int]]:
    """(theme, id) of every theme of every offer, in order."""
    pairs = (zip(table[name].tolist(), table["id"].tolist(), strict=True) for name in ("t0", "t1", "t2"))
    return sorted((theme, offer) for some in pairs for theme, offer in some if theme >= 0)
