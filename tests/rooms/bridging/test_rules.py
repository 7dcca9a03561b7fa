"""The table of transitions: what is listed may happen, and nothing else."""

import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from brobygger.bridging import rules
from brobygger.bridging.sentences import Refusal
from brobygger.bridging.terms import (
    LIVE,
    ActorRole,
    Claim,
    ClockKind,
    DecidedBy,
    Direction,
    EndReason,
    Guard,
    LegState,
    RejectReason,
    Required,
    TransitionCode,
)

A, W, L, C, R, K, S = ActorRole
NOTHING_YET = None
STATES = (NOTHING_YET, *LegState)
DRAFT, REQUESTED, ACCEPTED = LegState.DRAFT, LegState.REQUESTED, LegState.ACCEPTED
IN_PROGRESS, IN_ERROR = LegState.IN_PROGRESS, LegState.ENTERED_IN_ERROR

# Written out by hand from the design, so that a slip in the table does not pass unseen.
OUTWARD = {
    (NOTHING_YET, "T01", LegState.DRAFT): {W},
    (DRAFT, "T02", LegState.REQUESTED): {A, W},
    (REQUESTED, "T04", LegState.ACCEPTED): {C},
    (REQUESTED, "T05", LegState.REJECTED): {C},
    (DRAFT, "T15", LegState.CANCELLED): {W, R, S},
    (REQUESTED, "T15", LegState.CANCELLED): {W, R, S},
    (ACCEPTED, "T15", LegState.CANCELLED): {W, C, R, S},
    (ACCEPTED, "T04b", ACCEPTED): {C},
    (ACCEPTED, "T08", IN_PROGRESS): {C, R, K},
    (REQUESTED, "T08b", IN_PROGRESS): {R, K},
    (IN_PROGRESS, "T11", LegState.COMPLETED): {C},
    (IN_PROGRESS, "T12", LegState.COMPLETED): {W},
    (ACCEPTED, "T13", LegState.COMPLETED): {W, C},
    (IN_PROGRESS, "T13", LegState.COMPLETED): {W, C},
    (ACCEPTED, "T14", LegState.FAILED): {W, C},
    (IN_PROGRESS, "T14", LegState.FAILED): {W, C},
    (IN_PROGRESS, "T15", LegState.CANCELLED): {W, C, R, S},
    (DRAFT, "T16", IN_ERROR): {A, L},
    (REQUESTED, "T16", IN_ERROR): {A, L},
    (ACCEPTED, "T16", IN_ERROR): {L},
    (IN_PROGRESS, "T16", IN_ERROR): {L},
    (LegState.REJECTED, "T16", IN_ERROR): {L},
    (LegState.COMPLETED, "T16", IN_ERROR): {L},
    (LegState.FAILED, "T16", IN_ERROR): {L},
    (LegState.CANCELLED, "T16", IN_ERROR): {L},
}
THE_PAGE = Path(__file__).parents[3] / "docs/reference/transitions.md"


def is_allowed(state, code, role, direction=Direction.OUT):
    try:
        return rules.may(state, code, role, direction=direction)
    except rules.NotAllowed:
        return None


@pytest.mark.feature("BRI-04")
def test_exactly_the_listed_transitions_may_be_made():
    found = {
        (state, code.value, row.to_state, role)
        for state, code, role in product(STATES, TransitionCode, ActorRole)
        if (row := is_allowed(state, code, role))
    }

    assert found == {(*move, role) for move, roles in OUTWARD.items() for role in roles}


def test_residents_send_their_own_bridge_and_no_worker_sends_it_for_them():
    own = [role for role in ActorRole if is_allowed(DRAFT, TransitionCode.SEND, role, Direction.SELF)]

    assert own == [R]


def test_a_partner_builds_a_leg_only_by_passing_one_on():
    ways = [way for way in Direction if is_allowed(None, TransitionCode.BUILD, C, way)]

    assert ways == [Direction.ONWARD]


def test_a_refusal_names_the_state_the_leg_is_in():
    with pytest.raises(rules.NotAllowed) as refusal:
        rules.may(LegState.CANCELLED, TransitionCode.ACCEPT, C)

    said = refusal.value.refused.phrase(str).text()
    assert refusal.value.state is LegState.CANCELLED
    assert said == "Det kan ikke gøres nu. Broens tilstand er: Trukket tilbage."


def test_the_moves_for_the_database_are_those_of_the_table():
    moves = {(before, after) for before, _, after in OUTWARD if before is not after}
    assert rules.allowed_moves() == moves


def test_what_has_ended_is_left_by_nobody_save_as_an_error():
    left = {before for before, after in rules.allowed_moves() if after is not IN_ERROR}

    assert left <= LIVE | {None}


def test_resident_owner_and_deadline_can_end_every_leg_the_table_leads_to():
    reached = {after for _, after in rules.allowed_moves()} & LIVE

    assert all(is_allowed(state, TransitionCode.WITHDRAW, role) for state in reached for role in (R, W, S))


def test_only_worker_and_partner_must_have_seen_the_latest_version_to_end_a_leg():
    found = {
        role: Guard.VERSION in rules.may(ACCEPTED, TransitionCode.WITHDRAW, role).guards
        for role in (W, C, R, S)
    }

    assert found == {W: True, C: True, R: False, S: False}


def test_every_row_asks_whether_this_actor_may_do_this_to_this_leg():
    assert all(Guard.RIGHT in row.guards for row in rules.TRANSITIONS)


def test_every_clock_a_transition_starts_fits_the_state_it_leads_to():
    started = [(kind, row.to_state) for row in rules.TRANSITIONS for kind in row.next_clock]

    on_the_bridge = {ClockKind.CHOOSE_NEXT, ClockKind.ASK_RESIDENT}
    assert all(
        kind in on_the_bridge if state not in LIVE else state in rules.CLOCKS[kind].runs_on
        for kind, state in started
    )


@pytest.mark.parametrize(
    ("code", "state", "role", "given", "urgent", "reason", "asked_for"),
    [
        ("T01", None, W, {Required.NEED}, False, None, {"why"}),
        ("T02", DRAFT, W, {Required.SNAPSHOT, Required.FROZEN_REASONS}, False, None, set()),
        ("T02", DRAFT, W, {Required.SNAPSHOT, Required.FROZEN_REASONS}, True, None, {"urgent_why"}),
        ("T04", REQUESTED, C, set(), False, None, {"when", "contact_function"}),
        ("T05", REQUESTED, C, set(), False, None, {"reason"}),
        ("T05", REQUESTED, C, {Required.REASON}, False, RejectReason.NO_CAPACITY, set()),
        ("T05", REQUESTED, C, {Required.REASON}, False, RejectReason.NOT_ELIGIBLE, {"criterion"}),
        ("T05", REQUESTED, C, {Required.REASON}, False, RejectReason.MISSING_INFO, {"text"}),
        ("T05", REQUESTED, C, {Required.REASON}, False, RejectReason.OTHER, {"text"}),
        ("T15", ACCEPTED, R, {Required.REASON}, True, EndReason.PERSON_DECLINED, {"decided_by"}),
        ("T15", ACCEPTED, W, set(), False, EndReason.OTHER, {"reason", "decided_by", "text"}),
    ],
)
def test_what_is_missing_is_asked_for(code, state, role, given, urgent, reason, asked_for):
    row = rules.may(state, TransitionCode(code), role)

    assert set(rules.missing(row, given, urgent=urgent, reason=reason)) == asked_for


def test_a_partner_who_asks_about_a_resident_hears_reasons_about_us_only():
    assert set(rules.reject_reasons(Direction.IN)) == {"not_our_role", "no_capacity", "outside_hours_or_area"}
    assert RejectReason.NOT_OUR_ROLE not in rules.reject_reasons(Direction.OUT)


@pytest.mark.feature("BRI-04")
def test_only_the_deadline_says_no_response_and_only_of_a_leg_that_waits():
    who_says_it = {
        (state, role)
        for state, role in product(LegState, ActorRole)
        if EndReason.NO_RESPONSE in rules.end_reasons(state, role)
    }

    assert who_says_it == {(REQUESTED, S)}


def test_whoever_may_withdraw_has_a_reason_to_give_and_nobody_else_has():
    with_reasons = {pair for pair in product(LegState, ActorRole) if rules.end_reasons(*pair)}

    assert with_reasons == {
        (state, role)
        for state, role in product(LegState, ActorRole)
        if is_allowed(state, TransitionCode.WITHDRAW, role)
    }


@pytest.mark.feature("BRI-04")
@pytest.mark.parametrize(
    ("role", "reason", "decider"),
    [
        (C, RejectReason.NO_CAPACITY, DecidedBy.RECIPIENT),
        (W, EndReason.SUPERSEDED, DecidedBy.US),
        (W, EndReason.PERSON_DECLINED, DecidedBy.RESIDENT),
        (R, EndReason.OTHER, DecidedBy.RESIDENT),
        (S, EndReason.NO_RESPONSE, DecidedBy.DEADLINE),
        (S, EndReason.CONSENT_WITHDRAWN, DecidedBy.RESIDENT),
        (S, EndReason.PERSON_DIED, DecidedBy.EVENT),
        (S, EndReason.OFFER_CLOSED, DecidedBy.EVENT),
        (W, EndReason.PERSON_MOVED, DecidedBy.EVENT),
    ],
)
def test_it_is_plain_who_decided(role, reason, decider):
    assert rules.decided_by(role, reason) is decider


def test_every_ending_has_a_decider():
    every = [*product(ActorRole, RejectReason), *product(ActorRole, EndReason), (W, None)]

    assert all(rules.decided_by(role, reason) in DecidedBy for role, reason in every)


def test_the_claims_that_move_a_leg_are_listed_before_those_that_do_not():
    moving = {claim for claim in Claim if rules.fold([rules.Said(seq=1, claim=claim, role=W)]).version > 0}

    assert moving == set(list(Claim)[: list(Claim).index(Claim.UNDO) + 1])


def test_every_refusal_says_what_to_do_in_one_or_two_sentences():
    assert all(refusal.label.endswith(".") for refusal in Refusal)


def test_the_printed_page_is_the_table_of_the_code():
    """To print it anew: `from brobygger.bridging import rules; print(rules.as_markdown(), end="")`."""
    assert THE_PAGE.read_text() == rules.as_markdown()


def test_the_rules_load_without_framework_or_database():
    look = "import sys, brobygger.bridging.rules; print({'django', 'psycopg'} & set(sys.modules))"

    seen = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)

    assert seen.stdout.strip() == "set()"
