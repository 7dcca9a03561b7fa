"""How many offers each choice of a filter would leave, given all the other filters. Pure but for the words.

Only offers of which everything asked for is known are counted: the same number that heads the list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

import numpy as np

from brobygger.engine.fit.columns import Masks
from brobygger.engine.fit.constraints import Constraint
from brobygger.engine.fit.layout import Codes, Columns, Flags
from brobygger.engine.fit.values import WeekTimes
from brobygger.engine.quantities import Money
from brobygger.offers import rules
from brobygger.offers.finding import Found, Wanted, somebody
from brobygger.offers.terms import PartOfDay

Counts: TypeAlias = Mapping[str, int]  # by the value of the choice


@dataclass(frozen=True, slots=True)
class Facets:
    """By the name of the form's field: how many offers each of its choices leaves."""

    emne: Counts
    dag: Counts
    tid: Counts
    sprog: Counts
    gratis: int
    trappefri: int


def counts(wanted: Wanted, found: Found, *, on: date) -> Facets:
    """Counts for the choices of every filter."""
    packed = found.packed
    masks = Masks.of(somebody(wanted, on), packed)
    in_words = np.zeros(len(packed.ids), bool)
    in_words[found.worded] = True

    def others(but: Constraint) -> Flags:
        judged = wanted.judged_by & ~but
        is_sure: Flags = in_words & ((masks.against | masks.ask) & judged == 0)
        return is_sure

    by_time = others(Constraint.TIMES)
    return Facets(
        emne=_by_code(packed.themes, others(Constraint.NEED), is_open=False),
        dag={str(day): _at(packed, by_time, day, wanted.part) for day in range(7)},
        tid={part.value: _at(packed, by_time, wanted.weekday, part) for part in PartOfDay},
        sprog=_by_code(packed.languages, others(Constraint.LANGUAGE), is_open=True),
        gratis=int(np.count_nonzero(others(Constraint.PRICE) & (packed.price == Money(0).ore))),
        trappefri=int(np.count_nonzero(others(Constraint.STEP_FREE) & (packed.step_free > 0))),
    )


def without(wanted: Wanted, names: Iterable[str]) -> Mapping[str, Wanted]:
    """What is wanted, with one filter taken away at a time, by the name of the form's field."""
    nothing: dict[str, dict[str, object]] = {
        "q": {"words": ""},
        "emne": {"theme": None},
        "naer": {"near": None},
        "dag": {"weekday": None},
        "tid": {"part": None},
        "alder": {"age": None},
        "sprog": {"language": ""},
        "gratis": {"is_free": False},
        "trappefri": {"is_step_free": False},
    }
    return {name: replace(wanted, **nothing[name]) for name in names}  # type: ignore[arg-type]


def _by_code(codes: Codes, counted: Flags, *, is_open: bool) -> Counts:
    """How many list each code; `is_open`: who lists none takes them all."""
    told = np.bincount(codes.rows[counted[codes.owner]], minlength=len(codes.number_of))
    takes_all = int(np.count_nonzero(counted & codes.known & ~codes.limited)) if is_open else 0
    return _Open({code: int(told[number]) + takes_all for code, number in codes.number_of.items()}, takes_all)


class _Open(dict[str, int]):
    """Counts in which a code that nobody lists is left to those who take all."""

    def __init__(self, told: Mapping[str, int], otherwise: int) -> None:
        super().__init__(told)
        self._otherwise = otherwise

    def __missing__(self, code: str) -> int:
        return self._otherwise


def _at(packed: Columns, counted: Flags, weekday: int | None, part: PartOfDay | None) -> int:
    slots = packed.slots
    fits = slots.known & (~slots.limited | slots.suit(WeekTimes.of(rules.slots_of(weekday, part))))
    return int(np.count_nonzero(counted & fits))
