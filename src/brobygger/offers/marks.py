"""What we know of the directory and HSDS has no column for, carried as attributes of a taxonomy of our own.

One table for both ways, so that what is given out is what is taken in. Pure.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from brobygger.engine.words import Term
from brobygger.offers.terms import CapacityKind, OnlyFor, QueueKind, Theme
from brobygger.partners.terms import OrganisationKind

MOST_PLACES = 32_767
TAXONOMY = "brobygger"
ABOUT = "Facts of a Brobygger directory that HSDS 3.1 has no column for."


@dataclass(frozen=True, slots=True)
class Mark:
    """One field of one kind of record. `written` gives the attribute's values, none for the usual one;
    `read` takes them back. `counts_places`: our own count may be newer than the package's."""

    entity: str
    field: str
    usual: Any
    written: Callable[[Any], list[str]]
    read: Callable[[list[str]], Any]
    counts_places: bool = False

    @property
    def term(self) -> str:
        return f"{TAXONOMY}:{self.entity}:{self.field}"

    def told(self, record: Any) -> list[str]:
        value = getattr(record, self.field)
        return [] if value == self.usual else self.written(value)

    def heard(self, values: list[str]) -> Any:
        """The value of the field. Raises ValueError where the package says what cannot be."""
        return self.read(values) if values else self.usual


def _licence(entity: str) -> Mark:
    return Mark(entity, "licence", "", lambda value: [value], lambda told: told[0][:200])


def _line(field: str, most: int) -> Mark:
    return Mark("service", field, "", lambda value: [value], lambda told: told[0][:most])


def _term(entity: str, field: str, words: type[Term], usual: Term, *, counts_places: bool = False) -> Mark:
    return Mark(entity, field, usual, lambda value: [str(value)], lambda told: words(told[0]), counts_places)


def _number(field: str, most: int, usual: int | None = None, *, counts_places: bool = False) -> Mark:
    def read(told: list[str]) -> int:
        if not 0 <= int(told[0]) <= most:
            raise ValueError(told[0])
        return int(told[0])

    return Mark("service", field, usual, lambda value: [str(value)], read, counts_places)


def _day(entity: str, field: str, *, counts_places: bool = False) -> Mark:
    return Mark(
        entity,
        field,
        None,
        lambda value: [value.isoformat()],
        lambda told: date.fromisoformat(told[0]),
        counts_places,
    )


def _flag(entity: str, field: str, *, usual: bool | None = False) -> Mark:
    def read(told: list[str]) -> bool:
        if told[0] not in {"true", "false"}:
            raise ValueError(told[0])
        return told[0] == "true"

    return Mark(entity, field, usual, lambda value: [str(value).lower()], read)


MARKS = (
    _term("organization", "kind", OrganisationKind, OrganisationKind.OTHER),
    _licence("organization"),
    _flag("organization", "is_authority"),
    _flag("organization", "is_fictional"),
    _day("organization", "since"),
    _day("organization", "until"),
    _flag("location", "is_step_free", usual=None),
    _flag("location", "is_protected"),
    Mark("service", "themes", [], list, lambda told: [Theme(one).value for one in told]),
    _term("service", "only_for", OnlyFor, OnlyFor.EVERYONE),
    _licence("service"),
    _number("price", 2_000_000_000),
    _flag("service", "by_arrangement"),
    _term("service", "capacity_kind", CapacityKind, CapacityKind.UNKNOWN, counts_places=True),
    _number("places_total", MOST_PLACES, counts_places=True),
    _number("places_taken", MOST_PLACES, 0, counts_places=True),
    _day("service", "capacity_confirmed_on", counts_places=True),
    _day("service", "next_places_on"),
    _term("service", "queue", QueueKind, QueueKind.NONE),
    _line("queue_rule", 200),
    _day("service", "opens_on"),
    _day("service", "closes_on"),
    _flag("service", "is_fictional"),
)
CLOSED = f"{TAXONOMY}:schedule:closed"


def marks_of(entity: str) -> tuple[Mark, ...]:
    return tuple(mark for mark in MARKS if mark.entity == entity)


def attributes(entity: str, record: Any) -> Iterator[tuple[str, str]]:
    """(term, value) of everything unusual about one record."""
    for mark in marks_of(entity):
        for value in mark.told(record):
            yield mark.term, value


def terms() -> Iterator[tuple[str, str]]:
    """(term, name) of the whole taxonomy."""
    for mark in MARKS:
        yield mark.term, mark.field.replace("_", " ")
    yield CLOSED, "closed that day"
