"""One record judged in a few operations on whole numbers, for numba to compile. The twin of `judging`.

`judge` takes a run of records without a branch, so that the processor takes eight or sixteen at a time. Only
what can still come on a list is looked at one by one (`rest`, `metres`, `asks`), by `searches`.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from brobygger.engine.fit import order, question, records
from brobygger.engine.fit.constraints import Constraint
from brobygger.engine.fit.hours import KIND_BITS, MOST_KINDS
from brobygger.engine.fit.machine import compiled

i32, f32 = np.int32, np.float32
Narrow = NDArray[np.int32]
Wide = NDArray[np.int64]

NO_BAR = 1 << 30
LEFT_OUT = 0x1800  # two bits above the constraints: neither a fit nor a near miss
LIMITS = 0xF8  # AGE to AREA

NEED, DISTANCE, TIMES, AREA, PLACES, OPEN = (
    int(Constraint[name]) for name in ("NEED", "DISTANCE", "TIMES", "AREA", "PLACES", "OPEN")
)
DISTANCE_UP, AGE_UP, LANGUAGE_UP, GROUP_UP, AREA_UP, PRICE_UP, PLACES_UP, OPEN_UP = (
    Constraint[name].bit_length() - 1
    for name in ("DISTANCE", "AGE", "LANGUAGE", "GROUP", "AREA", "PRICE", "PLACES", "OPEN")
)
DAY_OF_PLACES_UP, HAS_POINT_UP, WAITING_UP = (
    bit.bit_length() - 1 for bit in (records.DAY_OF_PLACES, records.HAS_POINT, records.WAITING)
)
PER_QUESTION, WAITING_COSTS, ORE_PER_POINT = order.PER_QUESTION, order.WAITING, order.ORE_PER_POINT
NEED_UNKNOWN = order.THEME_UNKNOWN + order.PER_QUESTION


least_trouble = compiled(records.least_trouble)


@compiled
def asks(flags: Any, day: Any, unknown: Any, limited: Any, places: Any, ask_day: Any) -> Any:
    """The constraints to ask about."""
    ask = (flags & 0x7FF & unknown) | ((flags >> records.LIMITED_UP) & LIMITS & limited)
    ask |= i32((flags & places) != 0) << PLACES_UP
    return ask | i32(day > 0) * ask_day * _day_of(flags)


@compiled
def _day_of(flags: Any) -> Any:
    """OPEN, or PLACES where it is they that open on the day."""
    return i32(OPEN) - ((flags >> DAY_OF_PLACES_UP) & 1) * i32(OPEN - PLACES)


@compiled
def bits(mask: Any) -> Any:
    """How many of eleven bits are set."""
    pairs = mask - ((mask >> 1) & 0x555)
    fours = (pairs & 0x333) + ((pairs >> 2) & 0x333)
    return (fours + (fours >> 4) + (fours >> 8)) & 0xF


@compiled
def judge(
    numbers: Narrow, begin: int, size: int, asked: Wide, extra: int, bars: Wide, judged: Narrow
) -> None:
    """judged[n] = what is against record begin + n, but for times; and LEFT_OUT if it can come on no list.

    No branch and no table in here, or the processor can no longer take many records at a time.
    """
    home_east, home_north, has_home = (
        i32(asked[question.HOME_EAST]),
        i32(asked[question.HOME_NORTH]),
        i32(asked[question.HAS_HOME]),
    )
    age, spoken, gender = i32(asked[question.AGE]), i32(asked[question.SPOKEN]), i32(asked[question.GENDER])
    highest, price_counts = i32(asked[question.HIGHEST_PRICE]), i32(asked[question.PRICE_COUNTS])
    unknown, may_be_limited, said = (
        i32(asked[question.ASK_UNKNOWN]),
        i32(asked[question.ASK_LIMITED]),
        i32(asked[question.SAID]),
    )
    waits, ask_day = i32(asked[question.WAITS]), i32(asked[question.ASK_DAY])
    places_against, places_ask = i32(asked[question.PLACES_AGAINST]), i32(asked[question.PLACES_ASK])
    has_reach = asked[question.REACH] != question.NO_REACH
    reach = i32(asked[question.REACH] + 1) if has_reach else i32(0)
    too_far = i32(reach * reach) if has_reach else i32(1)
    area_1, area_2, area_3, area_4 = (
        i32(asked[question.AREA_1]),
        i32(asked[question.AREA_1 + 1]),
        i32(asked[question.AREA_1 + 2]),
        i32(asked[question.AREA_1 + 3]),
    )
    any_area = i32(asked[question.MANY_AREAS])
    more, near_bar, near_row = i32(extra), i32(bars[2]), i32(bars[3])
    bar, last_row = i32(bars[4]), i32(bars[5])
    for n in range(size):
        k = begin + n
        flags, price, second = (
            numbers[records.FLAGS, k],
            numbers[records.PRICE, k],
            numbers[records.SECOND, k],
        )
        within = i32(((price >> 20) & 127 <= age) & (age < (flags >> records.UNTIL_UP) & 127)) << AGE_UP
        within |= i32((numbers[records.LANGUAGES, k] & spoken) != 0) << LANGUAGE_UP
        within |= i32(((price >> 27) & gender) != 0) << GROUP_UP
        area = (numbers[records.FIRST, k] >> 20) & 0xFFF
        is_there = (area == area_1) | (area == area_2) | (area == area_3) | (area == area_4)
        within |= (i32(is_there) | any_area) << AREA_UP
        against = (flags >> records.LIMITED_UP) & LIMITS & said & ~within
        ore, day = price & 0xFFFFF, (second >> 20) & 0xFFF
        against |= i32(ore > highest) << PRICE_UP
        against |= i32((flags & places_against) != 0) << PLACES_UP
        against |= i32((flags & records.SHUT) != 0) << OPEN_UP
        against |= i32(day > waits) * _day_of(flags)
        across, up = i32(numbers[records.EAST, k] - home_east), i32(numbers[records.NORTH, k] - home_north)
        across = across if across >= 0 else i32(-across)
        up = up if up >= 0 else i32(-up)
        a, b = f32(across), f32(up)
        across = across if across < reach else reach
        up = up if up < reach else reach
        is_far = i32(i32(i32(across * across) + i32(up * up)) >= too_far)
        against |= is_far * ((flags >> HAS_POINT_UP) & 1) << DISTANCE_UP
        minutes = i32((np.sqrt(a * a + b * b) - f32(1)) * f32(0.016249))  # never more than there are
        trouble = i32(more + minutes * i32((flags & has_home) != 0))
        ask = asks(flags, day, unknown, may_be_limited, places_ask, ask_day)
        trouble = i32(trouble + i32(bits(ask)) * i32(PER_QUESTION))
        trouble = i32(trouble + ((flags >> WAITING_UP) & 1) * i32(WAITING_COSTS))
        trouble = i32(trouble + i32(i32((ore >> 3) * i32(1310)) >> 15) * price_counts)  # at most ore // 200
        most = bar if against == 0 else near_bar
        latest = last_row if against == 0 else near_row
        too_late = (
            (trouble > most)
            | ((trouble == most) & (numbers[records.ROW, k] > latest))
            | ((flags & records.GONE) != 0)
        )
        judged[n] = against | i32(too_late) * i32(LEFT_OUT)


@compiled
def rest(numbers: Narrow, k: int, asked: Wide) -> int:
    """What `judge` left aside: times, many areas, and the opening of an offer whose places open later too."""
    first, second, flags = numbers[records.FIRST, k], numbers[records.SECOND, k], numbers[records.FLAGS, k]
    against, days = 0, asked[question.DAYS_AT]
    on_first = asked[days + (first & (MOST_KINDS - 1))] & (first >> KIND_BITS)
    on_second = asked[days + (second & (MOST_KINDS - 1))] & (second >> KIND_BITS)
    if ((on_first | on_second) & 127) == 0:
        against |= TIMES
    if (
        asked[question.MANY_AREAS]
        and (flags >> records.LIMITED_UP) & AREA
        and not asked[asked[question.AREAS_AT] + ((first >> 20) & 0xFFF)]
    ):
        against |= AREA
    if flags < 0 and numbers[records.OPENING, k] > asked[question.WAITS]:
        against |= OPEN
    return against


@compiled
def metres(numbers: Narrow, k: int, place_start: Narrow, places: Narrow, asked: Wide) -> int:
    """To this record's place, if no other place of the offer is nearer, or as near and before it; else -1."""
    across, up = asked[question.HOME_EAST], asked[question.HOME_NORTH]
    east, north = np.int64(numbers[records.EAST, k]), np.int64(numbers[records.NORTH, k])
    squared = (across - east) * (across - east) + (up - north) * (up - north)
    if numbers[records.FLAGS, k] & records.SEVERAL:
        row, is_before = numbers[records.ROW, k], True
        for place in range(place_start[row], place_start[row + 1]):
            x, y = np.int64(places[0, place]), np.int64(places[1, place])
            other = (across - x) * (across - x) + (up - y) * (up - y)
            if x == east and y == north:
                is_before = False
            elif other < squared or (other == squared and is_before):
                return -1
    return int(np.sqrt(np.float64(squared)))


@compiled
def put(best: Wide, at: int, held: int, most: int, penalty: int, row: int, ask: int, against: int) -> int:
    """Put an offer in its place of the list, unless it is there; how many the list holds then."""
    place = held
    if held == most:
        place = most - 1
        if best[at, place] < penalty or (best[at, place] == penalty and best[at + 1, place] <= row):
            return held
    for other in range(held):
        if best[at + 1, other] == row:
            return held
    while place > 0 and (
        best[at, place - 1] > penalty or (best[at, place - 1] == penalty and best[at + 1, place - 1] > row)
    ):
        for part in range(at, at + 4):
            best[part, place] = best[part, place - 1]
        place -= 1
    best[at, place], best[at + 1, place] = penalty, row
    best[at + 2, place], best[at + 3, place] = ask, against
    return min(held + 1, most)
