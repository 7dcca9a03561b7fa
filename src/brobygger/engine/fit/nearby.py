"""The answer from the lists, in plain NumPy: the top of both lists, and how many there are in all."""

from collections.abc import Iterable, Iterator

import numpy as np

from brobygger.engine.fit.constraints import Constraint, minutes_on_foot
from brobygger.engine.fit.judging import NOBODY, Judged, judge
from brobygger.engine.fit.layout import Numbers
from brobygger.engine.fit.lists import Lists
from brobygger.engine.fit.question import NO_REACH, REACH, Question
from brobygger.engine.fit.windows import NOTHING_BEYOND, widening
from brobygger.engine.quantities import Point

MASKS = 1 << len(Constraint)
RADII = (1, *(4**step for step in range(1, 15)))  # the last reaches round the earth


def top(
    question: Question, lists: Lists, home: Point | None, *, fits: int, near: int
) -> tuple[Judged, Judged]:
    """The first so many fits and near misses, in order, of those that the lists hold."""
    fitting, missing = NOBODY, NOBODY
    for runs, beyond in _looked_at(lists, home):
        judged = _judged(question, lists, runs)
        fitting = fitting.and_(judged.those(judged.against == 0)).best(fits)
        missing = missing.and_(judged.those(_misses_one(judged))).best(near)
        if _is_enough(fitting, fits, beyond, reach=int(question.numbers[REACH])) and _is_enough(
            missing, near, beyond, reach=NO_REACH
        ):
            break
    return fitting, missing


def by_mask(question: Question, lists: Lists) -> tuple[Numbers, int]:
    """How many offers about the need have just this against them, and how many fit of unknown needs."""
    judged = everything(question, lists)
    is_unknown = judged.ask & Constraint.NEED != 0
    counted = np.bincount(judged.against[~is_unknown], minlength=MASKS)
    return counted, int(np.count_nonzero(is_unknown & (judged.against == 0)))


def missing_more(question: Question, lists: Lists, count: int) -> Judged:
    """The first so many with two or more things in the way, fewest things first."""
    judged = everything(question, lists)
    about_the_need = judged.ask & Constraint.NEED == 0
    return judged.those(about_the_need & (np.bitwise_count(judged.against) > 1)).fewest_things(count)


def everything(question: Question, lists: Lists) -> Judged:
    """Every offer about the need, or of which nobody knows, once."""
    return _judged(question, lists, [(0, lists.map.squares)]).once()


def _looked_at(lists: Lists, home: Point | None) -> Iterator[tuple[list[tuple[int, int]], int]]:
    """Runs of squares, and how far away everything later is. Nowhere comes first; it may hold anything."""
    squares = lists.map.squares
    if home is None:
        yield [(0, squares)], NOTHING_BEYOND
        return
    first = [(squares - 1, squares)]
    for runs, beyond in widening(home, lists.map, RADII):
        yield [*first, *runs], beyond
        first = []


def _judged(question: Question, lists: Lists, runs: Iterable[tuple[int, int]]) -> Judged:
    """What lies in these squares, in all lists that the question is about."""
    asked = _records(lists, question.lists.tolist(), runs)
    unknown = _records(lists, [lists.need_unknown], runs)
    judged = judge(question, lists, asked, need_unknown=False)
    return judged.and_(judge(question, lists, unknown, need_unknown=True)) if len(unknown) else judged


def _records(lists: Lists, which: Iterable[int], runs: Iterable[tuple[int, int]]) -> Numbers:
    start, squares = lists.start, lists.map.squares
    spans = [
        (start[one * squares + left], start[one * squares + right]) for one in which for left, right in runs
    ]
    found = [np.arange(begin, end) for begin, end in spans if begin < end]
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def _misses_one(judged: Judged) -> Numbers:
    about_the_need = judged.ask & Constraint.NEED == 0
    return np.flatnonzero(about_the_need & (np.bitwise_count(judged.against) == 1))


def _is_enough(best: Judged, wanted: int, beyond: int, *, reach: int) -> bool:
    """Whether nothing that lies beyond can come on the list."""
    if wanted == 0 or beyond == NOTHING_BEYOND or (reach != NO_REACH and beyond > reach):
        return True
    return len(best.rows) == wanted and int(best.penalty[-1]) < minutes_on_foot(beyond)
