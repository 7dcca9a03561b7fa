"""Clocks ring in order, tell somebody, and never leave a resident waiting for ever."""

from datetime import datetime, timedelta

import pytest

from brobygger.bridging import ringing
from brobygger.bridging.models import Clock, Leg, Statement
from brobygger.bridging.terms import Claim, ClockKind
from brobygger.foundation.outbox import OutboxMessage
from brobygger.residents.models import Need, Note
from tests.people import NOW, Cast
from tests.rooms.bridging import stories
from tests.rooms.bridging.test_actions import check_now


def ring_next(leg: Leg) -> tuple[str, datetime]:
    """Ring the clock that runs on this bridge, at the moment it is due; what kind, and when."""
    clock = Clock.objects.get(bridge=leg.bridge_id, ended_at=None)
    assert ringing.ring(clock=clock, at=clock.due_at)
    return clock.kind, clock.due_at


@pytest.mark.feature("BRI-07")
def test_an_unanswered_leg_is_reminded_escalated_and_ended_in_order(in_house: Cast):
    leg = stories.sent(in_house)

    rung = [ring_next(leg) for _step in range(4)]

    check_now()
    leg.refresh_from_db()
    assert [kind for kind, _due in rung] == ["unseen", "no_answer", "grace_over", "hard_stop"]
    assert [due for _kind, due in rung] == sorted(due for _kind, due in rung)
    assert (leg.state, leg.reason, leg.decided_by) == ("cancelled", "no_response", "deadline")


@pytest.mark.feature("BRI-07")
def test_each_ring_leaves_a_statement_that_says_who_was_told(in_house: Cast):
    leg = stories.sent(in_house)

    ring_next(leg)

    rang = Statement.objects.get(leg=leg, claim=Claim.CLOCK_RANG)
    assert "modtagerens kontakt" in rang.text


def test_a_reminder_knocks_again(in_house: Cast):
    leg = stories.sent(in_house)

    ring_next(leg)
    ring_next(leg)

    assert OutboxMessage.objects.filter(what="reminded").count() == 2


def test_a_draft_rings_at_home_only(in_house: Cast):
    leg = stories.built(in_house)

    ring_next(leg)

    check_now()
    assert not Statement.objects.filter(leg=leg).exists()
    assert Note.objects.filter(voice="clock").exists()


def test_a_clock_that_was_answered_meanwhile_does_nothing(in_house: Cast):
    leg = stories.sent(in_house)
    unseen = Clock.objects.get(leg=leg, ended_at=None)
    stories.opened(leg, at=NOW + timedelta(minutes=5))

    assert ringing.ring(clock=unseen, at=unseen.due_at) is False


def test_nothing_rings_before_its_time(in_house: Cast):
    leg = stories.sent(in_house)
    clock = Clock.objects.get(leg=leg, ended_at=None)

    assert ringing.ring(clock=clock, at=clock.due_at - timedelta(seconds=1)) is False


def test_after_the_last_deadline_we_owe_the_next_step(in_house: Cast):
    leg = stories.sent(in_house)

    for _step in range(5):
        ring_next(leg)

    check_now()
    clock = Clock.objects.get(bridge=leg.bridge_id, ended_at=None)
    assert (clock.kind, clock.leg, clock.ring_count) == (ClockKind.CHOOSE_NEXT, None, 1)
    assert Need.objects.get(pk=in_house.need.pk).next_step == "Vælg næste skridt sammen med beboeren"


def test_a_promised_meeting_that_nobody_confirms_comes_back(in_house: Cast):
    leg = stories.accepted(stories.sent(in_house))

    kinds = [ring_next(leg)[0] for _step in range(3)]

    check_now()
    assert kinds == ["first_contact", "first_contact_late", "first_contact_late"]
