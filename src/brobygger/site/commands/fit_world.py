"""An invented country to measure fit on: so many offers and persons, the same for the same seed.

Ninety-eight towns on Denmark's grid, ten postal districts each. What offers tell and leave out follows what
directories tell and leave out (`docs/benchmarks/fit.md` gives the shares). Nobody in it exists.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

import numpy as np

from brobygger.engine.fit.layout import (
    LAST_DAY,
    NO_DAY,
    NO_LIMIT,
    Ages,
    Codes,
    Columns,
    Flags,
    Numbers,
    Points,
    Room,
    Slots,
)
from brobygger.engine.fit.values import (
    HALF_HOURS,
    AgeSpan,
    Gender,
    OfferFacts,
    OfferId,
    Person,
    Places,
    PlacesKind,
    Slot,
    WeekTimes,
)
from brobygger.engine.quantities import Money, Point
from brobygger.offers.rules import PARTS
from brobygger.offers.terms import Theme

T = TypeVar("T")
TODAY = date(2026, 11, 24)
TOWNS, DISTRICTS = 98, 10
WEST, EAST, SOUTH, NORTH = 441_000, 892_000, 6_049_000, 6_402_000
SPREAD = 4_000  # metres round the middle of a town
THEMES = [theme.value for theme in Theme]
LANGUAGES = ["da", "en", "ar", *(f"q{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")]
AREAS = [str(1_000 + 9 * number) for number in range(TOWNS * DISTRICTS)]
KINDS = (
    PlacesKind.FREE,
    PlacesKind.OPEN_DOOR,
    PlacesKind.TALK_FIRST,
    PlacesKind.WAITING_LIST,
    PlacesKind.FULL,
)


@dataclass(frozen=True, slots=True)
class Towns:
    east: Numbers
    north: Numbers
    share: Numbers

    @classmethod
    def invented(cls) -> "Towns":
        chance = np.random.default_rng(99)
        share = chance.pareto(1.1, TOWNS) + 0.2
        east, north = chance.integers(WEST, EAST, TOWNS), chance.integers(SOUTH, NORTH, TOWNS)
        return cls(east, north, share / share.sum())

    def homes(self, chance: np.random.Generator, count: int) -> tuple[Numbers, Numbers, Numbers]:
        """Town, east and north of so many."""
        town = chance.choice(TOWNS, count, p=self.share)
        east, north = (
            (axis[town] + chance.normal(0, SPREAD, count)).astype(np.int64)
            for axis in (self.east, self.north)
        )
        return town, east, north


@dataclass(frozen=True)
class Rebuilt(Mapping[OfferId, OfferFacts]):
    """The facts of an offer as they lie in the columns, made when asked for: a million would fill memory."""

    parts: dict[str, object]

    @cached_property
    def columns(self) -> Columns:
        return Columns(**{**self.parts, "offers": self})  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self.columns.ids)

    def __iter__(self) -> Iterator[OfferId]:
        return iter(self.columns.ids)

    def __getitem__(self, key: OfferId) -> OfferFacts:
        """The id of a generated offer is its row."""
        columns, row = self.columns, int(key)
        ages, age = columns.ages, AgeSpan(int(columns.ages.from_[row]), _limit(columns.ages.until[row]))
        return OfferFacts(
            id=key,
            themes=_codes(columns.themes, row),
            points=self._points(row),
            slots=self._slots(row),
            come_and_go=bool(columns.slots.come_and_go[row]),
            ages=age if ages.known[row] else None,
            languages=_codes(columns.languages, row),
            step_free=None if columns.step_free[row] < 0 else bool(columns.step_free[row]),
            genders=_genders(_codes(columns.genders, row)),
            areas=_codes(columns.areas, row),
            price=None if columns.price[row] < 0 else Money(int(columns.price[row])),
            places=self._places(row),
            opens_on=_day(columns.opens_on[row], NO_DAY),
            closes_on=_day(columns.closes_on[row], LAST_DAY),
            paused=bool(columns.paused[row]),
        )

    def _points(self, row: int) -> tuple[Point, ...] | None:
        points = self.columns.points
        of = _span(points.owner, row)
        told = zip(points.east[of].tolist(), points.north[of].tolist(), strict=True)
        return tuple(Point(*place) for place in told) if points.known[row] else None

    def _slots(self, row: int) -> tuple[Slot, ...] | None:
        slots = self.columns.slots
        of = _span(slots.owner, row)
        told = zip(slots.weekday[of].tolist(), slots.half_hours[of].tolist(), strict=True)
        return tuple(_slot(day, bits) for day, bits in told) if slots.known[row] else None

    def _places(self, row: int) -> Places | None:
        room = self.columns.room
        if not room.known[row]:
            return None
        if room.needs_none[row]:
            return Places(PlacesKind.OPEN_DOOR)
        confirmed_on = _day(room.confirmed_on[row], NO_DAY)
        if room.is_list[row] or room.is_full[row]:
            kind = PlacesKind.WAITING_LIST if room.is_list[row] else PlacesKind.FULL
            return Places(kind, next_on=_day(room.next_on[row], NO_DAY), confirmed_on=confirmed_on)
        return Places(PlacesKind.FREE, free=6, confirmed_on=confirmed_on)


def offers(count: int, *, seed: int = 1) -> Columns:
    """So many offers, packed as `columns.pack` would; ids are 0, 1, 2 …"""
    chance, towns = np.random.default_rng(seed), Towns.invented()
    town, east, north = towns.homes(chance, count)
    points, seasons = _placed(chance, east, north), chance.random(count)
    return Rebuilt(
        {
            "ids": tuple(range(count)),
            "themes": _themes(chance, count),
            "points": points,
            "slots": _held(chance, count),
            "ages": _aged(chance, count),
            "languages": _spoken(chance, count),
            "step_free": chance.choice([-1, 0, 1], count, p=[0.25, 0.2, 0.55]),
            "genders": _for_some(chance, count),
            "areas": _for_districts(chance, town, ~points.limited),
            "price": _priced(chance, count),
            "room": _roomy(chance, count),
            "opens_on": np.where(seasons < 0.03, _later(chance, count), NO_DAY),
            "closes_on": np.where(seasons > 0.97, _later(chance, count) - 60, LAST_DAY),
            "paused": chance.random(count) < 0.02,
        }
    ).columns


def persons(count: int, *, seed: int = 2) -> list[Person]:
    """So many persons; each tells some of what there is to tell."""
    chance = np.random.default_rng(seed)
    town, east, north = Towns.invented().homes(chance, count)
    themes = np.minimum(
        np.searchsorted(np.cumsum(_zipf(len(THEMES))), chance.random((count, 2))), len(THEMES) - 1
    )
    drawn = (iter(some) for some in chance.random((count, 40 + len(LANGUAGES))).tolist())
    homes = zip(town.tolist(), east.tolist(), north.tolist(), themes.tolist(), drawn, strict=True)
    return [_person(draw, *told) for *told, draw in homes]


def _person(draw: Iterator[float], town: int, east: int, north: int, themes: list[int]) -> Person:
    """`draw` gives numbers between 0 and 1, enough of them."""

    def maybe(share: float) -> bool:
        return next(draw) < share

    def one_of(some: Sequence[T]) -> T:
        return some[int(next(draw) * len(some))]

    spoken = [code for code in LANGUAGES[1:] if maybe(0.08)] + (["da"] if maybe(0.6) else [])
    times = WeekTimes.of(Slot(day, *part) for day in range(7) for part in PARTS.values() if maybe(0.4))
    has_home, district = maybe(0.9), AREAS[town * DISTRICTS + int(next(draw) * DISTRICTS)]
    return Person(
        today=TODAY,
        themes=frozenset(THEMES[theme] for theme in themes[: 1 + maybe(0.15)]),
        home=Point(east, north) if has_home else None,
        max_minutes=one_of([10, 20, 30, 60, 120]) if maybe(0.7) else None,
        times=times if maybe(0.7) else None,
        age=one_of(range(3, 92)) if maybe(0.8) else None,
        languages=frozenset(spoken or ["da"]) if maybe(0.7) else None,
        needs_step_free=one_of([True] * 3 + [False] * 7 + [None] * 10),
        gender=one_of([Gender.WOMAN, Gender.MAN]) if maybe(0.5) else None,
        areas=frozenset({district}) if has_home else None,
        max_price=Money.kroner(one_of([0, 50, 100])) if maybe(0.6) else None,
        wait_until=TODAY + timedelta(one_of([0, 21, 90])) if maybe(0.5) else None,
    )


def _zipf(count: int) -> Numbers:
    share = 1 / np.arange(1, count + 1) ** 0.8
    return share / share.sum()  # type: ignore[no-any-return]


def _themes(chance: np.random.Generator, count: int) -> Codes:
    known, many = chance.random(count) >= 0.02, chance.integers(1, 4, count)
    many[chance.random(count) < 0.01] = 0
    picked = np.argsort(chance.random((count, len(THEMES))) ** (1 / _zipf(len(THEMES))), axis=1)[:, ::-1]
    return _coded(picked[:, :3], known, many, THEMES)


def _placed(chance: np.random.Generator, east: Numbers, north: Numbers) -> Points:
    """One place for most, two or three for a few; some are nowhere, and of some it is not known."""
    count = len(east)
    many = chance.choice([0, 1, 2, 3], count, p=[0.09, 0.85, 0.04, 0.02])
    known = (many > 0) | (chance.random(count) < 2 / 3)
    owner = np.repeat(np.arange(count), many)
    moved = np.concatenate([[0], np.diff(owner)]) == 0
    away = (np.where(moved, chance.integers(-9_000, 9_000, len(owner)), 0) for _ in range(2))
    return Points(known, many > 0, owner, east[owner] + next(away), north[owner] + next(away))


def _held(chance: np.random.Generator, count: int) -> Slots:
    """By agreement, some days at some time, or opening hours: the same on weekdays, or shorter on some."""
    said = chance.random(count)
    how = np.where(said < 0.35, 0, chance.choice([1, 2, 3, 4, 5], count, p=[0.4, 0.15, 0.3, 0.1, 0.05]))
    begins = np.where(how < 3, chance.integers(16, 42, count), chance.choice([16, 18, 20], count))
    length = np.where(how < 3, chance.integers(2, 7, count), chance.choice([10, 12, 14], count))
    first, shorter = chance.integers(0, 7, count), chance.choice([2, 4, 6], count)
    parts = [_on(how > 0, np.where(how < 3, first, 0), begins, length)]
    parts += [_on(how == 2, (first + 2) % 7, begins, length)]
    parts += [_on(how >= 3, np.full(count, day), begins, length) for day in (1, 2, 3)]
    parts += [_on(how == 3, np.full(count, 4), begins, length)]
    parts += [_on(how >= 4, np.full(count, 4), begins, length - shorter)]
    parts += [_on(how == 5, np.full(count, 5), begins + 2, shorter)]
    owner, weekday, bits = (np.concatenate(some) for some in zip(*parts, strict=True))
    order = np.lexsort((weekday, owner))
    come_and_go = (how >= 3) | (chance.random(count) < 0.1)
    return Slots(said >= 0.2, how > 0, come_and_go, owner[order], weekday[order], bits[order])


def _on(who: Flags, weekday: Numbers, begins: Numbers, length: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Whose, on which day, and the half hours."""
    bits = (1 << np.minimum(begins + length, HALF_HOURS)) - (1 << begins)
    owner = np.flatnonzero(who)
    return owner, weekday[owner], bits[owner]


def _aged(chance: np.random.Generator, count: int) -> Ages:
    said = chance.random(count)
    from_ = np.where(said < 0.55, 0, chance.choice([0, 6, 13, 15, 18, 25, 50, 60, 65], count))
    until = np.where(
        (said < 0.55) | (chance.random(count) < 0.5), NO_LIMIT, from_ + chance.choice([6, 12, 20, 40], count)
    )
    return Ages(said >= 0.15, (from_ > 0) | (until < NO_LIMIT), from_, until)


def _spoken(chance: np.random.Generator, count: int) -> Codes:
    said = chance.random(count)
    share = np.concatenate([[0.9, 0.5], 0.25 / np.arange(2, len(LANGUAGES))])
    speaks = (chance.random((count, len(LANGUAGES))) < share) & (said >= 0.4)[:, None]
    owner, rows = np.nonzero(speaks)
    limited: Flags = np.any(speaks, axis=1)
    return Codes(limited | (said < 0.1), limited, owner, rows, _numbered(LANGUAGES))


def _for_some(chance: np.random.Generator, count: int) -> Codes:
    who = chance.choice([-1, 0, 1, 2], count, p=[0.02, 0.88, 0.07, 0.03])
    owner = np.flatnonzero(who > 0)
    return Codes(who >= 0, who > 0, owner, who[owner] - 1, _numbered([Gender.WOMAN, Gender.MAN]))


def _for_districts(chance: np.random.Generator, town: Numbers, comes_home: Flags) -> Codes:
    """For everybody, for a town, or for one district of it. Who comes home to people keeps to a town."""
    count = len(town)
    said = chance.choice([-1, 0, 1, DISTRICTS], count, p=[0.15, 0.45, 0.2, 0.2])
    said = np.where(comes_home & (chance.random(count) < 0.9), DISTRICTS, said)
    many = np.maximum(said, 0)
    owner = np.repeat(np.arange(count), many)
    nth = np.arange(len(owner)) - np.repeat(np.cumsum(many) - many, many)
    one = np.where(said == 1, chance.integers(0, DISTRICTS, count), 0)
    return Codes(said >= 0, many > 0, owner, town[owner] * DISTRICTS + one[owner] + nth, _numbered(AREAS))


def _priced(chance: np.random.Generator, count: int) -> Numbers:
    price = chance.integers(1, 20, count) * 2_500
    return np.where(chance.random(count) < 0.6, 0, np.where(chance.random(count) < 0.5, -1, price))


def _roomy(chance: np.random.Generator, count: int) -> Room:
    kind = chance.choice(6, count, p=[0.3, 0.2, 0.15, 0.1, 0.15, 0.1])  # 0: nobody has said
    is_list, is_full = (
        kind == 1 + KINDS.index(PlacesKind.WAITING_LIST),
        kind == 1 + KINDS.index(PlacesKind.FULL),
    )
    needs_none = (kind == 2) | (kind == 3)
    counted = (kind > 0) & ~needs_none
    confirmed = TODAY.toordinal() - chance.integers(0, 45, count)
    expects = (is_list | is_full) & (chance.random(count) < 0.3)
    return Room(
        known=kind > 0,
        needs_none=needs_none,
        is_list=is_list,
        is_full=is_full,
        next_on=np.where(expects, _later(chance, count) - 5, NO_DAY),
        confirmed_on=np.where(counted, confirmed, NO_DAY),
    )


def _later(chance: np.random.Generator, count: int) -> Numbers:
    return TODAY.toordinal() + chance.integers(1, 120, count)


def _coded(picked: Numbers, known: Flags, many: Numbers, codes: list[str]) -> Codes:
    many = np.where(known, many, 0)
    owner = np.repeat(np.arange(len(known)), many)
    nth = np.arange(len(owner)) - np.repeat(np.cumsum(many) - many, many)
    ordered = sorted(codes)
    place = np.array([ordered.index(code) for code in codes])
    return Codes(known, many > 0, owner, place[picked[owner, nth]], {c: n for n, c in enumerate(ordered)})


def _numbered(codes: list[str]) -> dict[str, int]:
    return {code: number for number, code in enumerate(codes)}


def _codes(codes: Codes, row: int) -> frozenset[str] | None:
    if not codes.known[row]:
        return None
    names = list(codes.number_of)
    return frozenset(names[number] for number in codes.rows[_span(codes.owner, row)].tolist())


def _genders(codes: frozenset[str] | None) -> frozenset[Gender] | None:
    return None if codes is None else frozenset(Gender(code) for code in codes)


def _span(owner: Numbers, row: int) -> slice:
    begin, end = np.searchsorted(owner, [row, row + 1]).tolist()
    return slice(begin, end)


def _slot(weekday: int, bits: int) -> Slot:
    return Slot(weekday, ((bits & -bits).bit_length() - 1) * 30, bits.bit_length() * 30)


def _limit(until: int) -> int | None:
    return None if until == NO_LIMIT else int(until)


def _day(ordinal: int, not_said: int) -> date | None:
    return None if ordinal == not_said else date.fromordinal(int(ordinal))
