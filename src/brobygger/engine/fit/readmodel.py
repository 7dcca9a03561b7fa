"""The directory ready to be asked: lists for nearly all offers, columns for the few that are odd or new.

`top` gives the best fits and near misses and looks no farther than it must. `rank` also counts, and therefore
looks at every offer about the need once. Both are equal to `plain.rank`, number by number.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from types import ModuleType
from typing import TypeAlias

import numpy as np

from brobygger.engine.fit import columns as scan
from brobygger.engine.fit import nearby
from brobygger.engine.fit.constraints import Constraint
from brobygger.engine.fit.judging import NOBODY, Judged
from brobygger.engine.fit.layout import Columns
from brobygger.engine.fit.lists import Lists
from brobygger.engine.fit.plain import by_things_in_the_way, by_trouble
from brobygger.engine.fit.question import Question
from brobygger.engine.fit.ranking import Placed, Ranking
from brobygger.engine.fit.records import FLAGS, GONE
from brobygger.engine.fit.values import OfferFacts, OfferId, Person

MASKS = np.arange(nearby.MASKS)
COMPILE_FROM = 50_000  # records
CONSTRAINTS = tuple(Constraint(mask) for mask in range(1 << len(Constraint)))
Search: TypeAlias = ModuleType  # `nearby` or `compiled`
Order: TypeAlias = Callable[[Placed], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Top:
    """The best fits and near misses, each in order."""

    fits: tuple[Placed, ...]
    near: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class ReadModel:
    """`beside`: offers that are not in the lists, because they are odd or changed since those were made."""

    lists: Lists
    ids: tuple[OfferId, ...]
    offers: Mapping[OfferId, OfferFacts]
    beside: Columns
    compile_from: int = COMPILE_FROM

    @classmethod
    def of(cls, columns: Columns, *, on: date, compile_from: int = COMPILE_FROM) -> "ReadModel":
        """Built once for one day; a few microseconds an offer."""
        lists = Lists.of(columns, on=on)
        odd = [columns.offers[columns.ids[row]] for row in np.flatnonzero(lists.records.odd)]
        return cls(lists, columns.ids, columns.offers, scan.pack(odd), compile_from)

    def with_changes(self, now: Iterable[OfferFacts], *, gone: Iterable[OfferId] = ()) -> "ReadModel":
        """The same with these offers as they are now, and without those that are gone. It counts at once."""
        fresh = {offer.id: offer for offer in now}
        not_as_they_were = {*fresh, *gone}
        row_of = {self.ids[row]: row for row in range(len(self.ids)) if self.ids[row] in not_as_they_were}
        numbers = self.lists.numbers.copy()
        numbers[FLAGS, np.isin(self.lists.rows, list(row_of.values()))] |= GONE
        kept = (offer for key, offer in self.beside.offers.items() if key not in not_as_they_were)
        offers = {key: offer for key, offer in self.offers.items() if key not in not_as_they_were}
        return ReadModel(
            lists=replace(self.lists, numbers=numbers),
            ids=self.ids,
            offers={**offers, **fresh},
            beside=scan.pack(chain(kept, fresh.values())),
            compile_from=self.compile_from,
        )

    def top(self, person: Person, *, fits: int = 20, near: int = 10) -> Top:
        """The first so many of each, as `plain.rank` gives them."""
        question = Question.of(person, self.lists)
        found = self._search.top(question, self.lists, person.home, fits=fits, near=near)
        fitting, missing = (self._placed(judged) for judged in found)
        if not self.beside.ids:
            return Top(fitting, missing)
        beside = scan.rank(person, self.beside, fits=fits, near=near)
        return Top(
            _first(fits, by_trouble, fitting, beside.fits), _first(near, by_trouble, missing, beside.near)
        )

    def rank(self, person: Person, *, fits: int = 20, near: int = 10, others: int = 0) -> Ranking:
        """As `plain.rank`."""
        question = Question.of(person, self.lists)
        top = self._search.top(question, self.lists, person.home, fits=fits, near=near)
        by_mask, of_unknown = self._search.by_mask(question, self.lists)
        more = nearby.missing_more(question, self.lists, others) if others else NOBODY
        things = np.bitwise_count(MASKS)
        in_the_lists = Ranking(
            fits=self._placed(top[0]),
            near=self._placed(top[1]),
            others=self._placed(more),
            fits_in_all=int(by_mask[0]) + of_unknown,
            near_in_all=int(by_mask[things == 1].sum()),
            others_in_all=int(by_mask[things > 1].sum()),
            in_the_way={one: int(by_mask[MASKS & one != 0].sum()) for one in Constraint},
        )
        if not self.beside.ids:
            return in_the_lists
        beside = scan.rank(person, self.beside, fits=fits, near=near, others=others)
        return merged(in_the_lists, beside, fits, near, others)

    @property
    def _search(self) -> Search:
        """Loops for large directories, where numba is installed; for small ones they would not pay."""
        return compiled_search() if self.lists.numbers.shape[1] >= self.compile_from else nearby

    def _placed(self, judged: Judged) -> tuple[Placed, ...]:
        told = (part.tolist() for part in (judged.rows, judged.against, judged.ask, judged.penalty))
        return tuple(
            Placed(self.ids[row], CONSTRAINTS[against], CONSTRAINTS[ask], penalty)
            for row, against, ask, penalty in zip(*told, strict=True)
        )


@cache
def compiled_search() -> Search:
    """The loops, or the arrays where numba is not installed."""
    if find_spec("numba") is None:
        return nearby
    return import_module("brobygger.engine.fit.compiled")


def merged(one: Ranking, other: Ranking, fits: int, near: int, others: int) -> Ranking:
    """The ranking of two directories that have no offer in common."""
    return Ranking(
        fits=_first(fits, by_trouble, one.fits, other.fits),
        near=_first(near, by_trouble, one.near, other.near),
        others=_first(others, by_things_in_the_way, one.others, other.others),
        fits_in_all=one.fits_in_all + other.fits_in_all,
        near_in_all=one.near_in_all + other.near_in_all,
        others_in_all=one.others_in_all + other.others_in_all,
        in_the_way={each: count + other.in_the_way[each] for each, count in one.in_the_way.items()},
    )


def _first(count: int, order: Order, *placed: tuple[Placed, ...]) -> tuple[Placed, ...]:
    return tuple(sorted(chain.from_iterable(placed), key=order)[:count])
