"""What must hold between two answers of the read model, whatever the right answer is (MATCHING, oracles)."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brobygger.engine.fit import columns
from brobygger.engine.fit.readmodel import ReadModel
from brobygger.engine.fit.values import FACTS, AgeSpan, Gender, OfferFacts, OfferId, Person
from tests.engine.fit.cases import (
    MOVABLE,
    TODAY,
    directories,
    moderate,
    offers,
    people,
    unrestricted,
    wide_open,
)

pytestmark = pytest.mark.feature("MAT-04")

few = settings(moderate, max_examples=25)
EVERY = 10_000
FOR_ALL: dict[str, Any] = {
    "ages": AgeSpan(),
    "languages": frozenset(),
    "genders": frozenset(),
    "areas": frozenset(),
}


def fitting(person: Person, directory: list[OfferFacts]) -> list[OfferId]:
    top = ReadModel.of(columns.pack(directory), on=TODAY).top(person, fits=EVERY, near=0)
    return [placed.offer for placed in top.fits]


@few
@given(people, directories, st.sampled_from(sorted(set(MOVABLE.values()))))
def test_a_wider_limit_never_loses_a_fit(person: Person, directory: list[OfferFacts], fact: str) -> None:
    wider = wide_open(person, fact)

    assert set(fitting(person, directory)) <= set(fitting(wider, directory))


@few
@given(people, directories, st.sampled_from(sorted(FACTS)))
def test_leaving_a_fact_out_never_loses_a_fit_but_those_that_are_then_asked(
    person: Person, directory: list[OfferFacts], fact: str
) -> None:
    assert set(fitting(person, directory)) <= set(fitting(person.without(fact), directory))


@few
@given(people, directories)
def test_a_near_miss_fits_as_soon_as_its_one_constraint_sets_no_bound(
    person: Person, directory: list[OfferFacts]
) -> None:
    model = ReadModel.of(columns.pack(directory), on=TODAY)

    near = model.top(person, fits=0, near=EVERY).near

    freed = [unrestricted(model.offers[each.offer], each.against) for each in near]
    assert set(fitting(person, freed)) == {each.offer for each in near}


@few
@given(people, directories, st.integers(0, 99), st.sampled_from(Gender))
def test_age_gender_language_and_area_move_nothing_where_no_offer_limits_them(
    person: Person, directory: list[OfferFacts], age: int, gender: Gender
) -> None:
    open_to_all = [replace(offer, **FOR_ALL) for offer in directory]
    somebody_else = replace(
        person, age=age, gender=gender, languages=frozenset({"tlh"}), areas=frozenset({"9999"})
    )

    assert fitting(person, open_to_all) == fitting(somebody_else, open_to_all)


@few
@given(people, directories, offers)
def test_a_new_offer_moves_at_most_itself(
    person: Person, directory: list[OfferFacts], new: OfferFacts
) -> None:
    others = [offer for offer in directory if int(offer.id) != int(new.id)]
    model = ReadModel.of(columns.pack(others), on=TODAY).with_changes([new])

    after = [placed.offer for placed in model.top(person, fits=EVERY).fits if placed.offer != new.id]

    assert after == fitting(person, others)
