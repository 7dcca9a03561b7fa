"""The rules over many records at once, a few operations on whole numbers each. The twin of `constraints`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from brobygger.engine.fit import order
from brobygger.engine.fit.constraints import Constraint
from brobygger.engine.fit.hours import KIND_BITS, MOST_KINDS
from brobygger.engine.fit.layout import Flags, Narrow, Numbers
from brobygger.engine.fit.lists import Lists
from brobygger.engine.fit.question import (
    AGE,
    ASK_DAY,
    ASK_LIMITED,
    ASK_UNKNOWN,
    GENDER,
    HAS_HOME,
    HIGHEST_PRICE,
    HOME_EAST,
    HOME_NORTH,
    NO_REACH,
    PLACES_AGAINST,
    PLACES_ASK,
    PRICE_COUNTS,
    REACH,
    SAID,
    SPOKEN,
    WAITS,
    Question,
)
from brobygger.engine.fit.records import (
    DAY_OF_PLACES,
    EAST,
    FIRST,
    FLAGS,
    GONE,
    HAS_POINT,
    LANGUAGES,
    LIMITED,
    LIMITED_UP,
    NORTH,
    OPENING,
    PRICE,
    SECOND,
    SEVERAL,
    SHUT,
    UNTIL_UP,
    WAITING,
)

UNKNOWN = (1 << 11) - 1


@dataclass(frozen=True, slots=True)
class Judged:
    """For each record: of which offer, what is against it, what to ask, its penalty. Some offers twice."""

    rows: Numbers
    against: Numbers
    ask: Numbers
    penalty: Numbers

    def those(self, chosen: NDArray[np.int64] | Flags) -> "Judged":
        return Judged(self.rows[chosen], self.against[chosen], self.ask[chosen], self.penalty[chosen])

    def and_(self, other: "Judged") -> "Judged":
        pairs = ((getattr(self, name), getattr(other, name)) for name in Judged.__slots__)
        return Judged(*(np.concatenate(pair) for pair in pairs))

    def once(self) -> "Judged":
        """Each offer once: what stands in several squares or lists was judged alike."""
        return self.those(np.unique(self.rows, return_index=True)[1])

    def best(self, count: int) -> "Judged":
        """In order, lowest penalty and then lowest row first."""
        ordered = self.those(np.lexsort((self.rows, self.penalty)))
        is_new = np.diff(ordered.rows, prepend=-1) != 0
        return ordered.those(np.flatnonzero(is_new)[:count])

    def fewest_things(self, count: int) -> "Judged":
        """In order, fewest things in the way first; each offer must be there once."""
        things = np.bitwise_count(self.against)
        return self.those(np.lexsort((self.rows, self.penalty, things))[:count])


NOBODY = Judged(*(np.zeros(0, np.int64) for _ in range(4)))


def judge(question: Question, lists: Lists, found: Numbers, *, need_unknown: bool) -> Judged:
    """Judge these records of the lists. Those that are gone are left out."""
    found = found[lists.numbers[FLAGS, found] & GONE == 0]
    numbers, rows = lists.numbers[:, found], lists.rows[found].astype(np.int64)
    asked, flags = question.numbers, numbers[FLAGS]
    metres = _metres(asked, lists, numbers, rows)
    unknown, limited = flags & UNKNOWN, flags >> LIMITED_UP & LIMITED
    day, opening = numbers[SECOND] >> 20 & 0xFFF, numbers[OPENING]
    ask = (unknown & asked[ASK_UNKNOWN]) | (limited & asked[ASK_LIMITED])
    ask |= np.where(flags & asked[PLACES_ASK] != 0, Constraint.PLACES, 0)
    ask |= np.where((day > 0) & (asked[ASK_DAY] > 0), _whose_day(flags), 0)
    ask |= np.where((opening > 0) & (asked[ASK_DAY] > 0), Constraint.OPEN, 0)
    against = limited & asked[SAID] & ~_within(question, numbers)
    against |= np.where(_suits(question, numbers), 0, Constraint.TIMES)
    against |= np.where(_price(numbers) > asked[HIGHEST_PRICE], Constraint.PRICE, 0)
    against |= np.where(flags & asked[PLACES_AGAINST] != 0, Constraint.PLACES, 0)
    against |= np.where(flags & SHUT != 0, Constraint.OPEN, 0)
    against |= np.where(day > asked[WAITS], _whose_day(flags), 0)
    against |= np.where(opening > asked[WAITS], Constraint.OPEN, 0)
    if asked[REACH] != NO_REACH:
        is_far = (flags & HAS_POINT != 0) & (metres > asked[REACH])
        against |= np.where(is_far, Constraint.DISTANCE, 0)
    ask |= int(Constraint.NEED) if need_unknown else 0
    penalty = (metres * 13 + 799) // 800 + _price(numbers) // order.ORE_PER_POINT * asked[PRICE_COUNTS]
    penalty += order.PER_QUESTION * np.bitwise_count(ask).astype(np.int64)
    penalty += order.WAITING * (flags & WAITING != 0) + order.THEME_UNKNOWN * need_unknown
    return Judged(rows, against, ask, penalty)


def _metres(asked: Numbers, lists: Lists, numbers: Narrow, rows: Numbers) -> Numbers:
    """To the nearest place of each offer; 0 where there is none, or nobody has said from where."""
    if not asked[HAS_HOME]:
        return np.zeros(len(rows), np.int64)
    east, north = numbers[EAST] - asked[HOME_EAST], numbers[NORTH] - asked[HOME_NORTH]
    squared = east * east + north * north
    several = np.flatnonzero(numbers[FLAGS] & SEVERAL)
    if len(several):
        squared[several] = _to_the_nearest(asked, lists, rows[several])
    metres: Numbers = np.where(numbers[FLAGS] & HAS_POINT != 0, np.sqrt(squared).astype(np.int64), 0)
    return metres


def _to_the_nearest(asked: Numbers, lists: Lists, rows: Numbers) -> Numbers:
    """Squared metres to the nearest of an offer's several places."""
    start, many = lists.place_start[rows].astype(np.int64), np.diff(lists.place_start)[rows]
    begins = np.cumsum(many) - many
    place = np.arange(many.sum()) - np.repeat(begins - start, many)
    east, north = lists.places[0][place] - asked[HOME_EAST], lists.places[1][place] - asked[HOME_NORTH]
    nearest: Numbers = np.minimum.reduceat(east * east + north * north, begins)
    return nearest


def _within(question: Question, numbers: Narrow) -> Numbers:
    """The limits of an offer that the person lies within. A limit of steps nobody lies within."""
    asked, flags, price = question.numbers, numbers[FLAGS], numbers[PRICE]
    from_, until = price >> 20 & 127, flags >> UNTIL_UP & 127
    within = np.where((from_ <= asked[AGE]) & (asked[AGE] < until), Constraint.AGE, 0)
    within |= np.where(numbers[LANGUAGES] & asked[SPOKEN] != 0, Constraint.LANGUAGE, 0)
    within |= np.where(price >> 27 & asked[GENDER] != 0, Constraint.GROUP, 0)
    areas = numbers[FIRST] >> 20 & 0xFFF
    within |= np.where(question.area_suits[areas] != 0, Constraint.AREA, 0)
    return within


def _suits(question: Question, numbers: Narrow) -> Flags:
    days = question.days_by_kind
    first, second = numbers[FIRST], numbers[SECOND]
    is_first = days[first & MOST_KINDS - 1] & (first >> KIND_BITS & 127) != 0
    suits: Flags = is_first | (days[second & MOST_KINDS - 1] & (second >> KIND_BITS & 127) != 0)
    return suits


def _price(numbers: Narrow) -> Narrow:
    price: Narrow = numbers[PRICE] & (1 << 20) - 1
    return price


def _whose_day(flags: Narrow) -> Numbers:
    """Whether it is the places or the offer that opens on the day."""
    return np.where(flags & DAY_OF_PLACES != 0, Constraint.PLACES, Constraint.OPEN)
