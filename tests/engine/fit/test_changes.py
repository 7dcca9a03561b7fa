"""Near misses: the one thing in the way, and the smallest change that opens it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from brobygger.engine.fit import columns, plain
from brobygger.engine.fit.changes import SmallestChange
from brobygger.engine.fit.constraints import NOTHING, Constraint
from brobygger.engine.fit.explain import Explanation, explain
from brobygger.engine.fit.readmodel import ReadModel
from brobygger.engine.fit.values import (
    AgeSpan,
    OfferFacts,
    Person,
    Places,
    PlacesKind,
    Slot,
    WeekTimes,
)
from brobygger.engine.fit.whatif import what_if
from brobygger.engine.quantities import Money
from tests.engine.fit.cases import (
    MOVABLE,
    OUTSPOKEN,
    PLAIN_OFFER,
    TODAY,
    directories,
    masks,
    moderate,
    offers,
    people,
    unrestricted,
    wide_open_but,
)


def asked(directory: list[OfferFacts]) -> ReadModel:
    return ReadModel.of(columns.pack(directory), on=TODAY)


@st.composite
def near_misses(draw: st.DrawFn) -> tuple[Person, OfferFacts, Explanation]:
    """An offer about the need with exactly one thing in the way. Others are opened until one is left."""
    person, offer = draw(people), draw(offers)
    offer = replace(offer, themes=person.themes)
    in_the_way = [one for one in Constraint if one in masks(person, offer)[0]]
    assume(in_the_way)
    kept = draw(st.sampled_from(in_the_way))
    for constraint in set(in_the_way) - {kept}:
        offer = unrestricted(offer, constraint)
    return person, offer, explain(person, offer)


movable = near_misses().filter(lambda case: bool(case[2].change and not case[2].change.is_up_to_the_offer))


def change_of(explanation: Explanation) -> SmallestChange:
    assert explanation.change is not None
    return explanation.change


def a_little_less(change: SmallestChange) -> SmallestChange:
    """The same change, one step short: a minute, an øre, a day, a half hour."""
    value = change.value
    if isinstance(value, Money):
        return replace(change, value=Money(value.ore - 1))
    if isinstance(value, date):
        return replace(change, value=value - timedelta(days=1))
    if isinstance(value, int):
        return replace(change, value=value - 1)
    return change


@pytest.mark.feature("MAT-02")
@moderate
@given(movable)
def test_a_near_miss_becomes_a_fit_by_its_smallest_change(
    case: tuple[Person, OfferFacts, Explanation],
) -> None:
    person, offer, explanation = case

    changed = change_of(explanation).applied_to(person)

    assert masks(changed, offer)[0] == NOTHING


@moderate
@given(movable.filter(lambda case: isinstance(change_of(case[2]).value, Money | date | int)))
def test_and_by_nothing_less(case: tuple[Person, OfferFacts, Explanation]) -> None:
    person, offer, explanation = case

    nearly = a_little_less(change_of(explanation)).applied_to(person)

    assert masks(nearly, offer)[0] == explanation.placed.against


@moderate
@given(near_misses())
def test_and_by_no_other_change(case: tuple[Person, OfferFacts, Explanation]) -> None:
    person, offer, explanation = case

    otherwise = wide_open_but(person, MOVABLE.get(explanation.placed.against))

    assert masks(otherwise, offer)[0] == explanation.placed.against


@moderate
@given(near_misses())
def test_an_offer_that_drops_its_one_bound_opens_it_too(
    case: tuple[Person, OfferFacts, Explanation],
) -> None:
    person, offer, explanation = case

    opened = unrestricted(offer, explanation.placed.against)

    assert masks(person, opened)[0] == NOTHING


@moderate
@given(people, directories)
def test_what_if_counts_exactly_the_offers_that_would_be_added(
    person: Person, directory: list[OfferFacts]
) -> None:
    before = plain.rank(person, directory).fits_in_all

    answers = what_if(person, asked(directory))

    assert [answer.more for answer in answers] == [
        plain.rank(answer.change.applied_to(person), directory).fits_in_all - before for answer in answers
    ]
    assert all(answer.more > 0 for answer in answers)


def test_what_if_takes_the_smallest_step_that_opens_three() -> None:
    prices = [Money.kroner(kroner) for kroner in (60, 80, 100, 500)]
    directory = [replace(PLAIN_OFFER, id=number, price=price) for number, price in enumerate(prices)]

    (answer,) = what_if(OUTSPOKEN, asked(directory))

    assert (answer.change.value, answer.more) == (Money.kroner(100), 3)


def test_what_if_takes_the_time_that_is_missing_most_often() -> None:
    evening, morning = Slot(3, 17 * 60, 18 * 60), Slot(4, 8 * 60, 9 * 60)
    slots = [(evening,), (morning,), (morning,)]
    directory = [replace(PLAIN_OFFER, id=number, slots=each) for number, each in enumerate(slots)]

    (answer,) = what_if(OUTSPOKEN, asked(directory))

    assert (answer.change.values["slots"], answer.more) == ([(4, 480, 540)], 2)


def test_a_fit_has_nothing_to_change() -> None:
    assert explain(OUTSPOKEN, PLAIN_OFFER).change is None


def test_an_offer_about_something_else_is_no_near_miss() -> None:
    assert explain(OUTSPOKEN, replace(PLAIN_OFFER, themes=frozenset({"sport"}))).change is None


def test_the_time_that_needs_least_is_asked_for() -> None:
    offer = replace(PLAIN_OFFER, slots=(Slot(0, 600, 720), Slot(1, 780, 870)))

    change = change_of(explain(OUTSPOKEN, offer))

    assert change.values == {"slots": [(1, 780, 870)]}
    assert change.value == WeekTimes.of([Slot(1, 480, 870)])


def test_a_language_can_be_brought_by_somebody_who_comes_along() -> None:
    person = replace(OUTSPOKEN, languages=frozenset({"ar"}))

    change = change_of(explain(person, replace(PLAIN_OFFER, languages=frozenset({"bs", "da"}))))

    assert change.value == frozenset({"ar", "da"})


def test_nobody_is_asked_to_be_another_age() -> None:
    change = change_of(explain(OUTSPOKEN, replace(PLAIN_OFFER, ages=AgeSpan(60))))

    assert change.is_up_to_the_offer
    with pytest.raises(ValueError, match="only the offer"):
        change.applied_to(OUTSPOKEN)


def test_a_waiting_list_of_unknown_length_opens_for_whoever_can_wait() -> None:
    offer = replace(PLAIN_OFFER, places=Places(PlacesKind.WAITING_LIST, confirmed_on=TODAY))

    change = change_of(explain(OUTSPOKEN, offer))

    assert (change.fact, change.value) == ("wait_until", TODAY + timedelta(days=1))
