"""How long a recipient may read what it was told about a resident, once it is over (BRIDGES 12)."""

from datetime import timedelta

import pytest

from brobygger.bridging import access, answers
from brobygger.bridging.models import Leg, LegSnapshot
from brobygger.bridging.terms import RejectReason
from brobygger.foundation.audit import AuditRow
from brobygger.foundation.scope import organisation_scope
from tests.people import CLUB, HOUSE, NOW, Cast
from tests.rooms.bridging import stories

pytestmark = pytest.mark.feature("BRI-17")

A_DAY = timedelta(days=1)


@pytest.fixture
def completed(in_house: Cast) -> Leg:
    return stories.completed(in_house)


def said_no(cast: Cast) -> Leg:
    leg = stories.opened(stories.sent(cast))
    return answers.decline_leg(
        leg=leg,
        seen=leg.version,
        reason=RejectReason.NO_CAPACITY,
        text="",
        speaker=stories.TRAINER,
        by=stories.by_link(leg),
        at=NOW,
    )


def read_by_the_club() -> int:
    with organisation_scope(CLUB):
        return LegSnapshot.objects.count()


def test_what_was_told_is_read_for_thirty_days_after_the_end(completed: Leg) -> None:
    assert completed.ended_at

    access.end_access(now=completed.ended_at + 29 * A_DAY)

    assert read_by_the_club() == 1


def test_and_not_after_that(completed: Leg) -> None:
    assert completed.ended_at

    closed = access.end_access(now=completed.ended_at + 30 * A_DAY)

    assert (closed, read_by_the_club()) == (1, 0)


def test_the_code_and_their_own_words_stay(completed: Leg) -> None:
    assert completed.ended_at
    access.end_access(now=completed.ended_at + 30 * A_DAY)

    with organisation_scope(CLUB):
        leg = Leg.objects.get()

        assert (leg.code, leg.statements.exists()) == (completed.code, True)


def test_after_a_no_it_is_read_while_the_no_can_be_looked_at_again(in_house: Cast) -> None:
    """Tuesday 24 November and five working days more."""
    said_no(in_house)

    assert [access.end_access(now=NOW + n * A_DAY) for n in (7, 8)] == [0, 1]


def test_while_it_is_live_nothing_closes(in_house: Cast) -> None:
    stories.accepted(stories.sent(in_house))

    assert access.end_access(now=NOW + 400 * A_DAY) == 0


def test_it_closes_once_and_the_trail_says_so(completed: Leg) -> None:
    assert completed.ended_at
    over = completed.ended_at + 31 * A_DAY

    closed = [access.end_access(now=over), access.end_access(now=over + A_DAY)]

    with organisation_scope(HOUSE):
        assert (closed, AuditRow.objects.filter(act="leg:access_ended").count()) == ([1, 0], 1)
