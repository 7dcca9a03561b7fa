"""Tables to attack: invented ones, and some made to be hard."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from brobygger.engine.disclosure.values import Dimension, Table

EDGES = st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 6])
COUNTS = EDGES | st.integers(0, 40)


def table(counts: Any, *names: str, private: Sequence[str] = ()) -> Table:
    """A table with dimensions named a, b, c … or as told, and categories a0, a1 …"""
    array = np.array(counts, np.int64)
    called = names or "abcdef"[: array.ndim]
    dimensions = tuple(
        Dimension(name, tuple(f"{name}{n}" for n in range(size)))
        for name, size in zip(called, array.shape, strict=True)
    )
    return Table(dimensions, array, frozenset(private))


@st.composite
def tables(draw: st.DrawFn, *, dimensions: int = 2, most: int = 5) -> Table:
    """Small counts and zeros are frequent: there the withholding is hard."""
    shape = [draw(st.integers(1, most)) for _ in range(dimensions)]
    counts = draw(st.lists(COUNTS, min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    return table(np.reshape(counts, shape))


@st.composite
def linked(draw: st.DrawFn) -> list[Table]:
    """Two or three tables of the same persons: each by something of its own, all by the same outcome."""
    sizes = draw(st.lists(st.integers(2, 4), min_size=2, max_size=3))
    outcomes = draw(st.integers(1, 3))
    persons = draw(
        st.lists(
            st.tuples(st.integers(0, outcomes - 1), *(st.integers(0, size - 1) for size in sizes)),
            min_size=1,
            max_size=40,
        )
    )
    return [_counted(persons, number, size, outcomes) for number, size in enumerate(sizes)]


def _counted(persons: list[tuple[int, ...]], number: int, size: int, outcomes: int) -> Table:
    counts = np.zeros((size, outcomes), np.int64)
    for person in persons:
        counts[person[number + 1], person[0]] += 1
    return table(counts, "pqr"[number], "outcome")


# Each is a way in which cells have been worked out from tables that looked safe.
HARD = {
    "one row that is not empty": [[0, 0, 0], [3, 9, 0], [0, 0, 0]],
    "a cell beside its total": [[3, 0], [0, 40]],
    "margins of nothing": [[0, 0], [0, 4]],
    "two by two, all small": [[1, 2], [3, 4]],
    "two by two, one small": [[1, 20], [30, 40]],
    "one column": [[1], [2], [30]],
    "one person": [[1]],
    "one person in a crowd": [[1, 0], [0, 90]],
    "small cells that only add up to four": [[1, 1, 1, 1, 60]],
    "a diagonal": [[4, 0, 0], [0, 4, 0], [0, 0, 4]],
    "everybody in one category": [[7, 0], [9, 0], [2, 0]],
    "singletons side by side": [[1, 1, 30], [50, 60, 70]],
    "nobody at all": [[0, 0], [0, 0]],
    "three ways": [[[3, 0], [0, 9]], [[20, 1], [6, 0]]],
}
