"""What is withheld, and that it is not more than it has to be."""

import numpy as np
import pytest
from hypothesis import given, settings

from brobygger.engine.disclosure.linked import Linked, Target, TooEntangled
from brobygger.engine.disclosure.proof import NotSafe, check
from brobygger.engine.disclosure.rates import Rate
from brobygger.engine.disclosure.values import Dimension, Rule, Table, with_margins
from brobygger.engine.disclosure.withholding import protect
from tests.engine.disclosure.cases import table, tables

W = -1
pytestmark = pytest.mark.feature("STA-01")


def shown(*counts: object) -> list[object]:
    return [each.shown.tolist() for each in protect([table(one) for one in counts])]


def test_nothing_is_withheld_where_nobody_is_few():
    assert shown([[5, 20], [10, 0]]) == [[[5, 20, 25], [10, 0, 10], [15, 20, 35]]]


def test_a_small_cell_takes_three_others_with_it_and_no_total():
    assert shown([[4, 50], [60, 70]]) == [[[W, W, 54], [W, W, 130], [64, 120, 184]]]


def test_with_too_few_persons_not_even_the_total_is_told():
    assert shown([3, 0]) == [[W, 0, W]]


def test_a_small_total_is_withheld_too():
    protected = protect([table([[3, 0, 0], [20, 30, 15], [10, 10, 10]])])[0]

    assert protected.cell({"a": "a0"}) is None
    assert protected.cell({}) == 98


def test_another_threshold_can_be_asked_for():
    assert protect([table([2, 8])], rule=Rule(least=2))[0].shown.tolist() == [2, 8, 10]


def test_withheld_counts_are_not_in_what_leaves():
    protected = protect([table([[3, 20], [10, 30]])])[0]

    assert set(protected.shown[protected.withheld].tolist()) == {W}


@settings(max_examples=15, deadline=None, derandomize=True)
@given(tables())
def test_the_same_table_is_always_withheld_alike(small: Table):
    first, second = protect([small])[0], protect([small])[0]

    assert np.array_equal(first.shown, second.shown)


def test_a_group_wholly_in_one_private_category_is_hidden():
    """Whoever knows that somebody is in the group would know it of that person."""
    counts = [[9, 0], [20, 30]]

    protected = protect([table(counts, "street", "in_debt", private=["in_debt"])])[0]

    assert protected.cell({"street": "street0", "in_debt": "in_debt0"}) is None


def test_tables_that_share_what_a_third_lacks_are_refused():
    counts = np.full((2, 2), 5)

    with pytest.raises(TooEntangled):
        protect([table(counts, "a", "b"), table(counts, "b", "c"), table(counts, "a", "d")])


def test_tables_of_different_persons_do_not_leave_as_one():
    with pytest.raises(ValueError, match="the same persons"):
        protect([table([9, 9], "a"), table([9, 8], "b")])


@pytest.mark.parametrize(
    "world",
    [[[0, 23], [13, 27]], [[0, 22], [13, 28]], [[-1, 24], [14, 26]]],
    ids=["what is not enough", "what is shown otherwise", "fewer than nobody"],
)
def test_nothing_leaves_without_a_proof(world: list[list[int]]):
    counts = table([[3, 20], [10, 30]])
    linked = Linked.of([counts])
    withheld = [np.array([[1, 1, 0], [1, 1, 0], [0, 0, 0]], bool)]

    with pytest.raises(NotSafe):
        check(
            linked,
            withheld=withheld,
            targets=[Target(0, (0, 0), 0, 5)],
            worlds=[(with_margins(np.array(world)),)],
        )


def test_persons_are_counted_by_what_they_have():
    sex = Dimension("sex", ("woman", "man"))

    assert Table.of([sex], [["man"], ["woman"], ["man"]]).counts.tolist() == [1, 2]


@pytest.mark.feature("STA-04")
def test_a_rate_is_told_with_what_is_unknown_and_how_many_there_were():
    answers = Dimension("answer", ("fik hjælp", "fik ikke hjælp", "ukendt", "lukket"))
    protected = protect([Table((answers,), np.array([110, 23, 40, 7]))])[0]

    rate = Rate.of(
        protected,
        label="Fik hjælp",
        counted="fik hjælp",
        unknown="ukendt",
        asides={"lukket": "lukket lovligt"},
    )

    assert rate.said().text() == "Fik hjælp 61 % (ukendt 22 %, lukket lovligt 4 %, n=180)"


@pytest.mark.feature("STA-04")
def test_a_rate_of_a_few_is_withheld():
    answers = Dimension("answer", ("fik hjælp", "fik ikke hjælp", "ukendt"))
    protected = protect([Table((answers,), np.array([2, 1, 1]))])[0]

    rate = Rate.of(protected, label="Fik hjælp", counted="fik hjælp", unknown="ukendt")

    assert (rate.percent, "%" in rate.said().text()) == (None, False)
