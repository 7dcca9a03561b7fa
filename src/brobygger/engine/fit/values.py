"""What fit is told: one person's facts and the facts of an offer. None always means: nobody has said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias
from uuid import UUID

from brobygger.engine.quantities import Money, Point
from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _

HALF_HOURS = 48  # in a day
DAY = (1 << HALF_HOURS) - 1

OfferId: TypeAlias = UUID | int


class Gender(Term):
    """Looked at only where an offer is for one group alone."""

    WOMAN = "woman", _("kvinder")
    MAN = "man", _("mænd")
    OTHER = "other", _("andre køn")


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """The same time every week. Monday is 0; minutes since midnight, half-open.

    >>> Slot(weekday=1, from_=10 * 60, until=12 * 60)
    Slot(weekday=1, from_=600, until=720)
    """

    weekday: int
    from_: int
    until: int

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6 or not 0 <= self.from_ < self.until <= 24 * 60:
            raise ValueError(f"not a time within one day: {self}")

    @property
    def half_hours(self) -> int:
        """One bit for each half hour that is touched."""
        return _bits(self.from_ // 30, -(-self.until // 30))


@dataclass(frozen=True, slots=True)
class WeekTimes:
    """A person's free times: 7 x 48 bits, Monday's first half hour lowest."""

    bits: int = 0

    @classmethod
    def of(cls, slots: Iterable[Slot]) -> "WeekTimes":
        """Only half hours that are wholly free count.

        >>> WeekTimes.of([Slot(0, 8 * 60 + 15, 9 * 60)]) == WeekTimes.of([Slot(0, 8 * 60 + 30, 9 * 60)])
        True
        """
        bits = 0
        for slot in slots:
            bits |= _bits(-(-slot.from_ // 30), slot.until // 30) << slot.weekday * HALF_HOURS
        return cls(bits)

    def day(self, weekday: int) -> int:
        """The 48 bits of one day."""
        return self.bits >> weekday * HALF_HOURS & DAY

    def covers(self, slot: Slot) -> bool:
        return slot.half_hours & ~self.day(slot.weekday) == 0

    def touches(self, slot: Slot) -> bool:
        return slot.half_hours & self.day(slot.weekday) != 0

    def with_slot(self, slot: Slot) -> "WeekTimes":
        return WeekTimes(self.bits | slot.half_hours << slot.weekday * HALF_HOURS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What one resident has said about one need. Everything but the theme may be left out or unticked.

    `max_minutes` on foot, `max_price` per time. `languages` are ISO 639-1 codes the person manages in,
    `areas` the codes of postal district and municipality the home lies in. `wait_until` is the last day that
    is soon enough: today = cannot wait, `date.max` = as long as it takes. `today` is the day of
    asking, no fact.
    """

    today: date
    themes: frozenset[str]
    home: Point | None = None
    max_minutes: int | None = None
    times: WeekTimes | None = None
    age: int | None = None
    languages: frozenset[str] | None = None
    needs_step_free: bool | None = None
    gender: Gender | None = None
    areas: frozenset[str] | None = None
    max_price: Money | None = None
    wait_until: date | None = None

    def __post_init__(self) -> None:
        if not self.themes:
            raise ValueError("a need has at least one theme")
        if frozenset() in (self.languages, self.areas):
            raise ValueError("not said is None, not an empty set")

    def without(self, *facts: str) -> "Person":
        """The same person with these facts unticked."""
        unticked: dict[str, Any] = dict.fromkeys(facts)
        if not unticked.keys() <= FACTS:
            raise ValueError(f"not facts that can be unticked: {sorted(unticked.keys() - FACTS)}")
        return replace(self, **unticked)


# What a resident may untick. Each is None in a Person when not said.
FACTS = frozenset(Person.__dataclass_fields__) - {"today", "themes"}


@dataclass(frozen=True, slots=True)
class AgeSpan:
    """From this birthday and until that one, half-open. `AgeSpan()` is for everyone.

    >>> 17 in AgeSpan(until=18), 18 in AgeSpan(until=18)
    (True, False)
    """

    from_: int = 0
    until: int | None = None

    @property
    def is_for_everyone(self) -> bool:
        return self.from_ <= 0 and self.until is None

    def __contains__(self, age: int) -> bool:
        return self.from_ <= age and (self.until is None or age < self.until)


class PlacesKind(StrEnum):
    FREE = "free"
    OPEN_DOOR = "open_door"  # nobody is written up: just come
    TALK_FIRST = "talk_first"  # a talk decides, so there is no number to tell
    WAITING_LIST = "waiting_list"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Places:
    """Whether there is room, as last confirmed. `next_on` is the day when places are expected to open."""

    kind: PlacesKind
    free: int = 0
    next_on: date | None = None
    confirmed_on: date | None = None

    def __post_init__(self) -> None:
        if (self.kind == PlacesKind.FREE) != (self.free > 0):
            raise ValueError(f"{self.kind} with {self.free} free places")
        if self.next_on and self.kind not in {PlacesKind.WAITING_LIST, PlacesKind.FULL}:
            raise ValueError(f"{self.kind} waits for no day")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFacts:
    """What is known of one offer. None = nobody has said; empty = no restriction.

    `points` empty: nowhere to travel to (at home, by telephone, online). `slots` empty: time by agreement.
    `come_and_go`: the slots are opening hours, of which any half hour will do. `price` per time, 0 = free.
    Where a directory's silence means "no limit" (often for age, gender, area), its reader says so with an
    empty one.
    """

    id: OfferId
    themes: frozenset[str] | None = None
    points: tuple[Point, ...] | None = None
    slots: tuple[Slot, ...] | None = None
    come_and_go: bool = False
    ages: AgeSpan | None = None
    languages: frozenset[str] | None = None
    step_free: bool | None = None
    genders: frozenset[Gender] | None = None
    areas: frozenset[str] | None = None
    price: Money | None = None
    places: Places | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    paused: bool = False

    def __post_init__(self) -> None:
        if self.price and self.price.ore < 0:
            raise ValueError("a price is not negative")
        if self.opens_on and self.closes_on and self.closes_on <= self.opens_on:
            raise ValueError("an offer opens before it closes")


def _bits(first: int, until: int) -> int:
    """Bits `first` up to, but not including, `until`; none if that is empty."""
    return (1 << until) - (1 << first) if first < until else 0
