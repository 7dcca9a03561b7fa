"""Finding offers without a login: everyday words, and filters judged by the same rules as for a resident."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload
from uuid import UUID

import numpy as np

from brobygger.engine.fit.columns import Masks
from brobygger.engine.fit.constraints import NOTHING, Constraint
from brobygger.engine.fit.layout import NO_LIMIT, Columns, Numbers
from brobygger.engine.fit.values import Person, WeekTimes
from brobygger.engine.quantities import Money, Point
from brobygger.engine.search import Answer, search
from brobygger.offers import indexed, rules
from brobygger.offers.terms import PartOfDay, Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for. Everything may be left out."""

    words: str = ""
    theme: Theme | None = None
    weekday: int | None = None
    part: PartOfDay | None = None
    age: int | None = None
    is_free: bool = False
    language: str = ""
    is_step_free: bool = False
    near: Point | None = None

    @property
    def judged_by(self) -> Constraint:
        """The constraints that were asked for. Places and seasons never hide an offer (OFF-03)."""
        asked = {
            Constraint.NEED: self.theme is not None,
            Constraint.TIMES: self.weekday is not None or self.part is not None,
            Constraint.AGE: self.age is not None,
            Constraint.PRICE: self.is_free,
            Constraint.LANGUAGE: bool(self.language),
            Constraint.STEP_FREE: self.is_step_free,
            Constraint.DISTANCE: self.near is not None,
        }
        mask = NOTHING
        for constraint, is_asked in asked.items():
            mask |= constraint if is_asked else NOTHING
        return mask


@dataclass(frozen=True, slots=True)
class One:
    """One found offer, and what of that which was asked for nobody has told."""

    key: UUID
    unknown: Constraint


@dataclass(frozen=True, slots=True)
class Found(Sequence[One]):
    """Offers in order. Of the first `sure` everything asked for is known; of the others it must be asked.

    `rows` of the packed directory, and what must be asked of each; `worded` is what the words found before
    the filters. `answer`: how the words were read, and why each was found; None where there were no words.
    """

    packed: Columns
    rows: Numbers
    asks: Numbers
    sure: int
    worded: Numbers
    answer: Answer[UUID] | None

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> One: ...
    @overload
    def __getitem__(self, at: slice) -> list[One]: ...
    def __getitem__(self, at: int | slice) -> One | list[One]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        return One(self.packed.ids[self.rows[at]], Constraint(int(self.asks[at])))

    @property
    def keys(self) -> tuple[UUID, ...]:
        return tuple(self.packed.ids[row] for row in self.rows.tolist())

    @property
    def read_as(self) -> Mapping[str, str]:
        """What a misspelt word was taken for."""
        return {} if self.answer is None else self.answer.read_as


def find(wanted: Wanted, packed: Columns, *, on: date) -> Found:
    """What of the packed directory suits. No query for words where the directory is the same; else two."""
    known = indexed.of(packed)
    answer = search(wanted.words, known.index) if wanted.words.strip() else None
    worded = known.rows if answer is None else known.rows[answer.rows]
    worded = worded[worded >= 0]
    masks, judged = Masks.of(somebody(wanted, on), packed), wanted.judged_by
    rows = worded[masks.against[worded] & judged == 0]
    asks = masks.ask[rows] & judged
    order = np.lexsort((_metres(wanted.near, packed)[rows], asks != 0))  # stable: words or name decide a tie
    return Found(packed, rows[order], asks[order], int(np.count_nonzero(asks == 0)), worded, answer)


def somebody(wanted: Wanted, on: date) -> Person:
    """A person who has said nothing but what was asked for."""
    times = WeekTimes.of(rules.slots_of(wanted.weekday, wanted.part))
    return Person(
        today=on,
        themes=frozenset({wanted.theme or "any"}),
        home=wanted.near,
        times=times if Constraint.TIMES in wanted.judged_by else None,
        age=wanted.age,
        languages=frozenset({wanted.language}) if wanted.language else None,
        needs_step_free=True if wanted.is_step_free else None,
        max_price=Money(0) if wanted.is_free else None,
    )


def _metres(near: Point | None, packed: Columns) -> Numbers:
    """How far, where that is asked; the same for all otherwise."""
    if near is None:
        return np.zeros(len(packed.ids), np.int64)
    return np.where(packed.points.limited, packed.points.metres_from(near), NO_LIMIT)
