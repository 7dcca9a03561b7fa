"""When a basis holds. Pure: lines in, answer out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from brobygger.privacy.terms import WRITTEN, ConsentAct, ConsentForm, Direction


@dataclass(frozen=True, slots=True)
class Line:
    """A ledger line as plain values, oldest first wherever several stand together."""

    recipient: UUID
    act: ConsentAct
    direction: Direction
    categories: frozenset[str]
    form: ConsentForm
    at: datetime
    valid_until: date


def valid_categories(
    lines: Sequence[Line], *, recipient: UUID, direction: Direction, on: date, written: bool = True
) -> frozenset[str]:
    """The kinds of data with a line valid that day. A later withdrawal takes away what it names.

    Every line that has not been withdrawn counts, so an oral yes after a signature takes nothing away.
    """
    return frozenset(
        category
        for category, given in _not_taken_back(lines, recipient, direction).items()
        if any(line.valid_until >= on and (not written or line.form in WRITTEN) for line in given)
    )


def can_be_taken_back(lines: Sequence[Line], *, recipient: UUID, direction: Direction) -> frozenset[str]:
    """The kinds of data a withdrawal would end: given in any form and not taken back, run out or not."""
    return frozenset(_not_taken_back(lines, recipient, direction))


def _not_taken_back(
    lines: Sequence[Line], recipient: UUID, direction: Direction
) -> Mapping[str, Sequence[Line]]:
    held: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda one: one.at):
        if line.recipient != recipient or line.direction is not direction:
            continue
        for category in line.categories:
            if line.act is ConsentAct.WITHDRAWN:
                held.pop(category, None)
            else:
                held.setdefault(category, []).append(line)
    return held
