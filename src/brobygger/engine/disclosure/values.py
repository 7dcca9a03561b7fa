"""Tables of counts before and after. What is withheld is no longer in the table that leaves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Counts: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
Place: TypeAlias = tuple[int, ...]

TOTAL = -1  # the last place on every axis of a table with margins
NOT_SHOWN = -1


@dataclass(frozen=True, slots=True)
class Dimension:
    """What persons are told apart by. Each person counted has exactly one of the categories."""

    name: str
    categories: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.categories or len(set(self.categories)) < len(self.categories):
            raise ValueError(f"{self.name}: categories are there, and each once")


@dataclass(frozen=True, slots=True)
class Rule:
    """`least`: the smallest count of persons that may be seen. `profile`: the smallest area described."""

    least: int = 5
    profile: int = 100

    def is_sensitive(self, count: int) -> bool:
        """
        >>> [Rule().is_sensitive(count) for count in (0, 1, 4, 5)]
        [False, True, True, False]
        """
        return 0 < count < self.least


HOUSE_RULE = Rule()


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Counts of persons, one axis per dimension, without margins.

    `private`: dimensions in which a whole group in one category would tell something about each of them.
    `wanted`: categories that the table is about, and that are withheld to hide others only at last.
    """

    dimensions: tuple[Dimension, ...]
    counts: Counts
    private: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.counts.shape != tuple(len(dimension.categories) for dimension in self.dimensions):
            raise ValueError("one axis per dimension, one place per category")
        if not self.dimensions or (self.counts < 0).any():
            raise ValueError("counts of persons, by something")

    @classmethod
    def of(
        cls,
        dimensions: Sequence[Dimension],
        persons: Iterable[Sequence[str]],
        *,
        private: frozenset[str] = frozenset(),
        wanted: frozenset[str] = frozenset(),
    ) -> "Table":
        """Count persons, each given by its categories in the order of the dimensions."""
        places = [{name: n for n, name in enumerate(each.categories)} for each in dimensions]
        counts = np.zeros([len(each.categories) for each in dimensions], np.int64)
        for person in persons:
            counts[tuple(place[name] for place, name in zip(places, person, strict=True))] += 1
        return cls(tuple(dimensions), counts, private, wanted)

    @property
    def with_margins(self) -> Counts:
        """Every sum over every set of dimensions stands at the last place of its axes."""
        return with_margins(self.counts)

    @property
    def is_wanted(self) -> Flags:
        """Which cells, margins included, are of a wanted category."""
        wanted = np.zeros([size + 1 for size in self.counts.shape], bool)
        for axis, dimension in enumerate(self.dimensions):
            for place, category in enumerate(dimension.categories):
                if category in self.wanted:
                    wanted.swapaxes(0, axis)[place] = True
        return wanted


@dataclass(frozen=True, slots=True, eq=False)
class Protected:
    """A table that may leave. Withheld counts are not in it; `shown` has margins at the last places."""

    dimensions: tuple[Dimension, ...]
    shown: Counts

    @property
    def withheld(self) -> Flags:
        flags: Flags = self.shown == NOT_SHOWN
        return flags

    def cell(self, categories: Mapping[str, str]) -> int | None:
        """The count where the named dimensions have these categories, of all others. None: withheld."""
        place = tuple(
            each.categories.index(categories[each.name]) if each.name in categories else TOTAL
            for each in self.dimensions
        )
        count = int(self.shown[place])
        return None if count == NOT_SHOWN else count


def with_margins(counts: Counts) -> Counts:
    """
    >>> with_margins(np.array([[1, 2], [3, 4]])).tolist()
    [[1, 2, 3], [3, 4, 7], [4, 6, 10]]
    """
    for axis in range(counts.ndim):
        counts = np.concatenate([counts, counts.sum(axis=axis, keepdims=True)], axis=axis)
    return counts


def places(flags: Flags) -> list[Place]:
    """Where it is true, in order."""
    return [tuple(int(each) for each in place) for place in np.argwhere(flags)]


def margins_of(shape: Sequence[int]) -> Counts:
    """How many totals each cell of a table with margins is a sum over: 0 in the middle."""
    depth = np.zeros(shape, np.int64)
    for axis, size in enumerate(shape):
        at_the_end = np.arange(size) == size - 1
        depth += at_the_end.reshape([-1 if other == axis else 1 for other in range(len(shape))])
    return depth


def corners(dimensions: int) -> list[tuple[bool, ...]]:
    """Each way to stay or to move in every dimension."""
    return list(product((False, True), repeat=dimensions))
