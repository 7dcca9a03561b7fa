"""The same answer as `nearby`, for numba to compile: the loops around `loops.judge`.

What is skipped is skipped for certain: the least trouble that a record or a square can give is worse than the
last place on the list, or as bad, with a later id.

The arrays are handed over one by one, for taking them out of an object costs more than judging a record.
`numbers`, `start`, `place_start`, `places`, `theme_start` and `themes` as in `Lists`; `map_`: west, south,
wide, high, side; `asked`: `Question.flat`; `best`: per place penalty, row, ask and against, of fits and then
of near misses; `held`: see below; `bars`: see `_set_bars`; `judged` and `picked`: room for one block.
"""

import numpy as np

from brobygger.engine.fit import question, records
from brobygger.engine.fit.loops import (
    LEFT_OUT,
    NEED,
    NEED_UNKNOWN,
    NO_BAR,
    OPEN,
    ORE_PER_POINT,
    PER_QUESTION,
    WAITING_COSTS,
    WAITING_UP,
    Narrow,
    Wide,
    asks,
    bits,
    judge,
    least_trouble,
    metres,
    put,
    rest,
)
from brobygger.engine.fit.machine import compiled

FARTHEST_REACH = 32_766  # metres, so that two squares added stay below 2**31
NOTHING_BEYOND = 1 << 40
BLOCK, BLOCK_PICKED = 256, 64  # records judged at a time: what is found raises the bar for the next
# `held`: how many fits and near misses, how many at most, how many were judged and how many one by one.
MOST_FITS, JUDGED, WEIGHED = 2, 4, 5


@compiled
def _set_bars(best: Wide, held: Wide, bars: Wide, extra: int) -> None:
    """Trouble and row from which nothing comes on the list any more: of fits, of near misses, of either."""
    for kind in range(2):
        most = held[MOST_FITS + kind]
        if most == 0 or (kind == 1 and extra):  # of an unknown need nothing is a near miss
            bars[2 * kind], bars[2 * kind + 1] = -1, -1
        elif held[kind] < most:
            bars[2 * kind], bars[2 * kind + 1] = NO_BAR, NO_BAR
        else:
            bars[2 * kind], bars[2 * kind + 1] = best[4 * kind, most - 1], best[4 * kind + 1, most - 1]
    fits_are_last = bars[0] > bars[2] or (bars[0] == bars[2] and bars[1] > bars[3])
    bars[4], bars[5] = (bars[0], bars[1]) if fits_are_last else (bars[2], bars[3])


@compiled
def _weigh(
    numbers: Narrow,
    k: int,
    judged: int,
    extra: int,
    place_start: Narrow,
    places: Narrow,
    asked: Wide,
    best: Wide,
    held: Wide,
) -> None:
    """Judge the rest of one record, and put it on the list it belongs to."""
    held[WEIGHED] += 1
    against = judged | rest(numbers, k, asked)
    if against & (against - 1) or (extra and against):
        return
    flags, away = numbers[records.FLAGS, k], 0
    if flags & asked[question.HAS_HOME]:
        away = metres(numbers, k, place_start, places, asked)
        if away < 0:
            return
    day = (numbers[records.SECOND, k] >> 20) & 0xFFF
    ask = asks(
        flags,
        day,
        asked[question.ASK_UNKNOWN],
        asked[question.ASK_LIMITED],
        asked[question.PLACES_ASK],
        asked[question.ASK_DAY],
    )
    if flags < 0 and asked[question.ASK_DAY] > 0:
        ask |= OPEN
    ore = np.int64(numbers[records.PRICE, k] & 0xFFFFF)
    penalty = extra + (away * 13 + 799) // 800 + ore // ORE_PER_POINT * asked[question.PRICE_COUNTS]
    penalty += PER_QUESTION * bits(ask) + WAITING_COSTS * ((flags >> WAITING_UP) & 1)
    if extra:
        ask |= NEED
    kind = 1 if against else 0
    held[kind] = put(
        best, 4 * kind, held[kind], held[MOST_FITS + kind], penalty, numbers[records.ROW, k], ask, against
    )


@compiled
def _is_too_late(numbers: Narrow, k: int, extra: int, bars: Wide) -> bool:
    """Whether neither this record nor one after it in order of least trouble can come on a list."""
    least, row = extra + np.int64(least_trouble(numbers[records.FLAGS, k])), np.int64(numbers[records.ROW, k])
    return bool(least > bars[4] or (least == bars[4] and row > bars[5]))


@compiled
def _look(
    numbers: Narrow,
    begin: int,
    end: int,
    extra: int,
    is_one_square: bool,
    place_start: Narrow,
    places: Narrow,
    asked: Wide,
    best: Wide,
    held: Wide,
    bars: Wide,
    judged: Narrow,
) -> None:
    """Put on the lists what these records have for them."""
    while begin < end:
        _set_bars(best, held, bars, extra)
        if is_one_square and _is_too_late(numbers, begin, extra, bars):
            return
        size = min(BLOCK, end - begin)
        judge(numbers, begin, size, asked, extra, bars, judged)
        held[JUDGED] += size
        for n in range(size):
            mask = int(judged[n])
            if mask & (mask - 1) == 0:
                _weigh(numbers, begin + n, mask, extra, place_start, places, asked, best, held)
        begin += size


@compiled
def _look_by_trouble(
    numbers: Narrow,
    begin: int,
    end: int,
    extra: int,
    place_start: Narrow,
    places: Narrow,
    asked: Wide,
    best: Wide,
    held: Wide,
    bars: Wide,
    judged: Narrow,
    picked: Narrow,
) -> None:
    """The same for a whole list in order of the trouble that comes with each offer, until it is too much."""
    while begin < end:
        _set_bars(best, held, bars, extra)
        if _is_too_late(numbers, numbers[records.BY_TROUBLE, begin], extra, bars):
            return
        size = min(BLOCK_PICKED, end - begin)
        for n in range(size):
            k = numbers[records.BY_TROUBLE, begin + n]
            for part in range(records.BY_TROUBLE):
                picked[part, n] = numbers[part, k]
        judge(picked, 0, size, asked, extra, bars, judged)
        held[JUDGED] += size
        for n in range(size):
            mask = int(judged[n])
            if mask & (mask - 1) == 0:
                _weigh(picked, n, mask, extra, place_start, places, asked, best, held)
        begin += size


@compiled
def _beyond(map_: Wide, asked: Wide, radius: int) -> int:
    """How far it is at least to the nearest square outside the window of this radius. See `windows`."""
    west, south, wide, high, side = map_[0], map_[1], map_[2], map_[3], map_[4]
    east, north = asked[question.HOME_EAST], asked[question.HOME_NORTH]
    across, up, beyond = (east - west) // side, (north - south) // side, NOTHING_BEYOND
    if across - radius > 0:
        beyond = min(beyond, east - (west + (across - radius) * side))
    if across + radius < wide - 1:
        beyond = min(beyond, west + (across + radius + 1) * side - east)
    if up - radius > 0:
        beyond = min(beyond, north - (south + (up - radius) * side))
    if up + radius < high - 1:
        beyond = min(beyond, south + (up + radius + 1) * side - north)
    return max(0, beyond)


@compiled
def _is_done(asked: Wide, best: Wide, held: Wide, bars: Wide, beyond: int) -> bool:
    """Whether nothing that lies so far away can come on a list."""
    _set_bars(best, held, bars, 0)
    least, reach = (beyond * 13 + 799) // 800, asked[question.REACH]
    no_fits = bars[0] < least or (reach != question.NO_REACH and beyond > reach)
    return bool(no_fits and bars[2] < least)


@compiled
def search(
    numbers: Narrow,
    start: Narrow,
    place_start: Narrow,
    places: Narrow,
    map_: Wide,
    asked: Wide,
    best: Wide,
    held: Wide,
    judged: Narrow,
    picked: Narrow,
) -> None:
    """Fill the lists, from nowhere and from home outward, until nothing farther away can come on them."""
    wide, high, side, lists = map_[2], map_[3], map_[4], asked[question.LISTS_AT]
    squares, last, bars = wide * high + 1, asked[question.DAYS_AT] - 1, np.empty(6, np.int64)
    for which in range(lists, last + 1):
        extra, square = NEED_UNKNOWN if which == last else 0, (asked[which] + 1) * squares
        begin, end = start[square - 1], start[square]
        if asked[question.HAS_HOME]:
            _look(numbers, begin, end, extra, True, place_start, places, asked, best, held, bars, judged)
        else:
            begin = start[square - squares]
            _look_by_trouble(
                numbers, begin, end, extra, place_start, places, asked, best, held, bars, judged, picked
            )
    across, up = (asked[question.HOME_EAST] - map_[0]) // side, (asked[question.HOME_NORTH] - map_[1]) // side
    radius, inner, beyond = 0, -1, 0
    while (
        asked[question.HAS_HOME] and beyond < NOTHING_BEYOND and not _is_done(asked, best, held, bars, beyond)
    ):
        left, right = max(0, across - radius), min(wide - 1, across + radius)
        for row in range(max(0, up - radius), min(high - 1, up + radius) + 1):
            is_outer = abs(row - up) > inner
            for part in range(1 if is_outer else 2):
                from_ = max(left, across + inner + 1) if part else left
                to = right if part or is_outer else min(right, across - inner - 1)
                for which in range(lists, last + 1 if from_ <= to else lists):
                    begin = start[asked[which] * squares + row * wide + from_]
                    end = start[asked[which] * squares + row * wide + to + 1]
                    extra, is_one = NEED_UNKNOWN if which == last else 0, from_ == to
                    _look(
                        numbers,
                        begin,
                        end,
                        extra,
                        is_one,
                        place_start,
                        places,
                        asked,
                        best,
                        held,
                        bars,
                        judged,
                    )
        beyond = _beyond(map_, asked, radius)
        inner, radius = radius, max(1, radius * 2)


@compiled
def _is_counted(
    numbers: Narrow,
    k: int,
    which: int,
    place_start: Narrow,
    places: Narrow,
    theme_start: Narrow,
    themes: Narrow,
    asked: Wide,
) -> bool:
    """Whether this record is not the first of its offer: in an earlier list, or at a nearer place."""
    if numbers[records.FLAGS, k] & records.SEVERAL and metres(numbers, k, place_start, places, asked) < 0:
        return True
    row = numbers[records.ROW, k]
    for theme in range(theme_start[row], theme_start[row + 1]):
        for before in range(asked[question.LISTS_AT], which):
            if themes[theme] == asked[before]:
                return True
    return False


@compiled
def count(
    numbers: Narrow,
    start: Narrow,
    place_start: Narrow,
    places: Narrow,
    theme_start: Narrow,
    themes: Narrow,
    squares: int,
    asked: Wide,
    judged: Narrow,
    by_mask: Wide,
) -> int:
    """by_mask[m] = offers about the need with m against them; returns how many fit of unknown needs."""
    of_unknown, last, bars = 0, asked[question.DAYS_AT] - 1, np.full(6, NO_BAR, np.int64)
    for which in range(asked[question.LISTS_AT], last + 1):
        begin, end = start[asked[which] * squares], start[(asked[which] + 1) * squares]
        while begin < end:
            size = min(BLOCK, end - begin)
            judge(numbers, begin, size, asked, 0, bars, judged)
            for n in range(size):
                k, mask = begin + n, np.int64(judged[n])
                if mask >= LEFT_OUT or _is_counted(
                    numbers, k, which, place_start, places, theme_start, themes, asked
                ):
                    continue
                mask |= rest(numbers, k, asked)
                if which < last:
                    by_mask[mask] += 1
                elif mask == 0:
                    of_unknown += 1
            begin += size
    return of_unknown
