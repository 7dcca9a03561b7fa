"""One person as the numbers that `records` are asked with: what `Person` says, for the lists of one day."""

from dataclasses import dataclass

import numpy as np

from brobygger.engine.fit.constraints import Constraint
from brobygger.engine.fit.layout import Narrow, Numbers
from brobygger.engine.fit.lists import Lists
from brobygger.engine.fit.records import (
    FULL,
    HAS_POINT,
    LIMITED,
    MOST_AGE,
    MOST_DAYS,
    MOST_PRICE,
    ON_A_LIST,
)
from brobygger.engine.fit.values import Gender, Person

# Where each number stands in `Question.numbers`.
(
    HOME_EAST,
    HOME_NORTH,
    HAS_HOME,  # HAS_POINT where home is said, else 0
    REACH,  # metres that are not too far; NO_REACH without a limit
    AGE,
    SPOKEN,
    GENDER,
    HIGHEST_PRICE,
    PRICE_COUNTS,
    ASK_UNKNOWN,
    ASK_LIMITED,
    SAID,  # of the limits that an offer may set
    WAITS,  # days
    ASK_DAY,
    PLACES_AGAINST,
    PLACES_ASK,
    MANY_AREAS,  # 1 where more sets of areas suit than the four that follow
    AREA_1,
    AREA_2,
    AREA_3,
    AREA_4,
    LISTS_AT,  # in `flat`: where the lists begin, the days of each kind of hours, and the sets of areas
    DAYS_AT,
    AREAS_AT,
    END,
) = range(25)
SETS, NO_SET = 4, -1
NO_REACH = -2

GENDER_BIT = {gender: 1 << number for number, gender in enumerate(Gender)}


@dataclass(frozen=True, slots=True)
class Question:
    """`lists` are those to look in, with the one for any need and not the one of unknown needs.

    `days_by_kind`: for each kind of hours the weekdays on which it suits. `area_suits`: 0 or 1 for each set.
    """

    numbers: Numbers
    lists: Numbers
    days_by_kind: Narrow
    area_suits: Narrow

    def flat(self, lists: Lists) -> Numbers:
        """All of it end to end; the lists with the one of unknown needs at last."""
        days_at = END + len(self.lists) + 1
        places = (END, days_at, days_at + len(self.days_by_kind))
        parts = (self.numbers, places, self.lists, (lists.need_unknown,), self.days_by_kind, self.area_suits)
        return np.concatenate(parts, dtype=np.int64)

    @classmethod
    def of(cls, person: Person, lists: Lists) -> "Question":
        """ValueError if the lists are those of another day."""
        if person.today != lists.on:
            raise ValueError(f"the lists are of {lists.on}, the question of {person.today}")
        records = lists.records
        found = sorted(lists.list_of[theme] for theme in person.themes if theme in lists.list_of)
        areas = records.areas.suit(person.areas)
        numbers = (*_numbers(person, records.languages), *_sets(areas, is_said=person.areas is not None))
        return cls(
            np.array(numbers, np.int64),
            np.array([*found, lists.for_any_need], np.int64),
            records.hours.suit(person.times),
            areas,
        )


def _numbers(person: Person, languages: tuple[str, ...]) -> tuple[int, ...]:
    home, wait = person.home, person.wait_until
    said = _said(person)
    waits = MOST_DAYS if wait is None else max(0, min((wait - person.today).days, MOST_DAYS))
    cannot_wait = waits == 0
    spoken = person.languages or ()
    return (
        home.east if home else 0,
        home.north if home else 0,
        HAS_POINT if home else 0,
        NO_REACH if home is None or person.max_minutes is None else max(-1, person.max_minutes * 800 // 13),
        0 if person.age is None else min(person.age, MOST_AGE),
        sum(1 << bit for bit, code in enumerate(languages) if code in spoken),
        GENDER_BIT[person.gender] if person.gender else 0,
        MOST_PRICE if person.max_price is None else max(0, min(person.max_price.ore, MOST_PRICE)),
        person.max_price is not None,
        said | Constraint.PLACES,
        (LIMITED & ~said) if person.needs_step_free is None else (LIMITED & ~said & ~Constraint.STEP_FREE),
        said & LIMITED,
        waits,
        wait is None,
        FULL | ON_A_LIST if cannot_wait else FULL,
        0 if cannot_wait else ON_A_LIST,
    )


def _sets(areas: Narrow, *, is_said: bool) -> tuple[int, ...]:
    """Up to four sets of areas that suit, told by number; of more it is only told that there are more."""
    suiting = np.flatnonzero(areas).tolist() if is_said else []
    if len(suiting) > SETS:
        return 1, *(NO_SET for _ in range(SETS))
    return 0, *suiting, *(NO_SET for _ in range(SETS - len(suiting)))


def _said(person: Person) -> int:
    """The constraints for which an offer is asked where it does not tell; STEP_FREE only if needed."""
    facts = (
        (Constraint.DISTANCE, person.home is not None),
        (Constraint.TIMES, person.times is not None),
        (Constraint.AGE, person.age is not None),
        (Constraint.LANGUAGE, person.languages is not None),
        (Constraint.STEP_FREE, bool(person.needs_step_free)),
        (Constraint.GROUP, person.gender is not None),
        (Constraint.AREA, person.areas is not None),
        (Constraint.PRICE, person.max_price is not None),
    )
    return sum(int(constraint) for constraint, is_said in facts if is_said)
