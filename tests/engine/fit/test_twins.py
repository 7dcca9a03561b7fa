"""The fast twin answers exactly as the slow one, and the same question always gets the same answer."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brobygger.engine.fit import columns, plain
from brobygger.engine.fit.constraints import Constraint
from brobygger.engine.fit.values import OfferFacts, Person
from brobygger.engine.quantities import FARTHEST, Money, Point
from tests.engine.fit.cases import (
    OUTSPOKEN,
    PLAIN_OFFER,
    directories,
    everything,
    moderate,
    offers,
    people,
    thorough,
)

most = st.integers(0, 4) | st.just(100)


@thorough
@given(people, directories, most, most, most)
def test_columns_answer_exactly_as_plain(
    person: Person, directory: list[OfferFacts], fits: int, near: int, others: int
) -> None:
    fast = columns.rank(person, columns.pack(directory), fits=fits, near=near, others=others)

    assert fast == plain.rank(person, directory, fits=fits, near=near, others=others)


@pytest.mark.feature("MAT-04")
@moderate
@given(people, directories, st.randoms(use_true_random=False))
def test_two_runs_are_byte_identical_however_the_directory_was_shuffled(
    person: Person, directory: list[OfferFacts], chance: random.Random
) -> None:
    shuffled = chance.sample(directory, len(directory))

    first, second = (columns.rank(person, columns.pack(each), others=9) for each in (directory, shuffled))

    assert repr(first).encode() == repr(second).encode()


@moderate
@given(people, directories, offers)
def test_a_new_offer_moves_none_of_the_others(
    person: Person, directory: list[OfferFacts], new: OfferFacts
) -> None:
    before = [placed for placed in everything(person, directory) if int(placed.offer) != int(new.id)]

    after = everything(person, [*directory, new])

    assert [placed for placed in after if int(placed.offer) != int(new.id)] == before


def test_an_empty_directory_gives_an_empty_list() -> None:
    ranking = columns.rank(OUTSPOKEN, columns.pack([]))

    assert ranking == plain.rank(OUTSPOKEN, [])
    assert (ranking.fits, ranking.fits_in_all) == ((), 0)


def test_an_offer_that_suits_in_everything_has_nothing_against_it() -> None:
    ranking = columns.rank(OUTSPOKEN, columns.pack([PLAIN_OFFER]))

    assert [(placed.offer, placed.against, placed.ask) for placed in ranking.fits] == [
        (1, Constraint(0), Constraint(0))
    ]


def test_among_many_equal_offers_the_lowest_id_comes_first() -> None:
    prices = [Money.kroner(kroner) for kroner in (40, 0, 20)]
    crowd = [replace(PLAIN_OFFER, id=number, price=prices[number % 3]) for number in range(999)]

    ranking = columns.rank(OUTSPOKEN, columns.pack(crowd), fits=999)

    ids = range(999)
    assert [placed.offer for placed in ranking.fits] == [*ids[1::3], *ids[2::3], *ids[0::3]]


def test_the_twins_agree_from_one_corner_of_the_grid_to_the_other() -> None:
    person = replace(OUTSPOKEN, home=Point(-FARTHEST, -FARTHEST), max_minutes=None)
    far_away = replace(PLAIN_OFFER, points=(Point(FARTHEST, FARTHEST),))

    ranking = columns.rank(person, columns.pack([far_away]))

    assert ranking == plain.rank(person, [far_away])
