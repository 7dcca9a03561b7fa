"""Everything shown goes to an attacker, who may not learn of anybody (STA-01)."""

import pytest
from hypothesis import given, settings

from brobygger.engine.disclosure.values import NOT_SHOWN, Protected, Table
from brobygger.engine.disclosure.withholding import protect
from tests.engine.disclosure.attacker import Interval, intervals
from tests.engine.disclosure.cases import HARD, linked, table, tables

LEAST, NEAR = 5, 1e-6
some = settings(max_examples=6, deadline=None, derandomize=True)
many = settings(max_examples=50, deadline=None, derandomize=True)

pytestmark = [pytest.mark.feature("STA-01"), pytest.mark.slow]  # a solver for every withheld cell


def betrayed(tables_: list[Table], *, whole: bool = False) -> list[Interval]:
    """What the attacker learned that was promised to stay hidden."""
    shown = protect(tables_)
    truth = [each.with_margins for each in tables_]
    return [
        found
        for found in intervals(shown, whole=whole)
        if found.high - found.low < 1 - NEAR
        or (0 < truth[found.table][found.at] < LEAST and (found.low > NEAR or found.high < LEAST - NEAR))
    ]


def seen(shown: Protected) -> set[int]:
    return set(shown.shown[shown.shown != NOT_SHOWN].tolist())


@pytest.mark.parametrize("name", HARD)
def test_a_table_made_to_be_hard_betrays_nobody(name: str):
    hard = table(HARD[name])

    assert betrayed([hard]) == []
    assert not seen(protect([hard])[0]) & {1, 2, 3, 4}


@some
@given(tables())
def test_row_and_column_totals_recover_no_cell(small: Table):
    assert betrayed([small]) == []


@some
@given(linked())
def test_tables_of_the_same_persons_betray_nobody_together(together: list[Table]):
    assert betrayed(together) == []


@pytest.mark.slow
@many
@given(tables(most=8))
def test_many_tables_betray_nobody(large: Table):
    assert betrayed([large]) == []


@pytest.mark.slow
@many
@given(tables(dimensions=3, most=4))
def test_tables_in_three_ways_betray_nobody(cube: Table):
    assert betrayed([cube]) == []


@pytest.mark.slow
@many
@given(linked())
def test_many_tables_together_betray_nobody(together: list[Table]):
    assert betrayed(together) == []


@pytest.mark.slow
@settings(some, max_examples=12)
@given(tables(dimensions=3, most=3))
def test_an_attacker_who_reckons_with_whole_persons_learns_no_more(cube: Table):
    """Bounds of fractions are wider than those of whole numbers; the promise is about whole persons."""
    assert betrayed([cube], whole=True) == []


def test_everybody_less_the_women_does_not_leave_a_man():
    """Two tables that differ by a few persons are one table by that difference, and asked for as such."""
    by_sex = table([[40, 2], [30, 0]], "fit", "sex")
    by_age = table([[20, 22], [20, 10]], "fit", "age")

    assert betrayed([by_sex, by_age]) == []


def test_the_attacker_finds_what_a_bare_threshold_gives_away():
    """The attacker is no straw man: hiding only what is small is worked out at once."""
    naive = table([[3, 20], [10, 30]])
    shown = naive.with_margins.copy()
    shown[(shown > 0) & (shown < LEAST)] = NOT_SHOWN

    assert intervals([Protected(naive.dimensions, shown)]) == [Interval(0, (0, 0), 3.0, 3.0)]


def test_two_small_cells_in_each_line_are_not_always_enough():
    """Others hide two in each line. Here both lines have two, and still there are at most four in each."""
    naive = table([[1, 3, 50], [3, 1, 60], [40, 50, 60]])
    shown = naive.with_margins.copy()
    shown[(shown > 0) & (shown < LEAST)] = NOT_SHOWN

    assert {found.high for found in intervals([Protected(naive.dimensions, shown)])} == {4.0}
    assert betrayed([naive]) == []


@pytest.mark.deep
@settings(many, max_examples=3_000)
@given(tables(most=9) | tables(dimensions=3, most=5))
def test_a_night_of_attacks_learns_of_nobody(any_table: Table):
    assert betrayed([any_table]) == []
