"""A set of codes told as one number: of areas or of languages there are few sets, and many have the same."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from brobygger.engine.fit.layout import Codes, Flags, Narrow, Numbers


@dataclass(frozen=True, slots=True)
class CodeSets:
    """The sets are numbered from 1; 0 is no set. `sets_with` tells in which of them a code is."""

    sets: int
    sets_with: Mapping[str, Numbers]

    def suit(self, codes: frozenset[str] | None) -> Narrow:
        """For each set 1 if it holds one of the codes. All do where nothing is said."""
        if codes is None:
            return np.ones(self.sets + 1, np.int32)
        suits = np.zeros(self.sets + 1, np.int32)
        for code in codes & self.sets_with.keys():
            suits[self.sets_with[code]] = 1
        return suits


def told(codes: Codes, *, most: int) -> tuple[CodeSets, Numbers, Flags]:
    """The sets there are, which one each row has (0: none), and the rows whose set has no number."""
    owners, starts = np.unique(codes.owner, return_index=True)
    sets = [tuple(sorted(some.tolist())) for some in np.split(codes.rows, starts[1:])] if len(owners) else []
    common = [some for some, _ in Counter(sets).most_common(most)]
    number_of = {some: number for number, some in enumerate(common, 1)}
    numbers, no_number = np.zeros(len(codes.known), np.int64), np.zeros(len(codes.known), bool)
    numbers[owners] = [number_of.get(some, 0) for some in sets]
    no_number[owners] = numbers[owners] == 0
    sets_with = defaultdict[int, list[int]](list)
    for number, some in enumerate(common, 1):
        for code in some:
            sets_with[code].append(number)
    told_of = {
        code: np.array(sets_with[number]) for code, number in codes.number_of.items() if number in sets_with
    }
    return CodeSets(len(common), told_of), numbers, no_number
