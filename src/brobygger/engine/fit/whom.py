"""Whom an offer fits, for numba to compile. The twin of `reverse._whom`.

As in `loops`, one pass without a branch leaves few people, who are looked at one by one.
"""

import numpy as np

from brobygger.engine.fit import reverse
from brobygger.engine.fit.layout import Narrow, Numbers
from brobygger.engine.fit.machine import compiled

BLOCK = 512
FARTHEST_REACH = 32_766  # metres, so that two squares added stay below 2**31; who goes farther is looked at
i32 = np.int32


def whom(facts: Narrow, free: Numbers, asks: Numbers, spoken: Narrow, areas: Narrow, before: int) -> Numbers:
    """The places of those whom it fits and who have none of the themes in `before`, in order."""
    found = np.empty(facts.shape[1], np.int64)
    if asks[reverse.IS_SHUT]:
        return found[:0]
    return found[: _whom(facts, free, asks, spoken, areas, before, found, np.empty(BLOCK, np.int32))]


@compiled
def _whom(
    facts: Narrow,
    free: Numbers,
    asks: Numbers,
    spoken: Narrow,
    areas: Narrow,
    before: int,
    found: Numbers,
    may: Narrow,
) -> int:
    held, everyone, is_looked_at = 0, facts.shape[1], asks[reverse.POINTS] > 1
    for begin in range(0, everyone, BLOCK):
        size, left = min(BLOCK, everyone - begin), 0
        _may(facts, begin, size, asks, before, may)
        for n in range(size):
            chosen = may[n]
            may[left] = n
            left += chosen
        for n in range(
            left
        ):  # what is found is written in any case, and kept if it counts: that is no branch
            k = begin + may[n]
            reach = facts[reverse.REACH, k]
            fits = _is_free(free, asks, k)
            if len(areas) > 0:
                fits &= areas[facts[reverse.AREA, k]]
            if len(spoken) > 0:
                fits &= spoken[facts[reverse.SPOKEN, k]]
            if is_looked_at or (reach > FARTHEST_REACH and reach != reverse.ALWAYS):
                fits &= _is_near(facts, asks, k)
            found[held] = facts[reverse.PLACE, k]
            held += fits
    return held


@compiled
def _may(facts: Narrow, begin: int, size: int, asks: Numbers, before: int, may: Narrow) -> None:
    """may[n] = 1 if nothing is in the way, but for area, language, times, and one of several places."""
    from_, until, must_wait = (
        i32(asks[reverse.FROM_AGE]),
        i32(asks[reverse.UNTIL_AGE]),
        i32(asks[reverse.MUST_WAIT]),
    )
    genders, costs = i32(asks[reverse.FOR_GENDERS]), i32(asks[reverse.COSTS])
    has_steps, earlier = asks[reverse.HAS_STEPS] != 0, i32(before)
    is_one = asks[reverse.POINTS] == 1
    east, north = (i32(asks[reverse.AT]), i32(asks[reverse.AT + 1])) if is_one else (i32(0), i32(0))
    for n in range(size):
        k = begin + n
        age, reach = facts[reverse.AGE, k], facts[reverse.REACH, k]
        across, up = i32(facts[reverse.EAST, k] - east), i32(facts[reverse.NORTH, k] - north)
        across = across if across >= 0 else i32(-across)
        up = up if up >= 0 else i32(-up)
        most = i32((reach if reach < FARTHEST_REACH else i32(FARTHEST_REACH)) + i32(1))
        across = across if across < most else most
        up = up if up < most else most
        is_near = i32(i32(across * across) + i32(up * up)) < i32(most * most)
        is_near = is_near | (reach > FARTHEST_REACH) | (not is_one)
        is_of_age = (age == reverse.NOT_SAID) | ((from_ <= age) & (age < until))
        can_wait = facts[reverse.WAITS, k] >= must_wait
        is_meant = ((facts[reverse.GENDERS, k] & genders) != 0) & ((facts[reverse.THEMES, k] & earlier) == 0)
        can_come = (facts[reverse.PRICE, k] >= costs) & ((facts[reverse.STEPS, k] != 0) | (not has_steps))
        may[n] = is_near & is_of_age & can_wait & is_meant & can_come


@compiled
def _is_near(facts: Narrow, asks: Numbers, k: int) -> int:
    reach = np.int64(facts[reverse.REACH, k])
    is_near = asks[reverse.POINTS] == 0 or reach == reverse.ALWAYS
    for place in range(asks[reverse.POINTS]):
        across = facts[reverse.EAST, k] - asks[reverse.AT + 2 * place]
        up = facts[reverse.NORTH, k] - asks[reverse.AT + 2 * place + 1]
        is_near |= across * across + up * up < (reach + 1) * (reach + 1)
    return int(is_near)


@compiled
def _is_free(free: Numbers, asks: Numbers, k: int) -> int:
    first, comes, is_free = reverse.AT + 2 * asks[reverse.POINTS], asks[reverse.COME_AND_GO], 0
    for slot in range(asks[reverse.SLOTS]):
        own, half_hours = free[k, asks[first + 2 * slot]], asks[first + 2 * slot + 1]
        covered, touched = int(half_hours & ~own == 0), int(half_hours & own != 0)
        is_free |= touched if comes else covered
    return is_free | int(asks[reverse.SLOTS] == 0)
