"""Where offers are for, as one number each: which set of areas. Most directories have few such sets."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from brobygger.engine.fit.layout import Codes, Flags, Narrow, Numbers

MOST_SETS = 4_095


@dataclass(frozen=True, slots=True)
class Areas:
    """The sets are numbered from 1; 0 is no set. `sets_with` tells in which of them an area is."""

    sets: int
    sets_with: Mapping[str, Numbers]

    def suit(self, areas: frozenset[str] | None) -> Narrow:
        """For each set 1 if it holds one of the areas. All do for a person who has said nothing of them."""
        if areas is None:
            return np.ones(self.sets + 1, np.int32)
        suits = np.zeros(self.sets + 1, np.int32)
        for area in areas & self.sets_with.keys():
            suits[self.sets_with[area]] = 1
        return suits


def told(codes: Codes) -> tuple[Areas, Numbers, Flags]:
    """The sets that there are, which one each offer has, and the offers whose set has no number."""
    owners, starts = np.unique(codes.owner, return_index=True)
    sets = [tuple(sorted(some.tolist())) for some in np.split(codes.rows, starts[1:])] if len(owners) else []
    common = [some for some, _ in Counter(sets).most_common(MOST_SETS)]
    number_of = {some: number for number, some in enumerate(common, 1)}
    numbers, no_number = np.zeros(len(codes.known), np.int64), np.zeros(len(codes.known), bool)
    numbers[owners] = [number_of.get(some, 0) for some in sets]
    no_number[owners] = numbers[owners] == 0
    sets_with = defaultdict[int, list[int]](list)
    for number, some in enumerate(common, 1):
        for area in some:
            sets_with[area].append(number)
    told_of = {code: np.array(sets_with[area]) for code, area in codes.number_of.items() if area in sets_with}
    return Areas(len(common), told_of), numbers, no_number
