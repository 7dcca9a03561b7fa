"""What if one thing were a little different? "Hvis prisen må være 50 kr., passer tre mere."

The counts are exact because they are made by asking again.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from brobygger.engine.fit.changes import SmallestChange, smallest_change
from brobygger.engine.fit.readmodel import ReadModel
from brobygger.engine.fit.values import Person
from brobygger.engine.quantities import Money

A_FEW = 3
LOOKED_AT = 200  # near misses, best first: enough to find a change worth telling


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One change on the resident's side and how many more offers would fit."""

    change: SmallestChange
    more: int


def what_if(person: Person, directory: ReadModel) -> tuple[WhatIf, ...]:
    """For each fact that keeps near misses away, the one change most worth telling; most offers first.

    Of limits (minutes, price, waiting) it is the smallest step that opens a few; of times and languages
    the one that is missing most often.
    """
    now = directory.rank(person, fits=0, near=LOOKED_AT)
    changes = [smallest_change(person, directory.offers[each.offer], each.against) for each in now.near]
    by_fact: dict[str, list[SmallestChange]] = {}
    for change in changes:
        if change.fact is not None:
            by_fact.setdefault(change.fact, []).append(change)
    answers = [
        _ask_again(person, directory, _worth_telling(some), now.fits_in_all) for some in by_fact.values()
    ]
    return tuple(sorted(answers, key=lambda answer: -answer.more))


def _ask_again(person: Person, directory: ReadModel, change: SmallestChange, before: int) -> WhatIf:
    after = directory.rank(change.applied_to(person), fits=0, near=0).fits_in_all
    return WhatIf(change, more=after - before)


def _worth_telling(changes: Sequence[SmallestChange]) -> SmallestChange:
    """One of several changes of the same fact."""
    smallest_first = sorted(changes, key=_size)
    if _size(smallest_first[-1]):
        return smallest_first[:A_FEW][-1]
    often = Counter(change.value for change in changes)
    return max(changes, key=lambda change: often[change.value])


def _size(change: SmallestChange) -> int:
    """How far a limit would have to move; 0 where the fact is a set and there is no farther."""
    if isinstance(change.value, Money):
        return change.value.ore
    if isinstance(change.value, date):
        return change.value.toordinal()
    return change.value if isinstance(change.value, int) else 0
