"""Tables of the same persons that leave together: what they share, laid out so that it can be kept equal.

They may share some dimensions (the *core*, which every one of them has); each of the others belongs to one
table alone. A sum over all its own dimensions stands in every table: those cells are *shared*.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from brobygger.engine.disclosure.values import Counts, Flags, Place, Table

Kind = TypeVar("Kind", bound=np.generic)
World: TypeAlias = tuple[Counts, ...]  # one table for each that leaves


class TooEntangled(Exception):
    """Two tables share a dimension that a third does not have: ask for fewer tables at a time."""


@dataclass(frozen=True, slots=True)
class Target:
    """A cell to keep hidden: in some world it is at most `low`, in some world at least `high`."""

    table: int
    at: Place
    low: int
    high: int

    def missing(self, world: Sequence[Counts], *, rises: bool) -> int:
        """How far a world still is from what is wanted of it."""
        count = int(world[self.table][self.at])
        return self.high - count if rises else count - self.low


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """The tables with margins, core dimensions first. `orders` tell how each was turned to get there."""

    core: int
    orders: tuple[tuple[int, ...], ...]
    counts: tuple[Counts, ...]
    wanted: tuple[Flags, ...]

    @classmethod
    def of(cls, tables: Sequence[Table]) -> "Linked":
        names = [[dimension.name for dimension in table.dimensions] for table in tables]
        core = [name for name in names[0] if all(name in others for others in names)]
        own = [name for some in names for name in some if name not in core]
        if len(set(own)) < len(own):
            raise TooEntangled
        orders = tuple(
            tuple(some.index(name) for name in [*core, *(n for n in some if n not in core)]) for some in names
        )
        counts = tuple(
            table.with_margins.transpose(order) for table, order in zip(tables, orders, strict=True)
        )
        wanted = tuple(table.is_wanted.transpose(order) for table, order in zip(tables, orders, strict=True))
        linked = cls(len(core), orders, counts, wanted)
        if not linked.agree(counts):
            raise ValueError("tables that leave together count the same persons")
        return linked

    def sums(self, dimensions: int) -> tuple[Any, ...]:
        """The index of what stands in every table, in one with so many dimensions."""
        return (..., *[-1] * (dimensions - self.core))

    def shared(self, values: NDArray[Kind]) -> NDArray[Kind]:
        part: NDArray[Kind] = values[self.sums(values.ndim)]
        return part

    def agree(self, counts: Sequence[Counts]) -> bool:
        first = self.shared(counts[0])
        return all(np.array_equal(first, self.shared(each)) for each in counts[1:])

    def in_every_table(self, flags: Sequence[Flags]) -> None:
        """What is withheld in one table is withheld wherever it stands."""
        anywhere = np.logical_or.reduce([self.shared(each) for each in flags])
        for each in flags:
            each[self.sums(each.ndim)] = anywhere

    def is_shared(self, at: Place, shape: tuple[int, ...]) -> bool:
        return all(place == size - 1 for place, size in list(zip(at, shape, strict=True))[self.core :])

    def elsewhere(self, at: Place, table: int) -> Place:
        """The same core place in another table, as a sum over all of its own dimensions."""
        return (*at[: self.core], *(size - 1 for size in self.counts[table].shape[self.core :]))

    def turned_back(self, counts: Counts, table: int) -> Counts:
        return counts.transpose(np.argsort(self.orders[table]))
