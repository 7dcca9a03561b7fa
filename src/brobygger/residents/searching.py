"""Finding a person by what one remembers: a piece of the name, spelled somehow, or some digits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rapidfuzz import fuzz

from brobygger.residents.rules import digits, folded

NEARLY = 75
DIGITS_THAT_TELL = 4


@dataclass(frozen=True, slots=True)
class Known:
    """What a search may look at, and what the list may be sorted by: name and last contact, nothing else."""

    resident_id: UUID
    name: str
    reach_at: str
    last_contact_on: date | None


def found(people: Sequence[Known], search: str) -> list[Known]:
    """Those whose name or number contains what is searched for; if nobody does, those who nearly do.

    >>> inger = Known(UUID(int=1), "Inger Sørensen", "+45 12 34 56 78", None)
    >>> [bool(found([inger], text)) for text in ("soeren", "345678", "Ingr Sørnsen", "Amir")]
    [True, True, True, False]
    """
    wanted = folded(search)
    if not wanted:
        return list(people)
    return [one for one in people if _contains(one, wanted)] or [
        one for one in people if _nearly(one, wanted)
    ]


def _contains(one: Known, wanted: str) -> bool:
    number = digits(wanted)
    is_number = len(number) >= DIGITS_THAT_TELL and number in digits(one.reach_at)
    return is_number or all(piece in folded(one.name) for piece in wanted.split())


def _nearly(one: Known, wanted: str) -> bool:
    """Every word of the search is nearly some word of the name, so that a first name alone is enough."""
    words = folded(one.name).split()
    return all(max(fuzz.ratio(piece, word) for word in words) >= NEARLY for piece in wanted.split())
