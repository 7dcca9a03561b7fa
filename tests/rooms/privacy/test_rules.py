"""When a yes holds: per recipient, per kind of data, per direction."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from brobygger.privacy.rules import Line, valid_categories
from brobygger.privacy.terms import ConsentAct, ConsentForm, Direction

CLUB, SCHOOL = UUID(int=1), UUID(int=2)
TODAY = date(2026, 11, 24)


def line(day: int, **changes: object) -> Line:
    told = {
        "recipient": CLUB,
        "act": ConsentAct.GIVEN,
        "direction": Direction.GIVE,
        "categories": frozenset({"first_name", "age"}),
        "form": ConsentForm.SCREEN,
        "at": datetime(2026, 11, day, tzinfo=UTC),
        "valid_until": date(2027, 5, 1),
    }
    return Line(**(told | changes))


def valid(*lines: Line, recipient: UUID = CLUB, direction: Direction = Direction.GIVE) -> set[str]:
    return set(valid_categories(lines, recipient=recipient, direction=direction, on=TODAY))


@pytest.mark.feature("PRI-01")
def test_a_signed_yes_holds_for_what_it_names():
    assert valid(line(1)) == {"first_name", "age"}


def test_it_holds_for_nobody_else():
    assert valid(line(1), recipient=SCHOOL) == set()


@pytest.mark.feature("PRI-01")
def test_giving_does_not_allow_getting_back():
    assert valid(line(1), direction=Direction.GET) == set()


def test_a_withdrawal_takes_away_what_it_names():
    gone = line(2, act=ConsentAct.WITHDRAWN, categories=frozenset({"age"}))

    assert valid(line(1), gone) == {"first_name"}


def test_a_new_yes_after_a_withdrawal_holds_again():
    gone = line(2, act=ConsentAct.WITHDRAWN)

    assert valid(line(1), gone, line(3, categories=frozenset({"age"}))) == {"age"}


def test_an_expired_yes_no_longer_holds():
    assert valid(line(1, valid_until=date(2026, 11, 23))) == set()


def test_an_oral_yes_is_not_enough_to_hand_over_data():
    assert valid(line(1, form=ConsentForm.ORAL)) == set()


def test_an_oral_yes_after_a_signature_takes_nothing_away():
    assert valid(line(1), line(2, form=ConsentForm.ORAL)) == {"first_name", "age"}
