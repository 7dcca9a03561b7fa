"""How the offers lie in memory for `columns`: one array per field, list fields end to end.

A field that may hold several values (themes, points, slots) is one long array, in which `owner` tells whose
each value is. `known` is False where nobody has said; `limited` is True where something is listed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from brobygger.engine.fit.values import AgeSpan, OfferFacts, OfferId, Places, PlacesKind, Slot, WeekTimes
from brobygger.engine.quantities import FARTHEST, Point

Flags: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int64]
Narrow: TypeAlias = NDArray[np.int32]

NO_DAY = 0  # before every date
LAST_DAY = date.max.toordinal() + 1
NO_LIMIT = 1 << 30
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Codes:
    """A set of codes per offer."""

    known: Flags
    limited: Flags
    owner: Numbers
    rows: Numbers
    number_of: Mapping[str, int]

    @classmethod
    def of(cls, sets: Sequence[Collection[str] | None]) -> "Codes":
        number_of = {code: n for n, code in enumerate(sorted({code for some in sets for code in some or ()}))}
        rows = numbers(number_of[code] for some in sets for code in some or ())
        return cls(*_said(sets), _owner(sets), rows, number_of)

    def meet(self, wanted: Collection[str]) -> Flags:
        """Which offers list at least one of the wanted codes."""
        is_wanted = np.zeros(len(self.number_of), bool)
        is_wanted[[self.number_of[code] for code in wanted if code in self.number_of]] = True
        return _owners(self.owner, is_wanted[self.rows], of=self.known)


@dataclass(frozen=True, slots=True)
class Points:
    known: Flags
    limited: Flags
    owner: Numbers
    east: Numbers
    north: Numbers

    @classmethod
    def of(cls, fields: Sequence[tuple[Point, ...] | None]) -> "Points":
        east = numbers(point.east for points in fields for point in points or ())
        north = numbers(point.north for points in fields for point in points or ())
        return cls(*_said(fields), _owner(fields), east, north)

    def metres_from(self, home: Point) -> Numbers:
        """To the nearest point of each offer, rounded down; meaningless where not `limited`."""
        squared = (self.east - home.east) ** 2 + (self.north - home.north) ** 2
        nearest = np.full(len(self.known), 8 * FARTHEST**2)  # from one corner of the grid to the other
        np.minimum.at(nearest, self.owner, squared)
        metres: Numbers = np.sqrt(nearest).astype(np.int64)
        return metres


@dataclass(frozen=True, slots=True)
class Slots:
    known: Flags
    limited: Flags
    come_and_go: Flags
    owner: Numbers
    weekday: Numbers
    half_hours: Numbers

    @classmethod
    def of(cls, fields: Sequence[tuple[Slot, ...] | None], come_and_go: Iterable[bool]) -> "Slots":
        weekday = numbers(slot.weekday for slots in fields for slot in slots or ())
        half_hours = numbers(slot.half_hours for slots in fields for slot in slots or ())
        return cls(*_said(fields), flags(come_and_go), _owner(fields), weekday, half_hours)

    def suit(self, times: WeekTimes) -> Flags:
        """Which offers have a slot wholly in the free times; where one may come and go, touching will do."""
        free = numbers(times.day(weekday) for weekday in range(7))[self.weekday]
        covered, touched = self.half_hours & ~free == 0, self.half_hours & free != 0
        suits = np.where(self.come_and_go[self.owner], touched, covered)
        return _owners(self.owner, suits, of=self.known)


@dataclass(frozen=True, slots=True)
class Ages:
    known: Flags
    limited: Flags
    from_: Numbers
    until: Numbers

    @classmethod
    def of(cls, spans: Sequence[AgeSpan | None]) -> "Ages":
        known = flags(span is not None for span in spans)
        filled = [span or AgeSpan() for span in spans]
        limited = flags(not span.is_for_everyone for span in filled)
        until = numbers(NO_LIMIT if span.until is None else span.until for span in filled)
        return cls(known, limited, numbers(span.from_ for span in filled), until)


@dataclass(frozen=True, slots=True)
class Room:
    """Places: whether there is room."""

    known: Flags
    needs_none: Flags  # an open door, or a talk first
    is_list: Flags
    is_full: Flags
    next_on: Numbers
    confirmed_on: Numbers

    @classmethod
    def of(cls, fields: Sequence[Places | None]) -> "Room":
        def kind(*kinds: PlacesKind) -> Flags:
            return flags(places is not None and places.kind in kinds for places in fields)

        return cls(
            known=flags(places is not None for places in fields),
            needs_none=kind(PlacesKind.OPEN_DOOR, PlacesKind.TALK_FIRST),
            is_list=kind(PlacesKind.WAITING_LIST),
            is_full=kind(PlacesKind.FULL),
            next_on=days((places.next_on if places else None for places in fields), NO_DAY),
            confirmed_on=days((places.confirmed_on if places else None for places in fields), NO_DAY),
        )


@dataclass(frozen=True, slots=True)
class Columns:
    """Offers by id, field by field. `offers` keeps the facts themselves, for the reasons."""

    ids: tuple[OfferId, ...]
    offers: Mapping[OfferId, OfferFacts]
    themes: Codes
    points: Points
    slots: Slots
    ages: Ages
    languages: Codes
    step_free: Numbers
    genders: Codes
    areas: Codes
    price: Numbers
    room: Room
    opens_on: Numbers
    closes_on: Numbers
    paused: Flags

    @classmethod
    def of(cls, offers: Sequence[OfferFacts]) -> "Columns":
        """Lay out offers that are already in order."""
        return cls(
            ids=tuple(offer.id for offer in offers),
            offers={offer.id: offer for offer in offers},
            themes=Codes.of([offer.themes for offer in offers]),
            points=Points.of([offer.points for offer in offers]),
            slots=Slots.of([offer.slots for offer in offers], (offer.come_and_go for offer in offers)),
            ages=Ages.of([offer.ages for offer in offers]),
            languages=Codes.of([offer.languages for offer in offers]),
            step_free=numbers(UNKNOWN if offer.step_free is None else offer.step_free for offer in offers),
            genders=Codes.of([offer.genders for offer in offers]),
            areas=Codes.of([offer.areas for offer in offers]),
            price=numbers(UNKNOWN if offer.price is None else offer.price.ore for offer in offers),
            room=Room.of([offer.places for offer in offers]),
            opens_on=days((offer.opens_on for offer in offers), NO_DAY),
            closes_on=days((offer.closes_on for offer in offers), LAST_DAY),
            paused=flags(offer.paused for offer in offers),
        )


def flags(values: Iterable[bool]) -> Flags:
    return np.fromiter(values, bool)


def numbers(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, np.int64)


def days(values: Iterable[date | None], not_said: int) -> Numbers:
    return numbers(not_said if day is None else day.toordinal() for day in values)


def _said(fields: Sequence[Collection[object] | None]) -> tuple[Flags, Flags]:
    """`known` and `limited`."""
    return flags(field is not None for field in fields), flags(bool(field) for field in fields)


def _owner(fields: Sequence[Collection[object] | None]) -> Numbers:
    """For each value of a list field, end to end, the offer it belongs to."""
    return numbers(row for row, field in enumerate(fields) for _ in field or ())


def _owners(owner: Numbers, chosen: Flags, *, of: Flags) -> Flags:
    """Which offers own at least one of the chosen values."""
    found = np.zeros_like(of)
    found[owner[chosen]] = True
    return found
