"""What `nearby` answers, asked of the compiled `searches`. The first answer takes a moment."""

from dataclasses import dataclass

import numpy as np

from brobygger.engine.fit import nearby, searches
from brobygger.engine.fit.judging import Judged
from brobygger.engine.fit.layout import Numbers
from brobygger.engine.fit.lists import Lists
from brobygger.engine.fit.question import REACH, Question
from brobygger.engine.fit.records import ALL
from brobygger.engine.quantities import Point


@dataclass(frozen=True, slots=True)
class Searched:
    """The lists, and how many records were judged for them: `judged` together and `weighed` one by one."""

    fits: Judged
    near: Judged
    judged: int
    weighed: int


def top(
    question: Question, lists: Lists, home: Point | None, *, fits: int, near: int
) -> tuple[Judged, Judged]:
    """As `nearby.top`."""
    if question.numbers[REACH] > searches.FARTHEST_REACH:
        return nearby.top(question, lists, home, fits=fits, near=near)
    found = searched(question, lists, fits=fits, near=near)
    return found.fits, found.near


def searched(question: Question, lists: Lists, *, fits: int, near: int) -> Searched:
    """Of a person who does not go farther than `searches.FARTHEST_REACH`."""
    best, held = np.empty((8, max(fits, near)), np.int64), np.array([0, 0, fits, near, 0, 0], np.int64)
    judged, picked = np.empty(searches.BLOCK, np.int32), np.empty((ALL, searches.BLOCK_PICKED), np.int32)
    asked, places = question.flat(lists), (lists.place_start, lists.places)
    searches.search(lists.numbers, lists.start, *places, _map(lists), asked, best, held, judged, picked)
    fitting, missing, *_, together, one_by_one = held.tolist()
    return Searched(_judged(best[:4, :fitting]), _judged(best[4:, :missing]), together, one_by_one)


def by_mask(question: Question, lists: Lists) -> tuple[Numbers, int]:
    """As `nearby.by_mask`."""
    if question.numbers[REACH] > searches.FARTHEST_REACH:
        return nearby.by_mask(question, lists)
    counted, judged = np.zeros(nearby.MASKS, np.int64), np.empty(searches.BLOCK, np.int32)
    all_of_each = (lists.place_start, lists.places, lists.theme_start, lists.themes)
    asked, squares = question.flat(lists), lists.map.squares
    of_unknown = searches.count(lists.numbers, lists.start, *all_of_each, squares, asked, judged, counted)
    return counted, int(of_unknown)


def _map(lists: Lists) -> Numbers:
    map_ = lists.map
    return np.array((map_.west, map_.south, map_.wide, map_.high, map_.side), np.int64)


def _judged(best: Numbers) -> Judged:
    penalty, rows, ask, against = best
    return Judged(rows, against, ask, penalty)
