"""Whom an offer fits, for numba to compile. The twin of `reverse._whom`."""

import numpy as np

from brobygger.engine.fit import reverse
from brobygger.engine.fit.layout import Narrow, Numbers
from brobygger.engine.fit.machine import compiled


def whom(facts: Numbers, asks: Numbers, spoken: Narrow, areas: Narrow, before: int) -> Numbers:
    """The places of those whom it fits and who have none of the themes in `before`, in order."""
    found = np.empty(facts.shape[1], np.int64)
    return found[: _whom(facts, asks, spoken, areas, before, found)]


@compiled
def _whom(facts: Numbers, asks: Numbers, spoken: Narrow, areas: Narrow, before: int, found: Numbers) -> int:
    held = 0
    if asks[reverse.IS_SHUT]:
        return held
    for k in range(facts.shape[1]):
        age = facts[reverse.AGE, k]
        is_of_age = age == reverse.NOT_SAID or (asks[reverse.FROM_AGE] <= age < asks[reverse.UNTIL_AGE])
        if (
            _is_near(facts, asks, k)
            and is_of_age
            and facts[reverse.THEMES, k] & before == 0
            and facts[reverse.WAITS, k] >= asks[reverse.MUST_WAIT]
            and (len(areas) == 0 or areas[facts[reverse.AREA, k]] != 0)
            and _is_free(facts, asks, k)
            and (len(spoken) == 0 or spoken[facts[reverse.SPOKEN, k]] != 0)
            and facts[reverse.GENDERS, k] & asks[reverse.FOR_GENDERS] != 0
            and facts[reverse.PRICE, k] >= asks[reverse.COSTS]
            and (not asks[reverse.HAS_STEPS] or facts[reverse.STEPS, k] != 0)
        ):
            found[held] = facts[reverse.PLACE, k]
            held += 1
    return held


@compiled
def _is_near(facts: Numbers, asks: Numbers, k: int) -> bool:
    reach = facts[reverse.REACH, k]
    if asks[reverse.POINTS] == 0 or reach == reverse.ALWAYS:
        return True
    for place in range(asks[reverse.POINTS]):
        across = facts[reverse.EAST, k] - asks[reverse.AT + 2 * place]
        up = facts[reverse.NORTH, k] - asks[reverse.AT + 2 * place + 1]
        if across * across + up * up < (reach + 1) * (reach + 1):
            return True
    return False


@compiled
def _is_free(facts: Numbers, asks: Numbers, k: int) -> bool:
    first = reverse.AT + 2 * asks[reverse.POINTS]
    for slot in range(asks[reverse.SLOTS]):
        free = facts[reverse.FREE + asks[first + 2 * slot], k]
        half_hours = asks[first + 2 * slot + 1]
        if asks[reverse.COME_AND_GO]:
            if half_hours & free != 0:
                return True
        elif half_hours & ~free == 0:
            return True
    return bool(asks[reverse.SLOTS] == 0)
