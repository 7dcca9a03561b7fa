"""The answer, the same from both twins."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from brobygger.engine.fit.constraints import Constraint
from brobygger.engine.fit.values import OfferId


class Placed(NamedTuple):
    """One offer in the list: what stands against it, what to ask, and the number that gives its place.

    A tuple, for they are made thirty at a time for every person who asks.
    """

    offer: OfferId
    against: Constraint
    ask: Constraint
    penalty: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best fits and near misses, each in order, and how many there were in all.

    `others` are about the need, but two or more things stand in the way; fewest things first.
    `in_the_way` counts, among all offers about the need, those that each constraint stands in the way of.
    """

    fits: tuple[Placed, ...]
    near: tuple[Placed, ...]
    others: tuple[Placed, ...]
    fits_in_all: int
    near_in_all: int
    others_in_all: int
    in_the_way: Mapping[Constraint, int]
