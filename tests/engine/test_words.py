"""Terms and quantities."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brobygger.engine.quantities import FARTHEST, Money, Point
from brobygger.engine.words import Language, Term

far = st.integers(-FARTHEST, FARTHEST)


def test_a_term_is_its_code_and_knows_its_label() -> None:
    assert (Language.SOMALI, Language("so").label) == ("so", "somalisk")


def _term_without_a_label() -> None:
    class Wordless(Term):
        NOTHING = "nothing"


def test_a_term_without_a_label_is_refused() -> None:
    with pytest.raises(TypeError, match="no label"):
        _term_without_a_label()


@settings(deadline=None)
@given(far, far)
def test_the_way_there_is_as_long_as_the_way_back(east: int, north: int) -> None:
    here, there = Point(0, 0), Point(east, north)

    assert here.metres_to(there) == there.metres_to(here)


def test_a_point_off_the_earth_is_refused() -> None:
    with pytest.raises(ValueError, match="not on the earth"):
        Point(FARTHEST + 1, 0)


def test_money_is_counted_in_ore() -> None:
    assert sorted([Money.kroner(2), Money(150)]) == [Money(150), Money(200)]
