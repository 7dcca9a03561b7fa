"""The other way round: an offer has places; whom does it fit? And all people against all offers, for a night.

Nobody is ranked: those whom it fits come in the order in which they were given, by date asked. The caller
gives only people who may be asked. Equal to `plain.place`: whom it fits are those with nothing against it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from brobygger.engine.fit import codesets
from brobygger.engine.fit.codesets import CodeSets
from brobygger.engine.fit.constraints import is_confirmed
from brobygger.engine.fit.layout import NO_LIMIT, Codes, Flags, Narrow, Numbers, numbers
from brobygger.engine.fit.values import DAY, AgeSpan, Gender, OfferFacts, Person, PlacesKind

GENDERS = {gender: 1 << number for number, gender in enumerate(Gender)}
ANY_GENDER = (1 << len(Gender)) - 1
NOT_SAID = -1
ALWAYS = 1 << 30  # metres, øre or days: no limit


@dataclass(frozen=True, slots=True)
class Facts:
    """What people have said, as columns; what nobody has said stands so that it is never in the way."""

    place: Numbers  # in the order they were given
    east: Numbers
    north: Numbers
    reach: Numbers  # metres
    age: Numbers
    genders: Numbers
    languages: Numbers  # numbers of sets, 0 where not said
    areas: Numbers
    price: Numbers
    needs_step_free: Flags
    waits: Numbers  # days
    free: Numbers  # half hours, by weekday

    def those(self, chosen: Numbers | slice) -> "Facts":
        """These people, in this order. A run of them costs nothing."""
        return Facts(*(getattr(self, name)[..., chosen] for name in Facts.__slots__))


@dataclass(frozen=True, slots=True)
class People:
    """People by theme of what they need, each once for each of their themes."""

    by_theme: dict[str, Facts]
    everybody: Facts
    languages: CodeSets
    areas: CodeSets
    today: date

    @classmethod
    def of(cls, people: Sequence[Person], *, today: date) -> "People":
        """ValueError if somebody asks on another day."""
        if any(person.today != today for person in people):
            raise ValueError(f"not everybody asks on {today}")
        spoken, languages, _ = codesets.told(Codes.of([p.languages for p in people]), most=len(people))
        sets, areas, _ = codesets.told(Codes.of([p.areas for p in people]), most=len(people))
        facts = _facts(people, languages, areas, today)
        themes = Codes.of([person.themes for person in people])
        by_theme = {
            code: facts.those(themes.owner[themes.rows == row]) for code, row in themes.number_of.items()
        }
        return cls(by_theme, facts, spoken, sets, today)

    def whom(self, offer: OfferFacts) -> Numbers:
        """The places of those whom the offer fits, or may fit once what is not known has been asked."""
        found = [_narrowed(self, facts, offer) for facts in self._about(offer)]
        if len(found) == 1:
            return found[0]
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)

    def _about(self, offer: OfferFacts) -> Iterator[Facts]:
        if not offer.themes:  # for any need, or nobody has said for which
            yield self.everybody
        for theme in sorted(offer.themes or ()):
            if theme in self.by_theme:
                yield self.by_theme[theme]


def sweep(people: People, offers: Sequence[OfferFacts]) -> Numbers:
    """How many of the offers fit each person. Offers of one theme in a row find the people still at hand."""
    counted = np.zeros(len(people.everybody.place), np.int64)
    for offer in sorted(offers, key=lambda offer: sorted(offer.themes or ())):
        counted[people.whom(offer)] += 1
    return counted


def _facts(people: Sequence[Person], languages: Numbers, areas: Numbers, today: date) -> Facts:
    def gender(person: Person) -> int:
        return ANY_GENDER if person.gender is None else GENDERS[person.gender]

    def reach(person: Person) -> int:
        no_limit = person.home is None or person.max_minutes is None
        return ALWAYS if no_limit else (person.max_minutes or 0) * 800 // 13

    return Facts(
        place=np.arange(len(people)),
        east=numbers(person.home.east if person.home else 0 for person in people),
        north=numbers(person.home.north if person.home else 0 for person in people),
        reach=numbers(map(reach, people)),
        age=numbers(NOT_SAID if person.age is None else person.age for person in people),
        genders=numbers(map(gender, people)),
        languages=languages,
        areas=areas,
        price=numbers(
            ALWAYS if person.max_price is None else max(0, person.max_price.ore) for person in people
        ),
        needs_step_free=np.array([bool(person.needs_step_free) for person in people], bool),
        waits=numbers(
            ALWAYS if person.wait_until is None else (person.wait_until - today).days for person in people
        ),
        free=np.array(
            [[DAY if p.times is None else p.times.day(day) for p in people] for day in range(7)], np.int64
        ).reshape(7, len(people)),
    )


def _narrowed(people: People, facts: Facts, offer: OfferFacts) -> Numbers:
    """Rule after rule, those most often in the way first, so that few are left for the others."""
    for rule in RULES:
        fits = rule(people, facts, offer)
        if fits is not None:
            facts = facts.those(np.flatnonzero(fits))
    return facts.place


def _near_enough(people: People, facts: Facts, offer: OfferFacts) -> Flags | None:
    if not offer.points:
        return None
    squares = ((facts.east - point.east) ** 2 + (facts.north - point.north) ** 2 for point in offer.points)
    nearest = np.minimum.reduce(list(squares))
    fits: Flags = (facts.reach == ALWAYS) | ((facts.reach >= 0) & (nearest < (facts.reach + 1) ** 2))
    return fits


def _at_a_time(people: People, facts: Facts, offer: OfferFacts) -> Flags | None:
    if not offer.slots:
        return None
    fits = np.zeros(len(facts.place), bool)
    for slot in offer.slots:
        free = facts.free[slot.weekday]
        fits |= (slot.half_hours & free != 0) if offer.come_and_go else (slot.half_hours & ~free == 0)
    return fits


def _of_the_age(people: People, facts: Facts, offer: OfferFacts) -> Flags | None:
    ages = offer.ages or AgeSpan()
    if ages.is_for_everyone:
        return None
    until = NO_LIMIT if ages.until is None else ages.until
    fits: Flags = (facts.age == NOT_SAID) | ((ages.from_ <= facts.age) & (facts.age < until))
    return fits


def _speaking(people: People, facts: Facts, offer: OfferFacts) -> Flags | None:
    return _in_sets(people.languages, facts.languages, offer.languages)


def _living_there(people: People, facts: Facts, offer: OfferFacts) -> Flags | None:
    return _in_sets(people.areas, facts.areas, offer.areas)


def _in_sets(sets: CodeSets, told: Numbers, limit: frozenset[str] | None) -> Flags | None:
    if not limit:
        return None
    suits: Narrow = sets.suit(limit)
    suits[0] = 1  # who has not said is asked
    fits: Flags = suits[told] != 0
    return fits


def _of_the_group(people: People, facts: Facts, offer: OfferFacts) -> Flags | None:
    if not offer.genders:
        return None
    fits: Flags = facts.genders & sum(GENDERS[one] for one in offer.genders) != 0
    return fits


def _able_to_enter(people: People, facts: Facts, offer: OfferFacts) -> Flags | None:
    return np.logical_not(facts.needs_step_free) if offer.step_free is False else None


def _able_to_pay(people: People, facts: Facts, offer: OfferFacts) -> Flags | None:
    return offer.price.ore <= facts.price if offer.price and offer.price.ore else None


def _with_a_place(people: People, facts: Facts, offer: OfferFacts) -> Flags | None:
    places = offer.places
    if places is None or places.kind in {PlacesKind.OPEN_DOOR, PlacesKind.TALK_FIRST}:
        return None
    if places.next_on and places.next_on > people.today:
        return facts.waits >= (places.next_on - people.today).days
    if places.kind == PlacesKind.FREE or not is_confirmed(places, today=people.today):
        return None
    return np.full(len(facts.waits), False) if places.kind == PlacesKind.FULL else facts.waits > 0


def _while_open(people: People, facts: Facts, offer: OfferFacts) -> Flags | None:
    if offer.opens_on and offer.opens_on > people.today:
        return facts.waits >= (offer.opens_on - people.today).days
    is_shut = offer.paused or (offer.closes_on is not None and offer.closes_on <= people.today)
    return np.full(len(facts.waits), False) if is_shut else None


RULES = (
    _while_open,
    _with_a_place,
    _near_enough,
    _living_there,
    _at_a_time,
    _of_the_age,
    _speaking,
    _of_the_group,
    _able_to_enter,
    _able_to_pay,
)
