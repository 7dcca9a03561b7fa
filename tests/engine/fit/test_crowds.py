"""Whole towns of offers: the map, several places, early ends and odd offers; a dozen never reach them."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from brobygger.engine.fit import columns
from brobygger.engine.fit.readmodel import ReadModel, Top
from brobygger.engine.fit.values import OfferFacts, Person, Slot, WeekTimes
from brobygger.engine.quantities import FARTHEST, Money, Point
from tests.engine.fit.cases import OUTSPOKEN, PLAIN_OFFER, TODAY

pytestmark = pytest.mark.slow  # thousands of offers, and compiled code
HOMES = [None, Point(0, 0), Point(30_000, 30_000), Point(-700_000, 90_000), Point(FARTHEST, -FARTHEST)]
THEMES = ["debt", "food", "sport"]


def somewhere(random: Random) -> Point:
    spread = random.choice([300, 6_000, 40_000])
    return Point(int(random.gauss(0, spread)), int(random.gauss(0, spread)))


def some_offer(number: int, random: Random) -> OfferFacts:
    """Most are alike, so that ties abound; a few cannot be told in a record."""
    hours = [
        Slot(random.randrange(7), 60 * hour, 60 * hour + 90)
        for hour in random.sample(range(8, 20), random.choice([0, 1, 1, 2, 4]))
    ]
    return replace(
        PLAIN_OFFER,
        id=number,
        themes=random.choice(
            [None, frozenset(), *(frozenset(random.sample(THEMES, n)) for n in (1, 1, 2, 3))]
        ),
        points=random.choice([None, (), *(tuple(somewhere(random) for _ in range(n)) for n in (1, 1, 1, 3))]),
        slots=tuple(hours),
        languages=random.choice([None, frozenset(), frozenset({f"x{random.randrange(60)}", "da"})]),
        areas=random.choice([None, frozenset(), frozenset(random.sample(["1", "2", "3", "4", "5", "6"], 2))]),
        price=random.choice([None, Money(0), Money(0), Money(5_000), Money(1 << 22)]),
        opens_on=random.choice([None] * 9 + [TODAY + timedelta(3), TODAY + timedelta(9_000)]),
    )


def some_person(home: Point | None, random: Random) -> Person:
    return replace(
        OUTSPOKEN,
        themes=frozenset(random.sample(THEMES, random.choice([1, 1, 2]))),
        home=home,
        max_minutes=random.choice([None, 0, 15, 90, 600, 9_000]),
        times=random.choice([None, WeekTimes.of([Slot(day, 480, 1_020) for day in range(5)]), WeekTimes()]),
        age=random.choice([None, 44]),
        languages=random.choice([None, frozenset({"da"}), frozenset({"x3", "x7"})]),
        areas=random.choice([None, frozenset({"1"}), frozenset({"zz"})]),
        max_price=random.choice([None, Money(0), Money(9_999)]),
        wait_until=random.choice([None, TODAY, TODAY + timedelta(30)]),
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("compile_from", [1_000_000, 0])
def test_a_town_is_answered_as_the_columns_answer(seed: int, compile_from: int) -> None:
    random = Random(seed)
    packed = columns.pack(some_offer(number, random) for number in range(3_000))
    model = ReadModel.of(packed, on=TODAY, compile_from=compile_from)
    somebody = [some_person(home, random) for home in HOMES * 6]

    rankings = [model.rank(person, others=5) for person in somebody]

    assert rankings == [columns.rank(person, packed, others=5) for person in somebody]
    assert 0 < len(model.beside.ids) < 1_500


@pytest.mark.parametrize("compile_from", [1_000_000, 0])
def test_the_nearest_of_many_equal_offers_are_found_and_no_more_is_looked_at(compile_from: int) -> None:
    places = [Point(1_000 * east, 1_000 * north) for east in range(60) for north in range(60)]
    packed = columns.pack(replace(PLAIN_OFFER, id=n, points=(place,)) for n, place in enumerate(places))
    person = replace(OUTSPOKEN, home=Point(30_100, 30_100), max_minutes=None)

    top = ReadModel.of(packed, on=TODAY, compile_from=compile_from).top(person, near=0)

    assert top == Top(columns.rank(person, packed).fits, ())


def test_an_offer_at_the_other_end_of_the_earth_does_not_blow_up_the_map() -> None:
    offers = [replace(PLAIN_OFFER, id=n, points=(Point(n, n),)) for n in range(999)]
    far_away = replace(PLAIN_OFFER, id=999, points=(Point(FARTHEST, -FARTHEST),))

    lists = ReadModel.of(columns.pack([*offers, far_away]), on=TODAY).lists

    assert (lists.map.side, lists.map.squares) == (4_000, 2)
