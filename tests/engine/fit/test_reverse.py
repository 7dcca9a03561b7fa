"""Forward and reverse agree: an offer fits those people for whom it stands on the list."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brobygger.engine.fit import plain
from brobygger.engine.fit.reverse import People, sweep
from brobygger.engine.fit.values import OfferFacts, Person
from tests.engine.fit.cases import OUTSPOKEN, TODAY, directories, moderate, offers, people

pytestmark = [pytest.mark.feature("MAT-09"), pytest.mark.slow]  # whole towns, both ways

engines = pytest.mark.parametrize(
    "compile_from", [1_000_000, pytest.param(0, marks=pytest.mark.slow, id="compiled")]
)
crowds = st.lists(people, max_size=8)


@engines
@moderate
@given(crowd=crowds, offer=offers)
def test_an_offer_fits_those_who_find_it_on_their_list(
    compile_from: int, crowd: list[Person], offer: OfferFacts
) -> None:
    whom = People.of(crowd, today=TODAY, compile_from=compile_from).whom(offer).tolist()

    assert whom == [n for n, person in enumerate(crowd) if not plain.place(person, offer).against]


@engines
@moderate
@given(crowd=crowds, directory=directories)
def test_a_night_over_everybody_counts_what_fits_each(
    compile_from: int, crowd: list[Person], directory: list[OfferFacts]
) -> None:
    counted = sweep(People.of(crowd, today=TODAY, compile_from=compile_from), directory).tolist()

    assert counted == [plain.rank(person, directory).fits_in_all for person in crowd]


def test_people_of_another_day_are_not_taken() -> None:
    with pytest.raises(ValueError, match="not everybody asks on 2026-03-02"):
        People.of([replace(OUTSPOKEN, today=TODAY.replace(day=9))], today=TODAY)
