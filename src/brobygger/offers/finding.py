"""Finding offers without a login: everyday words, and filters judged by the same rules as for a resident."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from brobygger.engine.fit.columns import Masks
from brobygger.engine.fit.constraints import NOTHING, Constraint
from brobygger.engine.fit.layout import NO_LIMIT, Columns, Numbers
from brobygger.engine.fit.values import Person, WeekTimes
from brobygger.engine.quantities import Money, Point
from brobygger.engine.search import Index, Text, search
from brobygger.foundation.alphabet import in_danish_order
from brobygger.offers import rules
from brobygger.offers.models import Offer
from brobygger.offers.needs import lexicon
from brobygger.offers.terms import PartOfDay, Theme

WEIGHTS = {
    "name": 3.0,
    "alternate_name": 2.5,
    "organisation__name": 1.5,
    "description": 1.0,
    "eligibility_description": 0.8,
    "application_process": 0.5,
}


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
            Constraint.DISTANCE: self.near is not None,
        }
        mask = NOTHING
        for constraint, is_asked in asked.items():
            mask |= constraint if is_asked else NOTHING
        return mask


@dataclass(frozen=True, slots=True)
class Found:
    """Offers in order. Of the first `sure` everything asked for is known; of the others it must be asked.

    `read_as`: what a misspelt word was taken for.
    """

    keys: tuple[UUID, ...]
    sure: int
    unknown: dict[UUID, Constraint]
    read_as: Mapping[str, str]


def find(wanted: Wanted, packed: Columns, *, on: date) -> Found:
    """What of the packed directory suits. No query for words where the directory is the same; else one."""
    answer = search(wanted.words, words_of(packed)) if wanted.words.strip() else None
    keys = _by_name() if answer is None else [hit.key for hit in answer.hits]
    masks = Masks.of(_somebody(wanted, on), packed)
    row_of = {key: row for row, key in enumerate(packed.ids)}
    judged = wanted.judged_by
    rows = np.array([row_of[key] for key in keys if key in row_of], np.int64)
    rows = rows[masks.against[rows] & judged == 0]
    is_unsure = masks.ask[rows] & judged != 0
    order = np.lexsort((_metres(wanted.near, packed)[rows], is_unsure))  # stable: words or name decide a tie
    return Found(
        keys=tuple(packed.ids[row] for row in rows[order]),
        sure=int(np.count_nonzero(~is_unsure)),
        unknown={packed.ids[row]: Constraint(int(masks.ask[row]) & judged) for row in rows},
        read_as={} if answer is None else answer.read_as,
    )


def _somebody(wanted: Wanted, on: date) -> Person:
    """A person who has said nothing but what was asked for."""
    times = WeekTimes.of(rules.slots_of(wanted.weekday, wanted.part))
    return Person(
        today=on,
        themes=frozenset({wanted.theme or "any"}),
        home=wanted.near,
        times=times if Constraint.TIMES in wanted.judged_by else None,
        age=wanted.age,
        languages=frozenset({wanted.language}) if wanted.language else None,
        max_price=Money(0) if wanted.is_free else None,
    )


def _metres(near: Point | None, packed: Columns) -> Numbers:
    """How far, where that is asked; the same for all otherwise."""
    if near is None:
        return np.zeros(len(packed.ids), np.int64)
    return np.where(packed.points.limited, packed.points.metres_from(near), NO_LIMIT)


def _by_name() -> Sequence[UUID]:
    names = Offer.objects.filter(withdrawn_at=None).values_list("id", "name")
    return [key for key, name in sorted(names, key=lambda row: (in_danish_order(row[1]), row[0]))]


@dataclass(frozen=True, slots=True)
class InWords:
    """The words of one packed directory, kept until it is packed anew."""

    packed: Columns
    index: Index[UUID]


_in_words: InWords | None = None


def words_of(packed: Columns) -> Index[UUID]:
    """What can be found by words. No query while the directory is the same, else one."""
    global _in_words
    if _in_words is None or _in_words.packed is not packed:
        _in_words = InWords(packed, Index.of(_texts(), lexicon()))
    return _in_words.index


def _texts() -> Iterator[Text[UUID]]:
    """Every offer by name, so that a tie is decided by it."""
    rows = Offer.objects.filter(withdrawn_at=None).values_list("id", "themes", *WEIGHTS)
    for key, themes, *texts in sorted(rows, key=lambda row: (in_danish_order(row[2]), row[0])):
        yield Text(key, tuple(zip(WEIGHTS.values(), texts, strict=True)), tuple(themes))
