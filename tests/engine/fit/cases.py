"""Invented people and offers for the property tests. A small world, so that much collides."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st

from brobygger.engine.fit import plain
from brobygger.engine.fit.constraints import Constraint
from brobygger.engine.fit.ranking import Placed
from brobygger.engine.fit.values import (
    AgeSpan,
    Gender,
    OfferFacts,
    Person,
    Places,
    PlacesKind,
    Slot,
    WeekTimes,
)
from brobygger.engine.quantities import Money, Point

TODAY = date(2026, 3, 2)
THEMES = ("debt", "homework", "sport", "danish")
LANGUAGES = ("ar", "da", "so", "xx")
AREAS = ("0101", "2400", "2720")
EVERYTHING = 10_000

moderate = settings(max_examples=40, deadline=None, derandomize=True)
thorough = settings(moderate, max_examples=120)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def some_of(codes: tuple[Any, ...], *, at_least: int = 0) -> st.SearchStrategy[frozenset[Any]]:
    return st.frozensets(st.sampled_from(codes), min_size=at_least, max_size=2)


# Edges are where rules differ: the day itself, the last day of a confirmed figure, whole multiples of 800 m.
days = (st.sampled_from([-31, -30, -1, 0, 1]) | st.integers(-60, 60)).map(lambda n: TODAY + timedelta(days=n))
round_points = st.builds(
    Point, st.sampled_from(range(719_200, 722_400, 400)), st.sampled_from([6_180_000, 6_180_800])
)
points = round_points | st.builds(Point, st.integers(719_000, 723_000), st.integers(6_178_000, 6_182_000))
money = st.sampled_from([0, 1, 1250, 2500, 5000, 9999, 20000]).map(Money)
ages = st.integers(0, 99)
slots = st.builds(
    lambda weekday, quarter, length: Slot(weekday, quarter * 15, (quarter + length) * 15),
    st.integers(0, 6) | st.just(1),
    st.integers(32, 70),
    st.integers(1, 12),
)
free_times = st.lists(
    st.builds(
        Slot, st.integers(0, 6), st.sampled_from([0, 480, 600, 970]), st.sampled_from([980, 1200, 1440])
    ),
    max_size=8,
).map(WeekTimes.of)
spans = st.builds(AgeSpan, st.sampled_from([0, 13, 18, 60])) | st.builds(
    lambda from_, years: AgeSpan(from_, from_ + years), st.integers(0, 60), st.integers(1, 40)
)
places = st.one_of(
    st.builds(
        lambda free, day: Places(PlacesKind.FREE, free=free, confirmed_on=day), st.integers(1, 9), maybe(days)
    ),
    st.sampled_from([Places(PlacesKind.OPEN_DOOR), Places(PlacesKind.TALK_FIRST)]),
    st.builds(
        lambda kind, next_on, day: Places(kind, next_on=next_on, confirmed_on=day),
        st.sampled_from([PlacesKind.WAITING_LIST, PlacesKind.FULL]),
        maybe(days),
        maybe(days),
    ),
)

people = st.builds(
    Person,
    today=st.just(TODAY),
    themes=some_of(THEMES, at_least=1),
    home=maybe(points),
    max_minutes=maybe(st.sampled_from([0, 7, 13, 26]) | st.integers(0, 60)),
    times=maybe(free_times),
    age=maybe(ages),
    languages=maybe(some_of(LANGUAGES, at_least=1)),
    needs_step_free=maybe(st.booleans()),
    gender=maybe(st.sampled_from(Gender)),
    areas=maybe(some_of(AREAS, at_least=1)),
    max_price=maybe(money),
    wait_until=maybe(days | st.sampled_from([TODAY, date.max])),
)


@st.composite
def seasons(draw: st.DrawFn) -> dict[str, Any]:
    first, last = sorted([draw(days), draw(days)])
    return {
        "opens_on": draw(st.sampled_from([None, None, first])),
        "closes_on": draw(st.sampled_from([None, None, last + timedelta(days=1)])),
        "paused": draw(st.sampled_from([False, False, False, True])),
    }


offers = st.builds(
    lambda season, **facts: OfferFacts(**season, **facts),
    seasons(),
    id=st.integers(0, 2**40) | st.integers(0, 2**128 - 1).map(lambda number: UUID(int=number)),
    themes=maybe(some_of(THEMES)),
    points=maybe(st.lists(points, max_size=3).map(tuple)),
    slots=maybe(st.lists(slots, max_size=3).map(tuple)),
    come_and_go=st.booleans(),
    ages=maybe(spans),
    languages=maybe(some_of(LANGUAGES)),
    step_free=maybe(st.booleans()),
    genders=maybe(some_of(tuple(Gender))),
    areas=maybe(some_of(AREAS)),
    price=maybe(money),
    places=maybe(places),
)
directories = st.lists(offers, max_size=12, unique_by=lambda offer: int(offer.id))

# The fact that a resident could move, for each constraint that has one.
MOVABLE = {
    Constraint.DISTANCE: "max_minutes",
    Constraint.TIMES: "times",
    Constraint.LANGUAGE: "languages",
    Constraint.STEP_FREE: "needs_step_free",
    Constraint.PRICE: "max_price",
    Constraint.PLACES: "wait_until",
    Constraint.OPEN: "wait_until",
}

# An offer that sets no bounds, constraint by constraint.
UNRESTRICTED: dict[Constraint, dict[str, Any]] = {
    Constraint.NEED: {"themes": frozenset()},
    Constraint.DISTANCE: {"points": ()},
    Constraint.TIMES: {"slots": ()},
    Constraint.AGE: {"ages": AgeSpan()},
    Constraint.LANGUAGE: {"languages": frozenset()},
    Constraint.STEP_FREE: {"step_free": True},
    Constraint.GROUP: {"genders": frozenset()},
    Constraint.AREA: {"areas": frozenset()},
    Constraint.PRICE: {"price": Money(0)},
    Constraint.PLACES: {"places": Places(PlacesKind.OPEN_DOOR)},
    Constraint.OPEN: {"opens_on": None, "closes_on": None, "paused": False},
}


def unrestricted(offer: OfferFacts, constraint: Constraint) -> OfferFacts:
    return replace(offer, **UNRESTRICTED[constraint])


def wide_open(person: Person, fact: str) -> Person:
    """The person with this one limit moved as far as it goes, if it was said at all."""
    widest: dict[str, Any] = {
        "max_minutes": EVERYTHING,
        "times": WeekTimes((1 << 336) - 1),
        "languages": (person.languages or frozenset()) | frozenset(LANGUAGES),
        "needs_step_free": False,
        "max_price": Money.kroner(EVERYTHING),
        "wait_until": date.max,
    }
    moved = {} if getattr(person, fact) is None else {fact: widest[fact]}
    return replace(person, **moved)


def wide_open_but(person: Person, fact: str | None) -> Person:
    for other in set(MOVABLE.values()) - {fact}:
        person = wide_open(person, other)
    return person


def everything(person: Person, directory: list[OfferFacts]) -> list[Placed]:
    """The fits, all of them, in order."""
    return list(plain.rank(person, directory, fits=EVERYTHING).fits)


def masks(person: Person, offer: OfferFacts) -> tuple[Constraint, Constraint]:
    placed = plain.place(person, offer)
    return placed.against, placed.ask


# One offer about which all is known and which suits everybody in this small world.
PLAIN_OFFER = OfferFacts(
    id=1,
    themes=frozenset({"debt"}),
    points=(Point(720_000, 6_180_000),),
    slots=(Slot(1, 600, 720),),
    ages=AgeSpan(),
    languages=frozenset({"da"}),
    step_free=True,
    genders=frozenset(),
    areas=frozenset(),
    price=Money(0),
    places=Places(PlacesKind.FREE, free=6, confirmed_on=TODAY),
)
# A resident who has said everything, and whom it fits.
OUTSPOKEN = Person(
    today=TODAY,
    themes=frozenset({"debt"}),
    home=Point(720_300, 6_180_400),
    max_minutes=20,
    times=WeekTimes.of([Slot(1, 480, 840)]),
    age=44,
    languages=frozenset({"ar", "da"}),
    needs_step_free=True,
    gender=Gender.WOMAN,
    areas=frozenset({"0101", "2400"}),
    max_price=Money.kroner(50),
    wait_until=TODAY,
)
