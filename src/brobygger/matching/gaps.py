"""Every open need of the house, asked for at once: what is missing in the directory, never who is (MAT-08).

What comes out names nobody and leaves only through `statistics`, which counts it and withholds the few.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from brobygger.accounts.models import Membership
from brobygger.accounts.permissions import may
from brobygger.accounts.rights import Right
from brobygger.engine.fit.constraints import Constraint
from brobygger.engine.fit.layout import Columns
from brobygger.engine.fit.tally import Tally, tally
from brobygger.engine.fit.values import Person
from brobygger.matching.person import person_of
from brobygger.matching.terms import Standing
from brobygger.offers.reads import directory
from brobygger.residents.models import Need

A_FEW = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """The one open need of a resident that stands worst, with the facts a house may be counted by."""

    theme: str
    area: UUID | None
    language: str  # Danish if they manage in it, else the first of theirs; empty where nobody has asked
    gender: str
    age: int | None
    standing: Standing
    tally: Tally


@dataclass(frozen=True, slots=True)
class Judgement:
    """The open needs of a house against one directory."""

    needs: tuple[Judged, ...]
    packed: Columns


def judged(viewer: Membership, *, on: date) -> Judgement:
    """One entry per resident with an open need. Two queries, five after a change of the directory.

    PermissionError for those who may not see numbers: a page asks before, and this is the last word.
    """
    if not may(viewer, Right.SEE_NUMBERS):
        raise PermissionError("numbers are for leaders")
    return judged_needs(on=on)


def judged_needs(*, on: date) -> Judgement:
    """The same for the house whose scope is open, for whoever counts without looking."""
    packed = directory(on)
    tallies: dict[Person, Tally] = {}
    worst: dict[UUID, Judged] = {}
    for need in (
        Need.objects.filter(closed_at=None).select_related("resident__home").order_by("opened_at", "pk")
    ):
        person = person_of(need, on=on)
        if person not in tallies:
            tallies[person] = tally(person, packed)
        found = _judged(need, person, tallies[person])
        before = worst.get(need.resident_id)
        if before is None or _badness(found) < _badness(before):
            worst[need.resident_id] = found
    return Judgement(tuple(worst.values()), packed)


def offers_in_the_way(
    needs: Iterable[Judged], packed: Columns, *, least: int
) -> Mapping[Constraint, tuple[UUID, ...]]:
    """For each constraint the offers it keeps from at least so many of these residents, most first."""
    blocked = np.zeros((len(Constraint), len(packed.ids)), np.int64)
    for need in needs:
        for row, constraint in enumerate(Constraint):
            blocked[row] += need.tally.against & constraint != 0
    return {
        constraint: tuple(_most_first(blocked[row], packed, least))
        for row, constraint in enumerate(Constraint)
    }


def _most_first(
    counts: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]", packed: Columns, least: int
) -> Iterator[UUID]:
    for row in np.argsort(-counts, kind="stable"):
        if counts[row] < least:
            return
        key = packed.ids[row]
        if isinstance(key, UUID):
            yield key


def _judged(need: Need, person: Person, found: Tally) -> Judged:
    resident = need.resident
    languages = sorted(person.languages or ())
    return Judged(
        theme=need.theme,
        area=resident.home_id,
        language="da" if "da" in languages else next(iter(languages), ""),
        gender=resident.gender,
        age=person.age,
        standing=standing_of(found),
        tally=found,
    )


def standing_of(found: Tally) -> Standing:
    if found.sure:
        return Standing.FEW if found.sure < A_FEW else Standing.MORE
    return Standing.ASK if found.asked else Standing.NONE


def _badness(need: Judged) -> int:
    return list(Standing).index(need.standing)
