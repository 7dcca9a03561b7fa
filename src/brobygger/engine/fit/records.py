"""One offer in seven whole numbers of 32 bits, so that every rule but the nearest place is one or two
operations on them.

What an offer sets is packed once, for one day; `question` packs a person to match. An offer that does not fit
in (a rare language, a price above ten thousand kroner, a week like no other) is *odd*:
`Records.odd` names its row, and it is judged by `columns` instead. Nothing is rounded away.

number     bits from the lowest
EAST       metres east of the nearest place there is (0 where HAS_POINT is not set)
NORTH      metres north
LANGUAGES  31 one bit for each of the most common languages
FIRST      20 hours, 12 number of the set of areas (0: none)
SECOND     20 hours, 12 days until there are places, or else until the offer opens (0: neither)
PRICE      20 øre, 7 age from, 3 genders
FLAGS      11 unknown, one bit per constraint: asked about once the person has said the fact
            5 limited, AGE to AREA: asked about until the person has said it (STEP_FREE: there are stairs)
            7 flags, see below; 7 age until; 1 gone; 1 places and offer open on days of their own

The twenty bits of hours are told in `hours`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from brobygger.engine.fit import codesets, hours, order
from brobygger.engine.fit.constraints import CONFIRMED_FOR, Constraint
from brobygger.engine.fit.layout import NO_DAY, NO_LIMIT, Codes, Columns, Flags, Narrow, Numbers
from brobygger.engine.fit.values import Gender

EAST, NORTH, LANGUAGES, FIRST, SECOND, PRICE, FLAGS = range(7)
WIDTH = 7
ROW, OPENING, BY_TROUBLE = range(WIDTH, 10)  # see `lists`
ALL = 10

MOST_LANGUAGES = 31
MOST_AREAS = 4_095
MOST_DAYS = 4_094
MOST_PRICE = (1 << 20) - 1
MOST_AGE = 126
NO_AGE_LIMIT = 127

LIMITED = Constraint.AGE | Constraint.LANGUAGE | Constraint.STEP_FREE | Constraint.GROUP | Constraint.AREA
LIMITED_UP = 8  # how far the five limited bits are shifted from their constraints
ON_A_LIST, FULL, SHUT, WAITING, SEVERAL, HAS_POINT, DAY_OF_PLACES = (1 << bit for bit in range(16, 23))
UNTIL_UP = 23
WAITING_UP, PLACES_UP = WAITING.bit_length() - 1, Constraint.PLACES.bit_length() - 1
GONE = 1 << 30
BOTH_OPEN = 1 << 31


@dataclass(frozen=True, slots=True)
class Records:
    """`numbers` has one row per field and one column per offer. `odd` are the rows that could not be told."""

    numbers: Narrow
    opening: Narrow  # days until the offer opens, where BOTH_OPEN
    odd: Flags
    languages: tuple[str, ...]
    areas: codesets.CodeSets
    hours: hours.Hours

    @classmethod
    def of(cls, columns: Columns, *, on: date) -> "Records":
        """Pack every offer as it stands on this day."""
        size = len(columns.ids)
        languages, spoken, rare = _languages(columns.languages)
        sets, area, unusual = codesets.told(columns.areas, most=MOST_AREAS)
        kinds, first, second, crowded = hours.told(columns)
        places, opening = _days(columns, on)
        of_places, both = places > 0, (places > 0) & (opening > 0)
        from_, until, too_old = _ages(columns)
        price = np.maximum(columns.price, 0)
        odd = rare | unusual | crowded | too_old | (price > MOST_PRICE)
        odd |= np.maximum(places, opening) > MOST_DAYS
        numbers = np.zeros((WIDTH, size), np.int64)
        numbers[LANGUAGES] = spoken
        numbers[FIRST] = first | area << 20
        numbers[SECOND] = second | np.where(of_places, places, opening) << 20
        numbers[PRICE] = price | from_ << 20 | _genders(columns.genders) << 27
        numbers[FLAGS] = _flags(columns, on) | DAY_OF_PLACES * of_places | until << UNTIL_UP
        numbers[FLAGS] |= BOTH_OPEN * both
        numbers[:, odd] = 0
        numbers[FLAGS, odd] = GONE
        narrow = np.where(numbers > np.iinfo(np.int32).max, numbers - (1 << 32), numbers).astype(np.int32)
        return cls(narrow, np.where(both, opening, 0).astype(np.int32), odd, languages, sets, kinds)


def least_trouble(flags: Any) -> Any:
    """The penalty of an offer is at least this, whoever asks: waiting, and a question about places."""
    return ((flags >> WAITING_UP) & 1) * order.WAITING + ((flags >> PLACES_UP) & 1) * order.PER_QUESTION


def _flags(columns: Columns, on: date) -> Numbers:
    room, today = columns.room, on.toordinal()
    later = room.next_on > today
    confirmed = (room.confirmed_on >= (on - CONFIRMED_FOR).toordinal()) & (room.next_on == NO_DAY)
    on_a_list, full = room.is_list & confirmed, room.is_full & confirmed
    opens_later = columns.opens_on > today
    unsure = ~room.known | (room.known & ~room.needs_none & ~later & ~confirmed)
    unknown = {
        Constraint.DISTANCE: ~columns.points.known,
        Constraint.TIMES: ~columns.slots.known,
        Constraint.AGE: ~columns.ages.known,
        Constraint.LANGUAGE: ~columns.languages.known,
        Constraint.STEP_FREE: columns.step_free < 0,
        Constraint.GROUP: ~columns.genders.known,
        Constraint.AREA: ~columns.areas.known,
        Constraint.PRICE: columns.price < 0,
        Constraint.PLACES: unsure,
    }
    limited = {
        Constraint.AGE: columns.ages.limited,
        Constraint.LANGUAGE: columns.languages.limited,
        Constraint.STEP_FREE: columns.step_free == 0,
        Constraint.GROUP: columns.genders.limited,
        Constraint.AREA: columns.areas.limited,
    }
    others = {
        ON_A_LIST: on_a_list,
        FULL: full,
        SHUT: ~opens_later & (columns.paused | (columns.closes_on <= today)),
        WAITING: later | on_a_list | full | opens_later,
        SEVERAL: np.bincount(columns.points.owner, minlength=len(later)) > 1,
        HAS_POINT: columns.points.limited,
    }
    told = np.zeros(len(columns.ids), np.int64)
    for bit, is_set in (*unknown.items(), *others.items()):
        told |= is_set * np.int64(bit)
    for constraint, is_set in limited.items():
        told |= is_set * np.int64(constraint << LIMITED_UP)
    return told


def _languages(codes: Codes) -> tuple[tuple[str, ...], Numbers, Flags]:
    """The most common languages, the bits of each offer, and who speaks another one too."""
    common = np.argsort(-np.bincount(codes.rows, minlength=len(codes.number_of)), kind="stable")
    bit_of = np.full(len(codes.number_of), -1)
    bit_of[common[:MOST_LANGUAGES]] = range(len(common[:MOST_LANGUAGES]))
    bits = bit_of[codes.rows]
    code_of = {number: code for code, number in codes.number_of.items()}
    rare = np.zeros(len(codes.known), bool)
    rare[codes.owner[bits < 0]] = True
    told = _sums(codes.owner[bits >= 0], 1 << bits[bits >= 0], len(rare))
    return tuple(code_of[number] for number in common[:MOST_LANGUAGES].tolist()), told, rare


def _genders(codes: Codes) -> Numbers:
    bit_of = np.array([1 << list(Gender).index(Gender(code)) for code in codes.number_of], np.int64)
    return _sums(codes.owner, bit_of[codes.rows] if len(codes.rows) else codes.rows, len(codes.known))


def _days(columns: Columns, on: date) -> tuple[Numbers, Numbers]:
    """Days until there are places, and until the offer opens; 0 where that is not so."""
    today = on.toordinal()
    return np.maximum(columns.room.next_on - today, 0), np.maximum(columns.opens_on - today, 0)


def _ages(columns: Columns) -> tuple[Numbers, Numbers, Flags]:
    ages = columns.ages
    until = np.where(ages.until == NO_LIMIT, NO_AGE_LIMIT, ages.until)
    odd = (ages.from_ < 0) | (ages.from_ > MOST_AGE) | (ages.until < 0)
    odd |= (ages.until > MOST_AGE) & (ages.until != NO_LIMIT)
    return np.where(odd, 0, ages.from_), np.where(odd, 0, until), odd


def _sums(owner: Numbers, values: Numbers, size: int) -> Numbers:
    """Each owner's values added up; bits, where no two are alike."""
    told = np.zeros(size, np.int64)
    np.add.at(told, owner, values)
    return told
