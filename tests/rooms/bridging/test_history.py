"""What statements add up to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brobygger.bridging import rules
from brobygger.bridging.rules import Projection, Said
from brobygger.bridging.terms import (
    STATE_CHANGING,
    ActorRole,
    Claim,
    DecidedBy,
    EndReason,
    LegState,
    RejectReason,
)

WORKER, CLUB, RESIDENT, CLOCK = (
    ActorRole.WORKER,
    ActorRole.RECIPIENT,
    ActorRole.RESIDENT,
    ActorRole.SYSTEM,
)
MEETING, LATER = date(2026, 3, 12), date(2026, 3, 20)


def told(*statements: tuple) -> list[Said]:
    """(claim, role) or (claim, role, {more}), numbered as they were said."""
    return [
        Said(seq=seq, claim=claim, role=role, **dict(*more))
        for seq, (claim, role, *more) in enumerate(statements, start=1)
    ]


SENT = (Claim.SENT, WORKER)
ACCEPTED = (Claim.ACCEPTED, CLUB, {"on": MEETING})


def test_nothing_said_is_a_draft():
    assert rules.fold([]) == Projection()


def test_an_acceptance_carries_the_promised_day():
    leg = rules.fold(told(SENT, ACCEPTED))

    assert (leg.state, leg.version, leg.first_contact_on) == (LegState.ACCEPTED, 2, MEETING)


def test_the_waiting_list_is_left_when_a_place_is_given():
    waiting = told(SENT, (Claim.ACCEPTED, CLUB), (Claim.WAITLISTED, CLUB))
    given_a_place = [*waiting, Said(seq=4, claim=Claim.PLACE_GIVEN, role=CLUB, on=MEETING)]

    before, after = rules.fold(waiting), rules.fold(given_a_place)

    assert (before.waitlisted, before.first_contact_on) == (True, None)
    assert (after.waitlisted, after.first_contact_on) == (False, MEETING)


@pytest.mark.feature("BRI-04")
@pytest.mark.parametrize(
    ("ending", "state", "decided_by"),
    [
        (
            (Claim.REJECTED, CLUB, {"reason": RejectReason.NO_CAPACITY}),
            LegState.REJECTED,
            DecidedBy.RECIPIENT,
        ),
        (
            (Claim.CANCELLED, CLOCK, {"reason": EndReason.NO_RESPONSE}),
            LegState.CANCELLED,
            DecidedBy.DEADLINE,
        ),
        (
            (Claim.CANCELLED, RESIDENT, {"reason": EndReason.PERSON_DECLINED}),
            LegState.CANCELLED,
            DecidedBy.RESIDENT,
        ),
        ((Claim.CANCELLED, WORKER, {"reason": EndReason.DUPLICATE}), LegState.CANCELLED, DecidedBy.US),
        ((Claim.FAILED, CLUB, {"reason": EndReason.COULD_NOT_REACH}), LegState.FAILED, DecidedBy.RECIPIENT),
    ],
)
def test_an_ending_keeps_its_reason_and_who_decided(ending, state, decided_by):
    leg = rules.fold(told(SENT, ending))

    assert (leg.state, leg.decided_by, leg.reason) == (state, decided_by, ending[2]["reason"])


def test_a_decline_that_was_overturned_leaves_no_reason_behind():
    declined = (Claim.REJECTED, CLUB, {"reason": RejectReason.OTHER})

    leg = rules.fold(told(SENT, declined, (Claim.DECLINE_OVERTURNED, CLUB)))

    assert (leg.state, leg.reason, leg.decided_by) == (LegState.REQUESTED, None, None)


@pytest.mark.parametrize("met", [False, True])
def test_a_pause_ends_where_it_began(met):
    before = told(SENT, ACCEPTED, *[(Claim.FIRST_MEETING_HELD, RESIDENT)] * met)
    paused = [
        *before,
        Said(seq=8, claim=Claim.PAUSED, role=CLUB),
        Said(seq=9, claim=Claim.RESUMED, role=CLUB),
    ]

    assert rules.fold(paused).state is rules.fold(before).state
    assert rules.fold(paused[:-1]).state is LegState.ON_HOLD


def test_an_undone_acceptance_is_skipped_but_its_version_is_not_used_again():
    leg = rules.fold(told(SENT, ACCEPTED, (Claim.UNDO, CLUB, {"undoes": 2})))

    assert (leg.state, leg.version, leg.first_contact_on) == (LegState.REQUESTED, 3, None)


def test_undoing_an_acceptance_takes_the_waiting_list_with_it():
    waiting = (Claim.ACCEPTED, CLUB), (Claim.WAITLISTED, CLUB)

    leg = rules.fold(told(SENT, *waiting, (Claim.UNDO, CLUB, {"undoes": 2})))

    assert (leg.state, leg.waitlisted) == (LegState.REQUESTED, False)


@pytest.mark.parametrize(
    ("state", "facts", "step"),
    [
        (LegState.DRAFT, {}, 0),
        (LegState.REQUESTED, {}, 1),
        (LegState.ACCEPTED, {}, 2),
        (LegState.IN_PROGRESS, {}, 3),
        (LegState.COMPLETED, {}, 3),
        (LegState.COMPLETED, {"helped": True}, 4),
        (LegState.ON_HOLD, {"reached": LegState.IN_PROGRESS}, 3),
        (LegState.REJECTED, {}, 1),
        (LegState.CANCELLED, {"reached": LegState.DRAFT}, 0),
        (LegState.CANCELLED, {"reached": LegState.ACCEPTED}, 2),
    ],
)
def test_the_span_has_five_steps_and_only_the_resident_takes_the_last(state, facts, step):
    assert rules.step(state, **facts) == step


def test_a_stopped_way_is_one_that_ended_without_being_done():
    stopped = {state for state in LegState if rules.is_stopped(state)}

    assert stopped == {"rejected", "failed", "cancelled", "entered_in_error"}


statements = st.lists(
    st.builds(
        dict,
        claim=st.sampled_from([claim for claim in Claim if claim is not Claim.UNDO]),
        role=st.sampled_from(ActorRole),
        on=st.none() | st.dates(),
        reason=st.none() | st.sampled_from(EndReason),
    ),
    max_size=8,
).map(lambda facts: [Said(seq=seq, **one) for seq, one in enumerate(facts, start=1)])


@given(statements)
def test_the_version_counts_what_moved_the_leg_and_only_that(said):
    assert rules.fold(said).version == sum(one.claim in STATE_CHANGING for one in said)


@given(statements)
def test_words_that_move_nothing_change_nothing(said):
    silent = {Claim.OPENED, Claim.NOTE, Claim.CLOCK_RANG, Claim.TOLD_RESIDENT}

    assert rules.fold(said) == rules.fold([one for one in said if one.claim not in silent])


@given(statements, st.sampled_from(Claim))
def test_what_is_undone_at_once_was_never_said(said, claim):
    slip = Said(seq=100, claim=claim, role=CLUB, on=LATER, reason=EndReason.OTHER)
    undo = Said(seq=101, claim=Claim.UNDO, role=CLUB, undoes=100)

    before, after = rules.fold(said), rules.fold([*said, slip, undo])

    assert (after.state, after.waitlisted, after.first_contact_on, after.reason, after.decided_by) == (
        before.state,
        before.waitlisted,
        before.first_contact_on,
        before.reason,
        before.decided_by,
    )
    assert after.version > before.version
