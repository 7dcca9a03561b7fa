"""The read model answers exactly as `plain`: from lists, from columns beside them, changed, compiled."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brobygger.engine.fit import columns, plain
from brobygger.engine.fit.readmodel import ReadModel, Top
from brobygger.engine.fit.values import OfferFacts, Person
from tests.engine.fit.cases import TODAY, directories, moderate, people

most = st.integers(0, 4) | st.just(100)
engines = pytest.mark.parametrize(
    "compile_from", [1_000_000, pytest.param(0, marks=pytest.mark.slow, id="compiled")]
)

pytestmark = pytest.mark.slow  # whole directories, built and built anew


def built(directory: list[OfferFacts], compile_from: int) -> ReadModel:
    return ReadModel.of(columns.pack(directory), on=TODAY, compile_from=compile_from)


@engines
@moderate
@given(person=people, directory=directories, fits=most, near=most, others=most)
def test_the_read_model_answers_exactly_as_plain(
    compile_from: int, person: Person, directory: list[OfferFacts], fits: int, near: int, others: int
) -> None:
    ranking = built(directory, compile_from).rank(person, fits=fits, near=near, others=others)

    assert ranking == plain.rank(person, directory, fits=fits, near=near, others=others)


@engines
@moderate
@given(person=people, directory=directories, fits=most, near=most)
def test_the_top_of_the_lists_is_that_of_the_whole_ranking(
    compile_from: int, person: Person, directory: list[OfferFacts], fits: int, near: int
) -> None:
    top = built(directory, compile_from).top(person, fits=fits, near=near)

    ranking = plain.rank(person, directory, fits=fits, near=near)
    assert top == Top(ranking.fits, ranking.near)


@engines
@moderate
@given(person=people, before=directories, now=directories, chance=st.randoms(use_true_random=False))
def test_a_changed_directory_is_answered_as_if_it_were_built_anew(
    compile_from: int,
    person: Person,
    before: list[OfferFacts],
    now: list[OfferFacts],
    chance: random.Random,
) -> None:
    gone = chance.sample([offer.id for offer in before], len(before) // 2)
    changed = built(before, compile_from).with_changes(now, gone=gone)

    ranking = changed.rank(person, others=9)

    left = {int(offer.id): offer for offer in before if offer.id not in gone}
    left |= {int(offer.id): offer for offer in now}
    assert ranking == plain.rank(person, left.values(), others=9)


def test_lists_of_another_day_are_not_asked() -> None:
    person = replace(plain_person(), today=TODAY.replace(day=9))

    with pytest.raises(ValueError, match="the lists are of 2026-03-02, the question of 2026-03-09"):
        built([], 1).top(person)


def plain_person() -> Person:
    return Person(today=TODAY, themes=frozenset({"debt"}))
