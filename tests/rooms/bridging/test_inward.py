"""The rules of the other way: pure, total, and the same for whoever it is about."""

from datetime import UTC, date, datetime, timedelta

import pytest

from brobygger.bridging import inward, rules
from brobygger.bridging.ask_terms import ToldOutcome, ToPartner, WhyNot
from brobygger.bridging.inward import ACTS, AskAct, AskIsElsewhere
from brobygger.bridging.terms import LIVE, ClockKind, LegState, Party
from brobygger.foundation.days import is_working_day, local_day

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
STATES = sorted({state for moves in ACTS.values() for move in moves.items() for state in move})


@pytest.mark.feature("BRI-02")
def test_an_ask_goes_no_way_that_a_leg_could_not():
    moves = {move for one in ACTS.values() for move in one.items() if move[0] is not move[1]}

    assert moves <= rules.allowed_moves()


@pytest.mark.parametrize("act", AskAct)
def test_what_is_not_listed_is_refused(act: AskAct):
    refused = []
    for state in LegState:
        try:
            inward.after(state, act)
        except AskIsElsewhere:
            refused.append(state)

    assert set(refused) == set(LegState) - set(ACTS[act])


@pytest.mark.feature("BRI-02")
def test_our_own_silence_rings_every_working_day_and_ends_nothing():
    kind, now, rung = ClockKind.NO_ANSWER, NOW, []
    for count in range(1, 40):
        plan = inward.clock_after_ring(kind, now=now, ring_count=count, urgent=False, asked_at=NOW)
        assert plan.due_at > now
        rung.append((plan.kind, local_day(plan.due_at)))
        kind, now = plan.kind, plan.due_at

    last = [day for one, day in rung if one is ClockKind.HARD_STOP]
    assert [one for one, _day in rung][:2] == [ClockKind.GRACE_OVER, ClockKind.HARD_STOP]
    assert len(last) == 38
    assert all(is_working_day(day) for day in last)
    assert last == sorted(set(last))


@pytest.mark.parametrize("urgent", [True, False])
@pytest.mark.parametrize("state", sorted(LIVE & set(STATES)))
def test_every_live_state_has_a_clock_of_ours_with_a_successor(state: LegState, urgent: bool):
    plan = inward.first_clock(state, now=NOW, urgent=urgent, asked_at=NOW)
    then = inward.clock_after_ring(plan.kind, now=plan.due_at, ring_count=1, urgent=urgent, asked_at=NOW)

    assert (plan.owner_role, then.owner_role) == (Party.OWNER, Party.OWNER)
    assert then.due_at > plan.due_at > NOW


def test_two_working_days_to_answer_and_four_hours_where_it_is_urgent():
    calm = inward.first_clock(LegState.REQUESTED, now=NOW, urgent=False, asked_at=NOW)
    urgent = inward.first_clock(LegState.REQUESTED, now=NOW, urgent=True, asked_at=NOW)

    assert local_day(calm.due_at) == date(2026, 11, 26)
    assert urgent.due_at - NOW == timedelta(hours=4)


@pytest.mark.feature("BRI-02")
@pytest.mark.parametrize("state", LegState)
def test_the_partner_reads_one_of_three_words(state: LegState):
    word = inward.to_partner(state)

    assert (word is ToPartner.WAITING) == (state in LIVE - {LegState.IN_PROGRESS})
    assert (word is ToPartner.DONE) == (state in {LegState.IN_PROGRESS, LegState.COMPLETED})


@pytest.mark.parametrize("state", LegState)
def test_exactly_the_open_say_why_they_are_open(state: LegState):
    assert (inward.why_ask_open(state, []) is not None) == (state in LIVE)


def test_every_reason_to_a_partner_has_its_sentence():
    assert {one.value for one in rules.REASONS_TO_A_PARTNER} == {one.value for one in WhyNot}
    assert {one.value for one in ToldOutcome} == {"person_yes", "person_no"}
