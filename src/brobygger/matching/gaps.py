"""Every open need of the house, asked for at once: what is missing in the directory, never who is (MAT-08).

What comes out names nobody and leaves only through `statistics`, which counts it and withholds the few.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from brobygger.accounts.models import Membership
from brobygger.accounts.permissions import may
from brobygger.accounts.rights import Right
from brobygger.engine.fit.columns import pack
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
    themes: dict[str, Columns] = {}
    tallies: dict[Person, Tally] = {}
    worst: dict[UUID, Judged] = {}
    rows = Need.objects.filter(closed_at=None).select_related("resident__home")
    for need in rows.order_by("opened_at", "pk"):
        if need.theme not in themes:
            themes[need.theme] = _about(need.theme, packed)
        person = person_of(need, on=on)
        if person not in tallies:
            tallies[person] = tally(person, themes[need.theme])
        found = _judged(need, person, tallies[person])
        before = worst.get(need.resident_id)
        if before is None or _badness(found) < _badness(before):
            worst[need.resident_id] = found
    return Judgement(tuple(worst.values()), packed)


def _about(theme: str, packed: Columns) -> Columns:
    """The offers that are known to be about it: a house has many needs, and each asks only of these."""
    offers = packed.offers.values()
    return pack(one for one in offers if one.themes is not None and (not one.themes or theme in one.themes))


def how_many(needs: Iterable[Judged], constraint: Constraint, *, alone: bool = False) -> Counter[UUID]:
    """From how many of these residents a constraint keeps each offer; `alone`: it and nothing else."""
    found: Counter[UUID] = Counter()
    by_theme = defaultdict[str, list[Judged]](list)
    for need in needs:
        by_theme[need.theme].append(need)
    for some in by_theme.values():
        masks = np.stack([need.tally.against for need in some])
        counts = np.count_nonzero(masks == constraint if alone else masks & constraint, axis=0)
        for key, count in zip(some[0].tally.ids, counts, strict=True):
            if count and isinstance(key, UUID):
                found[key] += int(count)
    return found


def offers_in_the_way(needs: Sequence[Judged], *, least: int) -> Mapping[Constraint, tuple[UUID, ...]]:
    """For each constraint the offers it keeps from at least so many of these residents, most first."""
    return {
        constraint: tuple(
            offer for offer, count in how_many(needs, constraint).most_common() if count >= least
        )
        for constraint in Constraint
    }


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
