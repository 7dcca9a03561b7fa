"""The other way round: an offer has places; whom does it fit? And all people against all offers, for a night.

Nobody is ranked: those whom it fits come in the order in which they were given, by date asked. The caller
gives only people who may be asked. Equal to `plain.place`: whom it fits are those with nothing against it.

Facts are one row of numbers each, one column for every person and theme; what nobody has said stands so that
it is never in the way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import TypeAlias

import numpy as np

from brobygger.engine.fit import codesets
from brobygger.engine.fit.codesets import CodeSets
from brobygger.engine.fit.constraints import is_confirmed
from brobygger.engine.fit.layout import NO_LIMIT, Codes, Narrow, Numbers, numbers
from brobygger.engine.fit.values import DAY, AgeSpan, Gender, OfferFacts, Person, PlacesKind

PLACE, EAST, NORTH, REACH, AGE, GENDERS, SPOKEN, AREA, PRICE, STEPS, WAITS, THEMES = range(12)
FACTS = 12

# What an offer asks of people, end to end: these, then its points and its slots.
IS_SHUT, FROM_AGE, UNTIL_AGE, FOR_GENDERS, COSTS, HAS_STEPS, MUST_WAIT, COME_AND_GO, POINTS, SLOTS, AT = (
    range(11)
)

GENDER_BITS = {gender: 1 << number for number, gender in enumerate(Gender)}
ANY_GENDER = (1 << len(Gender)) - 1
NOT_SAID = -1
ALWAYS = 1 << 30  # metres, øre or days: no limit
MOST_THEMES = 31
COMPILE_FROM = 50_000  # people
Facts: TypeAlias = tuple[Narrow, Numbers]  # and the half hours that are free


@dataclass(frozen=True, slots=True)
class People:
    """People by theme of what they need, each once for each of their themes."""

    by_theme: dict[str, Facts]
    everybody: Facts
    bit_of: dict[str, int]
    languages: CodeSets
    areas: CodeSets
    today: date
    is_compiled: bool

    @classmethod
    def of(cls, people: Sequence[Person], *, today: date, compile_from: int = COMPILE_FROM) -> "People":
        """ValueError if somebody asks on another day, or for one of more than 31 themes."""
        if any(person.today != today for person in people):
            raise ValueError(f"not everybody asks on {today}")
        themes = Codes.of([person.themes for person in people])
        if len(themes.number_of) > MOST_THEMES:
            raise ValueError(f"{len(themes.number_of)} themes")
        spoken, languages, _ = codesets.told(Codes.of([p.languages for p in people]), most=len(people))
        sets, areas, _ = codesets.told(Codes.of([p.areas for p in people]), most=len(people))
        told, free = _facts(people, today), _free(people)
        told[SPOKEN], told[AREA] = languages, areas
        np.add.at(told[THEMES], themes.owner, 1 << themes.rows)
        facts = told.astype(np.int32)
        of = {code: themes.owner[themes.rows == row] for code, row in themes.number_of.items()}
        by_theme = {code: (np.take(facts, owner, axis=1), free[owner]) for code, owner in of.items()}
        bit_of = {code: 1 << row for code, row in themes.number_of.items()}
        is_compiled = len(people) >= compile_from and find_spec("numba") is not None
        return cls(by_theme, (facts, free), bit_of, spoken, sets, today, is_compiled)

    def whom(self, offer: OfferFacts) -> Numbers:
        """The places of those whom the offer fits, or may fit once what is not known has been asked."""
        found = self._found(offer)
        return found[0] if len(found) == 1 else np.sort(np.concatenate([*found, np.zeros(0, np.int64)]))

    def _found(self, offer: OfferFacts) -> list[Numbers]:
        """In each list that the offer is about; who was in an earlier one is not told again."""
        asks = _asks(offer, self.today)
        spoken, areas = _suits(self.languages, offer.languages), _suits(self.areas, offer.areas)
        search = import_module("brobygger.engine.fit.whom").whom if self.is_compiled else _whom
        return [search(*facts, asks, spoken, areas, before) for facts, before in self._about(offer)]

    def _about(self, offer: OfferFacts) -> Iterator[tuple[Facts, int]]:
        if not offer.themes:  # for any need, or nobody has said for which
            yield self.everybody, 0
        before = 0
        for theme in sorted(offer.themes or ()):
            if theme in self.by_theme:
                yield self.by_theme[theme], before
                before |= self.bit_of[theme]


def sweep(people: People, offers: Sequence[OfferFacts]) -> Numbers:
    """How many of the offers fit each person. Offers of one theme in a row find the people still at hand."""
    counted = np.zeros(people.everybody[0].shape[1], np.int64)
    for offer in sorted(offers, key=lambda offer: sorted(offer.themes or ())):
        for found in people._found(offer):
            counted[found] += 1
    return counted


def _facts(people: Sequence[Person], today: date) -> Numbers:
    def reach(person: Person) -> int:
        no_limit = person.home is None or person.max_minutes is None
        return ALWAYS if no_limit else max(-1, (person.max_minutes or 0) * 800 // 13)

    told = np.zeros((FACTS, len(people)), np.int64)
    told[PLACE] = range(len(people))
    told[EAST] = numbers(p.home.east if p.home else 0 for p in people)
    told[NORTH] = numbers(p.home.north if p.home else 0 for p in people)
    told[REACH] = numbers(map(reach, people))
    told[AGE] = numbers(NOT_SAID if p.age is None else p.age for p in people)
    told[GENDERS] = numbers(ANY_GENDER if p.gender is None else GENDER_BITS[p.gender] for p in people)
    told[PRICE] = numbers(
        ALWAYS if p.max_price is None else min(max(0, p.max_price.ore), ALWAYS - 1) for p in people
    )
    told[STEPS] = numbers(not p.needs_step_free for p in people)
    told[WAITS] = numbers(ALWAYS if p.wait_until is None else (p.wait_until - today).days for p in people)
    return told


def _free(people: Sequence[Person]) -> Numbers:
    """The half hours that are free, by person and weekday: one look for all days."""
    free = np.zeros((len(people), 7), np.int64)
    for day in range(7):
        free[:, day] = numbers(DAY if p.times is None else p.times.day(day) for p in people)
    return free


def _asks(offer: OfferFacts, today: date) -> Numbers:
    """What the offer asks of people, as numbers."""
    ages = offer.ages or AgeSpan()
    must_wait, is_shut = _wait(offer, today)
    points = [number for point in offer.points or () for number in (point.east, point.north)]
    slots = [number for slot in offer.slots or () for number in (slot.weekday, slot.half_hours)]
    return np.array(
        [
            is_shut,
            NOT_SAID if ages.is_for_everyone else ages.from_,
            NO_LIMIT if ages.until is None else ages.until,
            sum(GENDER_BITS[one] for one in offer.genders or ()) or ANY_GENDER,
            min(offer.price.ore, ALWAYS) if offer.price else 0,
            offer.step_free is False,
            must_wait,
            offer.come_and_go,
            len(offer.points or ()),
            len(offer.slots or ()),
            *points,
            *slots,
        ],
        np.int64,
    )


def _wait(offer: OfferFacts, today: date) -> tuple[int, bool]:
    """How many days one must be able to wait, at least (a waiting list: one), and whether there is no use."""
    places, days = offer.places, -ALWAYS
    if offer.opens_on and offer.opens_on > today:
        days = (offer.opens_on - today).days
    elif offer.paused or (offer.closes_on is not None and offer.closes_on <= today):
        return days, True
    if places is None or places.kind not in {PlacesKind.WAITING_LIST, PlacesKind.FULL}:
        return days, False
    if places.next_on and places.next_on > today:
        return max(days, (places.next_on - today).days), False
    if not is_confirmed(places, today=today):
        return days, False
    return max(days, 1), places.kind == PlacesKind.FULL


def _suits(sets: CodeSets, limit: frozenset[str] | None) -> Narrow:
    """For each set of codes 1 if it meets the limit; for who has not said always. Empty without a limit."""
    if not limit:
        return np.zeros(0, np.int32)
    suits = sets.suit(limit)
    suits[0] = 1
    return suits


def _whom(facts: Narrow, free: Numbers, asks: Numbers, spoken: Narrow, areas: Narrow, before: int) -> Numbers:
    """As `whom.whom`: one rule after another over those that are left, the most selective first."""
    left = np.flatnonzero((facts[THEMES] & before == 0) & (facts[WAITS] >= asks[MUST_WAIT]))
    if asks[IS_SHUT]:
        return np.zeros(0, np.int64)
    at = asks[AT : AT + 2 * asks[POINTS]].reshape(-1, 2)
    if len(at):
        squares = [(facts[EAST, left] - e) ** 2 + (facts[NORTH, left] - n) ** 2 for e, n in at]
        reach = facts[REACH, left].astype(np.int64)
        left = left[(reach == ALWAYS) | (np.minimum.reduce(squares) < (reach + 1) ** 2)]
    if len(areas):
        left = left[areas[facts[AREA, left]] != 0]
    slots = asks[AT + 2 * asks[POINTS] :].reshape(-1, 2)
    if len(slots):
        own = [(free[left, day], half_hours) for day, half_hours in slots]
        by_slot = [bits & day != 0 if asks[COME_AND_GO] else bits & ~day == 0 for day, bits in own]
        left = left[np.logical_or.reduce(by_slot)]
    age = facts[AGE, left]
    left = left[(age == NOT_SAID) | ((asks[FROM_AGE] <= age) & (age < asks[UNTIL_AGE]))]
    if len(spoken):
        left = left[spoken[facts[SPOKEN, left]] != 0]
    left = left[(facts[GENDERS, left] & asks[FOR_GENDERS] != 0) & (facts[PRICE, left] >= asks[COSTS])]
    if asks[HAS_STEPS]:
        left = left[facts[STEPS, left] != 0]
    places: Numbers = facts[PLACE, left].astype(np.int64)
    return places
