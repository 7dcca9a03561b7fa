"""What is proposed as the same, what is not, and that it does not depend on the order of the asking."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brobygger.engine.duplicates import Entry, Reason, propose
from brobygger.engine.quantities import Point

pytestmark = pytest.mark.feature("OFF-07")

CAFE = Entry(
    1,
    "biblioteket",
    "Åben lektiecafé",
    body="Biblioteket på Smedetoften",
    phones=("+45 70 10 20 30",),
    addresses=("Smedetoften 3, 2400",),
    points=(Point(722_000, 6_179_000),),
    website="https://www.bib.example/lektier/",
)


def reasons(one: Entry[int], other: Entry[int]) -> tuple[Reason, ...]:
    found = propose([one, other])
    return found[0].reasons if found else ()


def test_the_same_name_in_another_spelling_and_the_same_number_are_proposed_with_both_reasons():
    other = Entry(2, "kommunen", "LEKTIECAFE, aaben", phones=("7010 2030",))

    assert reasons(CAFE, other) == (Reason.SAME_NAME, Reason.SAME_PHONE)


@pytest.mark.parametrize(
    ("shared", "reason"),
    [
        ({"addresses": ("smedetoften 3 2400",)}, Reason.SAME_ADDRESS),
        ({"website": "bib.example/lektier"}, Reason.SAME_WEBSITE),
        ({"body": "biblioteket paa smedetoften"}, Reason.SAME_BODY),
        ({"points": (Point(722_090, 6_179_000),)}, Reason.NEAR),
    ],
)
def test_each_thing_in_common_is_a_reason(shared, reason):
    assert reason in reasons(CAFE, Entry(2, "kommunen", "Åben lektiecafe", **shared))


def test_a_name_with_a_slip_needs_something_that_belongs_to_the_one_offer():
    slipped = Entry(2, "kommunen", "Åben lektiecafeen", body=CAFE.body)

    assert reasons(CAFE, slipped) == ()
    assert Reason.LIKE_NAME in reasons(CAFE, replace(slipped, phones=CAFE.phones))


@pytest.mark.parametrize(
    "other",
    [
        replace(CAFE, key=2),  # one source tells no entry twice: that is for the source to settle
        replace(CAFE, key=2, source="kommunen", name="Gældsrådgivning"),
        Entry(2, "kommunen", "Åben lektiecafé"),  # the name alone
        replace(CAFE, key=2, source="kommunen", points=(Point(724_000, 6_179_000),)),  # another branch
    ],
)
def test_what_is_not_the_same_is_not_proposed(other):
    assert reasons(CAFE, other) == ()


def test_those_with_most_reasons_come_first():
    alike = replace(CAFE, key=2, source="kommunen")
    less = Entry(3, "foreningen", "Åben lektiecafé", phones=CAFE.phones)

    found = [(one.one, one.other) for one in propose([less, alike, CAFE])]

    assert found[0] == (1, 2)
    assert set(found) == {(1, 2), (1, 3), (2, 3)}


NAMES = st.sampled_from(["Lektiecafé", "lektiecafe", "Lektiecaféen", "Gældsråd", "Åben rådgivning", ""])
ENTRIES = st.lists(
    st.builds(
        Entry[int],
        key=st.integers(0, 99),
        source=st.sampled_from("abc"),
        name=NAMES,
        phones=st.sampled_from([(), ("70102030",), ("+45 70102030", "11111111")]),
        addresses=st.sampled_from([(), ("Vejen 1",), ("vejen 1", "Vejen 2")]),
    ),
    max_size=8,
    unique_by=lambda entry: entry.key,
)


@settings(max_examples=25, deadline=None)
@given(ENTRIES, st.randoms(use_true_random=False))
def test_the_order_of_the_entries_changes_nothing_and_no_pair_comes_twice(entries, dice):
    shuffled = list(entries)
    dice.shuffle(shuffled)

    found = propose(entries)

    assert propose(shuffled) == found
    assert len({(one.one, one.other) for one in found}) == len(found)
    assert all(one.one != one.other and len(one.reasons) > 1 for one in found)
