"""Somebody who reads everything that left and reckons with it: a linear program per withheld cell (HiGHS).

It knows the shown cells, that counts are not negative, that margins are sums, and that a dimension of the
same name in two tables is the same. It knows nothing of how the tables were protected.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import highspy
import numpy as np

from brobygger.engine.disclosure.values import NOT_SHOWN, Place, Protected

ENDLESS = float("inf")


@dataclass(frozen=True)
class Interval:
    """What the attacker knows of a cell in the end."""

    table: int
    at: Place
    low: float
    high: float


def intervals(tables: Sequence[Protected], *, whole: bool = False) -> list[Interval]:
    """The smallest and the largest count that each withheld cell can have. `whole`: only whole numbers."""
    program, column_of = _program(tables, whole)
    return [
        Interval(number, at, *(_bound(program, column_of[number, at], most=most) for most in (False, True)))
        for number, table in enumerate(tables)
        for at in _places(table)
        if table.shown[at] == NOT_SHOWN
    ]


def _program(tables: Sequence[Protected], whole: bool) -> tuple[highspy.Highs, dict[tuple[int, Place], int]]:
    program = highspy.Highs()
    program.setOptionValue("output_flag", False)
    program.setOptionValue("threads", 1)
    column_of: dict[tuple[int, Place], int] = {}
    for number, table in enumerate(tables):
        for at in _places(table):
            shown = int(table.shown[at])
            column_of[number, at] = len(column_of)
            program.addVar(*((0.0, ENDLESS) if shown == NOT_SHOWN else (shown, shown)))
    if whole:
        kind = highspy.HighsVarType.kInteger
        program.changeColsIntegrality(
            len(column_of), np.arange(len(column_of), dtype=np.int32), [kind] * len(column_of)
        )
    for parts, total in [*_sums(tables), *_shared(tables)]:
        columns = [column_of[each] for each in (*parts, total)]
        program.addRow(0.0, 0.0, len(columns), columns, [1.0] * len(parts) + [-1.0])
    return program, column_of


def _places(table: Protected) -> Iterator[Place]:
    return product(*(range(size) for size in table.shown.shape))


Sum = tuple[list[tuple[int, Place]], tuple[int, Place]]


def _sums(tables: Sequence[Protected]) -> Iterator[Sum]:
    for number, table in enumerate(tables):
        for axis, size in enumerate(table.shown.shape):
            for at in _places(table):
                if at[axis] == size - 1:
                    parts = [(number, (*at[:axis], n, *at[axis + 1 :])) for n in range(size - 1)]
                    yield parts, (number, at)


def _shared(tables: Sequence[Protected]) -> Iterator[Sum]:
    first: dict[frozenset[tuple[str, str]], tuple[int, Place]] = {}
    for number, table in enumerate(tables):
        for at in _places(table):
            named = frozenset(
                (dimension.name, dimension.categories[place])
                for dimension, place in zip(table.dimensions, at, strict=True)
                if place < len(dimension.categories)
            )
            if named in first:
                yield [(number, at)], first[named]
            first.setdefault(named, (number, at))


def _bound(program: highspy.Highs, column: int, *, most: bool) -> float:
    program.changeObjectiveSense(highspy.ObjSense.kMaximize if most else highspy.ObjSense.kMinimize)
    program.changeColCost(column, 1.0)
    program.run()
    status = program.getModelStatus()
    value = program.getInfo().objective_function_value
    program.changeColCost(column, 0.0)
    if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return ENDLESS
    if status != highspy.HighsModelStatus.kOptimal:
        raise AssertionError(f"the attacker found no table at all: {status}")
    return float(value)
